"""What to try where a search finds little: words we know that are like those written, and fewer words."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from django.db.models import Count
from rapidfuzz import process
from rapidfuzz.distance import OSA

from v2xkb.records.models import Record, Revision, SearchEntry
from v2xkb.records.search import (
    MOST_CHARACTERS,
    MOST_WORDS,
    SHORTEST_PREFIX,
    Search,
    in_rank_order,
    is_met,
    meeting,
    read_all,
    sources_last,
)
from v2xkb.records.tokens import STOP_WORDS, WRITTEN, placed_words, stem, written

# A text with at most so many hits is held against the vocabulary.
FEW = 2
# A word that fewer records hold may itself be a mistake where a much commoner one is like it.
RARE = 2
COMMONER = 5
SHORTEST_WORD = 4
LIKE = 0.72
LESS_LIKE = 0.15
FAR_FEWER = 20
MOST_ALTERNATIVES = 3
MOST_CORRECTIONS = 3
# Of a word too long to be a slip of the pen nothing is guessed.
LONGEST_WORD = 40

Vocabulary = Mapping[str, int]


@dataclass(frozen=True)
class Remedy:
    """A text to search for instead, and how many records it finds."""

    text: str
    count: int


def counts(texts: Sequence[str]) -> list[int]:
    """How many records each text finds; two queries for all."""
    searches = read_all(texts)
    tallies = {f"n{at}": Count("pk", filter=is_met(search)) for at, search in enumerate(searches) if search}
    found = Record.objects.aggregate(**tallies) if tallies else {}
    return [found.get(f"n{at}", 0) for at in range(len(searches))]


def with_fewer_words(search: Search, text: str) -> list[Remedy]:
    """The text without one of its parts, what finds most first; where that finds nothing either, each part alone."""
    if len(search.units) < 2:
        return []
    words = placed_words(text)
    owners = [number for number, word in enumerate(words) for _ in word.parts]
    standing = [{owners[place] for place in range(*unit.span)} for unit in search.units]
    telling = set().union(*standing)

    def spelled(groups: Iterable[set[int]]) -> list[str]:
        kept = ([text[words[number].start : words[number].end] for number in sorted(group)] for group in groups)
        return list(dict.fromkeys(" ".join(group) for group in kept if group))

    without, alone = spelled(telling - group for group in standing), spelled(standing)
    found = [Remedy(*pair) for pair in zip([*without, *alone], counts([*without, *alone]), strict=True)]
    for group in (found[: len(without)], found[len(without) :]):
        if remedies := [remedy for remedy in group if remedy.count and remedy.text != text]:
            return sorted(remedies, key=lambda remedy: -remedy.count)
    return []


def corrections(text: str, total: int) -> list[Remedy]:
    """The text with words that we know in place of those we don't, each finding more than the `total` found now.

    Likest first; what finds far fewer than another is left out. Never more than five queries, and the vocabulary once
    a revision.
    """
    if total > FEW:
        return []
    vocabulary = words_known(*Revision.objects.current_stamp())
    words = placed_words(text)
    others = {
        number: alternatives(word.parts[0], vocabulary)
        for number, word in enumerate(words)
        if len(word.parts) == 1 and is_doubtful(word.parts[0], vocabulary)
    }
    others = {number: found for number, found in others.items() if found}
    texts = list(dict.fromkeys(replaced(text, choice) for choice in choices(others)))
    texts = [one for one in texts if len(one) <= MOST_CHARACTERS and len(placed_words(one)) <= MOST_WORDS]
    found = [Remedy(*pair) for pair in zip(texts, counts(texts), strict=True)]
    remedies = [remedy for remedy in found if remedy.count > total]
    most = max((remedy.count for remedy in remedies), default=0)
    likely = [remedy for remedy in remedies if remedy.count * FAR_FEWER >= most][:MOST_CORRECTIONS]
    return [Remedy(as_named(remedy.text), remedy.count) for remedy in likely[:1]] + likely[1:]


def choices(others: Mapping[int, Sequence[str]]) -> Iterator[dict[int, str]]:
    """Every doubtful word by its best alternative; then one of them by its next ones."""
    if not others:
        return
    best = {number: found[0] for number, found in others.items()}
    yield best
    for number, found in others.items():
        for other in found[1:]:
            yield best | {number: other}


def replaced(text: str, choice: Mapping[int, str]) -> str:
    """The text as it was written, but for the words chosen."""
    words = placed_words(text)
    pieces, at = [], 0
    for number, word in enumerate(words):
        if number in choice:
            pieces += [text[at : word.start], choice[number]]
            at = word.end
    return "".join([*pieces, text[at:]])


def is_doubtful(part: str, vocabulary: Vocabulary) -> bool:
    """Whether a word could be a slip: long enough, no stop word, unknown or hardly known."""
    if not SHORTEST_WORD <= len(part) <= LONGEST_WORD or part in STOP_WORDS or part.isdigit():
        return False
    return vocabulary.get(part, 0) <= RARE


def alternatives(part: str, vocabulary: Vocabulary) -> list[str]:
    """Known words most like it, likest and commonest first; then, run together by mistake, two known words."""
    wanted = max(1, COMMONER * vocabulary.get(part, 0))
    near = process.extract(part, vocabulary.keys(), scorer=OSA.normalized_similarity, score_cutoff=LIKE, limit=20)
    found = [(word, score) for word, score, _ in near if vocabulary[word] >= wanted and stem(word) != stem(part)]
    best = max((score for _, score in found), default=0.0)
    ranked = sorted(
        (pair for pair in found if pair[1] >= best - LESS_LIKE),
        key=lambda pair: (-round(pair[1], 1), -vocabulary[pair[0]], pair[0]),
    )
    borders = range(SHORTEST_PREFIX, len(part) - SHORTEST_PREFIX + 1)
    splits = (f"{part[:at]} {part[at:]}" for at in borders if both_known(part, at, vocabulary))
    return list(chain((word for word, _ in ranked[:MOST_ALTERNATIVES]), splits))[: MOST_ALTERNATIVES + 1]


def both_known(part: str, at: int, vocabulary: Vocabulary) -> bool:
    return part[:at] in vocabulary and part[at:] in vocabulary


@lru_cache(maxsize=1)
def words_known(_number: int, _at: object) -> Vocabulary:
    """The words of our names and of what records are about -> how many records hold them, as of one revision."""
    return SearchEntry.objects.words(re.compile(rf"(?<!\S){WRITTEN}([a-z]{{{SHORTEST_PREFIX},{LONGEST_WORD}}})(?!\S)"))


def as_named(text: str) -> str:
    """The text, its words spelt as in the name of the record it finds first: “ørsted” for “orsted”."""
    (search,) = read_all([text])
    first = in_rank_order(sources_last(meeting(Record.objects.all(), search))).first() if search else None
    if first is None:
        return text
    spelled = {written(word.parts[0]): first.label[word.start : word.end] for word in placed_words(first.label)}
    choice = {
        number: spelled[written(word.parts[0])]
        for number, word in enumerate(placed_words(text))
        if len(word.parts) == 1 and written(word.parts[0]) in spelled
    }
    return replaced(text, choice)
