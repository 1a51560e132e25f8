"""Why search found a record: the fields that hold the words, with the words marked as they are written there."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from v2xkb.records import registry
from v2xkb.records.models import Record
from v2xkb.records.registry import SearchField, SearchText, Tier
from v2xkb.records.search import Search, Span
from v2xkb.records.search_entries import texts_of
from v2xkb.records.search_expressions import Either, Every, Expression, Token
from v2xkb.records.tokens import BETWEEN, STOP_WORDS, PlacedWord, joined, phrase, placed_words, stem, words_of, written

# A text longer than this is shown as an excerpt around the words; a field with more texts that hold words says so.
LONGEST_TEXT = 180
BEFORE = 60
MOST_TEXTS = 3

# A text by its field's and its own number.
Place = tuple[int, int]
# Tokens of a text -> where in it they stand.
Places = Mapping[str, set[Span]]


@dataclass(frozen=True)
class Piece:
    """A stretch of a text; marked where it holds what was looked for."""

    text: str
    is_marked: bool


@dataclass(frozen=True)
class Match:
    """A field that holds words of the search: up to three of its texts, and how many more hold some."""

    field: str | Promise
    tier: Tier
    texts: list[list[Piece]]
    more: int = 0

    @property
    def words(self) -> list[str]:
        """The words found, as they are written there, each once."""
        marked = (piece.text for pieces in self.texts for piece in pieces if piece.is_marked)
        return list(dict.fromkeys(marked))


@dataclass(frozen=True)
class Hit:
    """A record that was found, its label in pieces, and the fields that hold the words, weightiest first."""

    record: Record
    label: list[Piece]
    matches: list[Match]


def hits(search: Search, records: Sequence[Record]) -> list[Hit]:
    """The records with what was found in them; one query."""
    texts = texts_of(records)
    return [hit(search, record, texts[record.pk]) for record in records]


def hit(search: Search, record: Record, text: SearchText) -> Hit:
    matches = matches_of(search, [*text.fields, *every_records_fields(record)])
    label = places_of(record.label)
    spans = [span for unit in search.units for span in spans_of(unit.exact, label) or spans_of(unit.loose, label)]
    return Hit(record, pieces_of(record.label, merged(spans)), matches)


def every_records_fields(record: Record) -> list[SearchField]:
    """What `search_entries.entry_of` adds to a record's own texts."""
    spoken = registry.kind(record.kind).name
    return [
        SearchField(_("kind of record"), Tier.NAMED, [spoken]),
        SearchField(_("address"), Tier.ABOUT, [record.slug]),
    ]


def matches_of(search: Search, fields: Sequence[SearchField]) -> list[Match]:
    """The fields that hold the words, by tiers; kind and address only for words that no other field holds."""
    ordered = sorted(fields[:-2], key=lambda field: field.tier)
    places = {(at, number): places_of(text) for at, one in enumerate(ordered) for number, text in enumerate(one.texts)}
    found: dict[Place, list[Span]] = defaultdict(list)
    left = []
    for unit in search.units:
        spans = held(unit.exact, places) or held(unit.loose, places) or scattered(unit.loose, places)
        if not spans:
            left.append(unit)
        for key, some in spans.items():
            found[key] += some
    matches = [match for at, field in enumerate(ordered) if (match := match_of(at, field, found))]
    for field in fields[-2:] if left or not matches else ():
        held_here = [span for unit in left for span in spans_of(unit.loose, places_of(field.texts[0]))]
        if held_here:
            matches.append(Match(field.label, field.tier, [pieces_of(field.texts[0], merged(held_here))]))
    return matches


def match_of(at: int, field: SearchField, found: Mapping[Place, Sequence[Span]]) -> Match | None:
    texts = {text: found[at, number] for number, text in enumerate(field.texts) if found.get((at, number))}
    if not texts:
        return None
    shown = [excerpt(pieces_of(text, merged(spans))) for text, spans in list(texts.items())[:MOST_TEXTS]]
    return Match(field.label, field.tier, shown, max(0, len(texts) - MOST_TEXTS))


def held(expression: Expression, places: Mapping[Place, Places]) -> dict[Place, set[Span]]:
    """The texts in each of which the expression holds, and where."""
    spans = {key: spans_of(expression, one) for key, one in places.items()}
    return {key: some for key, some in spans.items() if some}


def scattered(expression: Expression, places: Mapping[Place, Places]) -> dict[Place, set[Span]]:
    """Where parts of it stand, for what holds of several texts together only."""
    return held(Either(tuple(tokens_within(expression))), places)


def tokens_within(expression: Expression) -> Iterator[Token]:
    match expression:
        case Token():
            yield expression
        case Every(parts) | Either(parts):
            for part in parts:
                yield from tokens_within(part)


def spans_of(expression: Expression, places: Places) -> set[Span]:
    """Where what makes the expression hold stands; nothing where it does not hold."""
    match expression:
        case Token(text, prefix):
            if not prefix:
                return places.get(text, set())
            return set().union(*(spans for token, spans in places.items() if token.startswith(text)))
        case Every(parts):
            found = [spans_of(part, places) for part in parts]
            return set().union(*found) if all(found) else set()
        case Either(parts):
            return set().union(*(spans_of(part, places) for part in parts))


def places_of(text: str) -> Places:
    """The tokens of `tokens_of`, each with the stretches of the text that it stands for."""
    words = placed_words(text)
    places: dict[str, set[Span]] = defaultdict(set)
    for parts in (apart(words), together(words)):
        stems = [(stem(part), span) for part, span in parts]
        for part, span in parts:
            places[stem(part)].add(span)
            places[written(part)].add(span)
        for at, ((one, first), (two, second)) in enumerate(pairwise(stems)):
            places[f"{one}{BETWEEN}{two}"].add((first[0], second[1]))
            if parts[at + 1][0] in STOP_WORDS and at + 2 < len(stems):
                three, third = stems[at + 2]
                places[f"{one}{BETWEEN}{two}{BETWEEN}{three}"].add((first[0], third[1]))
    return places


def apart(words: Iterable[PlacedWord]) -> list[tuple[str, Span]]:
    return [(part, (word.start, word.end)) for word in words for part in word.parts]


def together(words: Iterable[PlacedWord]) -> list[tuple[str, Span]]:
    return [(part, (word.start, word.end)) for word in words for part in joined(word.parts)]


def merged(spans: Iterable[Span]) -> list[Span]:
    """In order, those that overlap as one."""
    whole: list[Span] = []
    for start, end in sorted(spans):
        if whole and start < whole[-1][1]:
            whole[-1] = whole[-1][0], max(end, whole[-1][1])
        else:
            whole.append((start, end))
    return whole


def pieces_of(text: str, spans: Sequence[Span]) -> list[Piece]:
    """The whole text, what stands in the spans marked."""
    borders = [0, *(border for span in spans for border in span), len(text)]
    pieces = [Piece(text[start:end], number % 2 == 1) for number, (start, end) in enumerate(pairwise(borders))]
    return [piece for piece in pieces if piece.text]


def excerpt(pieces: Sequence[Piece]) -> list[Piece]:
    """A long text from shortly before the first mark on, cut between words; an ellipsis stands for what is left out."""
    text = "".join(piece.text for piece in pieces)
    if len(text) <= LONGEST_TEXT:
        return list(pieces)
    marked, at = [], 0
    for piece in pieces:
        marked += [(at, at + len(piece.text))] if piece.is_marked else []
        at += len(piece.text)
    start = beginning(text, marked[0][0]) if marked else 0
    end = max(last_border(text, start + LONGEST_TEXT), marked[0][1] if marked else 0)
    # A word that is marked is shown whole or not at all.
    end = next((first for first, last in marked[1:] if first < end < last), end)
    inner = [(first - start, last - start) for first, last in marked if first < end]
    cut = pieces_of(text[start:end], inner)
    return [
        *([Piece("… ", is_marked=False)] if start else []),
        *cut,
        *([Piece(" …", is_marked=False)] if end < len(text) else []),
    ]


def beginning(text: str, mark: int) -> int:
    """The beginning of a word shortly before `mark`, and `mark` itself inside a word longer than that."""
    if mark <= BEFORE:
        return 0
    border = text.find(" ", mark - BEFORE, mark)
    return border + 1 if border >= 0 else mark


def last_border(text: str, at: int) -> int:
    """The end of the last word before `at`."""
    return len(text) if at >= len(text) else (text.rfind(" ", 0, at + 1) if " " in text[:at] else at)


@dataclass(frozen=True)
class Synonym:
    """Words of the query with the other names that were searched for too."""

    words: str
    names: list[str]


def synonyms(search: Search, text: str) -> list[Synonym]:
    """What was searched besides what was written; two queries where there is any, else none."""
    keys = {key for records in search.named_by.values() for key in records}
    if not keys:
        return []
    same = {key: found.same for key, found in texts_of(Record.objects.with_keys([k for k in keys if k > 0])).items()}
    same |= {-1 - number: names for number, names in enumerate(registry.abbreviations())}
    parts = apart(placed_words(text))
    explained = []
    for (start, end), records in search.named_by.items():
        words = text[parts[start][1][0] : parts[end - 1][1][1]]
        names = {as_phrase(name): name for key in sorted(records) for name in reversed(same[key])}
        names.pop(as_phrase(words), None)
        if names:
            explained.append(Synonym(words, list(dict.fromkeys(reversed(names.values())))))
    return explained


def as_phrase(text: str) -> str:
    return phrase([part for word in words_of(text) for part in word])
