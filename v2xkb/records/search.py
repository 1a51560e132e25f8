"""Search: which records hold all the words of a text, ranked by where they hold them, alike on every database."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar, cast

from django.db.models import BooleanField, Case, F, Func, IntegerField, Model, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from v2xkb.records import registry
from v2xkb.records.folding import UNWRITABLE
from v2xkb.records.models import Record, SearchPhrase
from v2xkb.records.search_expressions import Expression, Token, either, every, to_fts5, to_tsquery
from v2xkb.records.tokens import (
    STOP_WORDS,
    Word,
    adjacent,
    joined,
    phrase,
    readings,
    same_tokens,
    stem,
    whole,
    words_of,
    written,
)

MOST_WORDS = 20
MOST_CHARACTERS = 200
SHORTEST_PREFIX = 3
LONGEST_SPAN = 12
SOURCES = "reference"

Row = TypeVar("Row", bound=Model)
# Parts from `start` up to, not including, `end`.
Span = tuple[int, int]


class Unsearchable(ValueError):
    """The text cannot be searched for; says why and what to do."""


class SearchTooLong(Unsearchable):
    """The text is longer than a search takes; says which limit it passes."""


@dataclass(frozen=True)
class Phrase:
    """One name among several that mean the same, with the tokens of a text that holds it."""

    text: str
    tokens: tuple[str, ...]

    @property
    def expression(self) -> Expression:
        return every(*map(Token, self.tokens))


@dataclass(frozen=True)
class Search:
    """What a text asks for.

    `name`: a record's whole name is the text; `exact`: all words occur, or what means the same; `loose`: besides,
    words may go on after what was written, and compounds and phrases may lie apart. `units` are the parts of the text
    that must each be met; `named_by` says of those with other names which records, or abbreviations, have them.
    """

    name: Expression
    exact: Expression
    loose: Expression
    units: "tuple[Unit, ...]" = ()
    named_by: Mapping[Span, frozenset[int]] = field(default_factory=dict)

    @property
    def ranks(self) -> list[tuple[Expression, str]]:
        """From the best rank on, each an expression and the tiers in which it holds; the last takes in all others."""
        return [
            (self.name, "a"),
            *((self.exact, tiers) for tiers in ("a", "ab", "abc")),
            *((self.loose, tiers) for tiers in ("a", "ab", "abc")),
        ]


def matching(queryset: QuerySet[Row], text: str) -> QuerySet[Row]:
    """The records of `queryset` that hold all words of `text`, annotated with `rank`, 1 being best.

    The primary key of the queryset's model is the record's. Blank text leaves the queryset as it is; text of nothing
    but symbols matches nothing. Costs one query here and none in the result. Raises Unsearchable.
    """
    return meeting(queryset, read(text)) if text.strip() else queryset


def meeting(queryset: QuerySet[Row], search: Search | None) -> QuerySet[Row]:
    """`matching` for what was read already; None, a text without words, matches nothing."""
    if search is None:
        return with_rank(queryset, Value(1, IntegerField())).none()
    ranks = search.ranks
    steps = [When(Found(*step), then=Value(rank)) for rank, step in enumerate(ranks[:-1], start=1)]
    rank = Case(*steps, default=Value(len(ranks)), output_field=IntegerField())
    return with_rank(queryset.filter(is_met(search)), rank)


def is_met(search: Search) -> Q:
    """A whole name may be met without its words: “the a” by what is called “The A”, where all words are stop words."""
    best, *_, last = search.ranks
    return Q(Found(*best)) | Q(Found(*last))


def with_rank(queryset: QuerySet[Row], rank: Any) -> QuerySet[Row]:
    return cast(QuerySet[Row], queryset.annotate(rank=rank))


def sources_last(found: QuerySet[Record]) -> QuerySet[Record]:
    """Equally good sources come after all else.

    Who looks for Parker wants the project before the pages about it, of which there are many.
    """
    last = Case(When(kind=SOURCES, then=0), default=1, output_field=IntegerField())
    return with_rank(found, F("rank") * 2 - last)


def in_rank_order(queryset: QuerySet[Row]) -> QuerySet[Row]:
    """Best rank first, then as lists are ordered; without a rank, as lists are ordered."""
    order = ["sort_key", "pid"]
    return queryset.order_by("rank", *order) if "rank" in queryset.query.annotations else queryset.order_by(*order)


def read(text: str) -> Search | None:
    """What `text` asks for, other names of what it mentions included; None where it holds no word. One query."""
    return read_all([text])[0]


def read_all(texts: Sequence[str]) -> list[Search | None]:
    """`read` for several texts at once. One query, none where no text holds a word."""
    asked = [words_within_limits(text) for text in texts]
    spans = [spans_by_phrase(words) for words in asked]
    phrases = set().union(*spans)
    rows = [*SearchPhrase.objects.meaning_the_same(phrases), *abbreviated(phrases)] if phrases else []
    return [
        search_for(words, same_phrases(named, rows), naming_records(named, rows)) if words else None
        for words, named in zip(asked, spans, strict=True)
    ]


def abbreviated(phrases: Container[str]) -> Iterator[tuple[int, str, str]]:
    """Short and long forms of which one is among `phrases`, in the form of SearchPhrase's rows, numbered below zero."""
    for number, forms in enumerate(abbreviation_phrases()):
        if any(text in phrases for text in forms):
            for text, tokens in forms.items():
                yield -1 - number, text, tokens


@cache
def abbreviation_phrases() -> list[dict[str, str]]:
    return [same_tokens(names) for names in registry.abbreviations()]


def words_within_limits(text: str) -> list[Word]:
    text = text.strip()
    if unwritable := UNWRITABLE.search(text):
        name = "NUL" if unwritable[0] == "\0" else f"U+{ord(unwritable[0]):04X}"
        raise Unsearchable(_("The text holds a {name} character. Remove it.").format(name=name))
    if len(text) > MOST_CHARACTERS:
        message = _("A search takes at most {most} characters; these are {number}. Shorten it.")
        raise SearchTooLong(message.format(most=MOST_CHARACTERS, number=len(text)))
    words = words_of(text)
    if len(words) > MOST_WORDS:
        message = _("A search takes at most {most} words; these are {number}. Leave some out.")
        raise SearchTooLong(message.format(most=MOST_WORDS, number=len(words)))
    return words


def spans_by_phrase(words: Sequence[Word]) -> dict[str, set[Span]]:
    """Each phrase in the text, compounds taken apart or joined -> where it stands."""
    parts = [part for word in words for part in word]
    spans: dict[str, set[Span]] = defaultdict(set)
    for start in range(len(parts)):
        for end in range(start + 1, min(len(parts), start + LONGEST_SPAN) + 1):
            spans[phrase(parts[start:end])].add((start, end))
    borders = [sum(map(len, words[:count])) for count in range(len(words) + 1)]
    for first in range(len(words)):
        for last in range(first + 1, min(len(words), first + LONGEST_SPAN) + 1):
            together = [part for word in words[first:last] for part in joined(word)]
            spans[phrase(together)].add((borders[first], borders[last]))
    return spans


def same_phrases(spans: Mapping[str, Iterable[Span]], rows: Iterable[tuple[int, str, str]]) -> dict[Span, set[Phrase]]:
    """Spans of the text -> all names of the records that have a name standing there."""
    names: dict[int, set[Phrase]] = defaultdict(set)
    for record, text, tokens in rows:
        names[record].add(Phrase(text, tuple(tokens.split())))
    same: dict[Span, set[Phrase]] = defaultdict(set)
    for phrases in names.values():
        for name in phrases:
            for span in spans.get(name.text, ()):
                same[span] |= phrases
    return same


def naming_records(
    spans: Mapping[str, Iterable[Span]], rows: Iterable[tuple[int, str, str]]
) -> dict[Span, frozenset[int]]:
    """Spans of the text -> the records that have a name standing there."""
    records: dict[Span, set[int]] = defaultdict(set)
    for record, text, _tokens in rows:
        for span in spans.get(text, ()):
            records[span].add(record)
    return {span: frozenset(keys) for span, keys in records.items()}


@dataclass(frozen=True)
class Unit:
    """What must be found: a word, or several that have other names, with what stands for it."""

    start: int
    parts: Word
    exact: Expression

    @property
    def loose(self) -> Expression:
        return either(self.exact, apart(self.parts))

    @property
    def span(self) -> Span:
        return self.start, self.start + len(self.parts)

    @property
    def is_idle(self) -> bool:
        return len(self.parts) == 1 and self.parts[0] in STOP_WORDS


def search_for(
    words: Sequence[Word], same: Mapping[Span, set[Phrase]], records: Mapping[Span, frozenset[int]]
) -> Search:
    """Stop words count only where there is no other word; around a name they don't: “what is V2X” asks for V2X."""
    parts = tuple(part for word in words for part in word)
    units = units_of(words, parts, same)
    telling = [unit for unit in units if not unit.is_idle] or units
    core = (telling[0].start, telling[-1].span[1])
    names = [phrase(reading) for reading in readings(words)]
    for span in dict.fromkeys([(0, len(parts)), core]):
        names += [phrase(parts[slice(*span)]), *(name.text for name in sorted_phrases(same.get(span, ())))]
    return Search(
        name=either(*(Token(whole(name)) for name in names)),
        exact=every(*(unit.exact for unit in telling)),
        loose=every(*(unit.loose for unit in telling)),
        units=tuple(telling),
        named_by={unit.span: records[unit.span] for unit in telling if unit.span in records},
    )


def units_of(words: Sequence[Word], parts: Word, same: Mapping[Span, set[Phrase]]) -> list[Unit]:
    """The longest spans with other names first, then the words that are left, or what is left of them."""
    chosen: list[Span] = []
    for span in sorted(same, key=lambda span: (span[0] - span[1], span[0])):
        if all(span[1] <= start or end <= span[0] for start, end in chosen):
            chosen.append(span)
    units = [Unit(start, parts[start:end], named(parts[start:end], same[start, end])) for start, end in chosen]
    taken = {position for start, end in chosen for position in range(start, end)}
    start = 0
    for word in words:
        places = range(start, start + len(word))
        if taken.isdisjoint(places):
            units.append(Unit(start, word, with_neighbours(parts, start, word)))
        else:
            units += [Unit(place, (parts[place],), Token(stem(parts[place]))) for place in places if place not in taken]
        start += len(word)
    return sorted(units, key=lambda unit: unit.start)


def named(parts: Word, phrases: Iterable[Phrase]) -> Expression:
    """The words as they follow each other, or any name that means the same."""
    return either(compound(parts), *(name.expression for name in sorted_phrases(phrases)))


def with_neighbours(parts: Word, start: int, word: Word) -> Expression:
    """The word, or a word that it makes with the one before or after: “cyber security” is “cybersecurity” too."""
    if len(word) > 1:
        return compound(word)
    pairs = [joined(parts[first : first + 2]) for first in (start - 1, start) if 0 <= first < len(parts) - 1]
    return either(Token(stem(word[0])), *(Token(stem(pair[0])) for pair in pairs if len(pair) == 1))


def sorted_phrases(phrases: Iterable[Phrase]) -> list[Phrase]:
    return sorted(phrases, key=lambda name: (name.text, name.tokens))


def compound(parts: Word) -> Expression:
    """The parts next to each other, or written as one."""
    beside = every(*map(Token, adjacent(parts)))
    together = joined(parts)
    return either(beside, Token(stem(together[0]))) if len(together) == 1 else beside


def apart(parts: Word) -> Expression:
    """Each part anywhere or as the beginning of a word, unless one is a single character: “E.ON” is not e and on.

    Besides, the parts as the beginning of one word.
    """
    ways = [] if len(parts) > 1 and min(map(len, parts)) == 1 else [every(*map(beginning, parts))]
    together = joined(parts)
    if len(together) == 1:
        ways.append(beginning(together[0]))
    return either(*ways) if ways else compound(parts)


def beginning(part: str) -> Expression:
    exact = Token(stem(part))
    if len(part) < SHORTEST_PREFIX or part in STOP_WORDS:
        return exact
    return either(exact, Token(written(part), prefix=True))


class Found(Func):
    """Whether the record a row belongs to meets an expression within the given tiers."""

    output_field = BooleanField()
    arity = 1

    def __init__(self, expression: Expression, tiers: str, **extra: Any) -> None:
        super().__init__(F("pk"), **extra)
        self.expression, self.tiers = expression, tiers

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        inner = "SELECT rowid FROM records_searchindex WHERE records_searchindex MATCH %s"
        return self._among(compiler, inner, to_fts5(self.expression, self.tiers))

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        inner = f"SELECT records_search('{self.tiers}', %s::tsquery)"
        return self._among(compiler, inner, to_tsquery(self.expression))

    def _among(self, compiler: Any, inner: str, text: str) -> tuple[str, tuple[Any, ...]]:
        key, parameters = compiler.compile(self.source_expressions[0])
        return f"{key} IN ({inner})", (*parameters, text)
