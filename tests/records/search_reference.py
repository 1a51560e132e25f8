"""Search once more in plain Python, read off its description, to hold the databases' answers against."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from v2xkb.records.registry import SearchText
from v2xkb.records.tokens import STOP_WORDS, joined, singular, stem, words_of

Reading = list[str]
Same = Sequence[Sequence[str]]


def readings(text: str) -> list[Reading]:
    words = words_of(text)
    return [[part for word in words for part in word], [part for word in words for part in joined(word)]]


@dataclass
class Entry:
    """One record's readings by tier, and its names."""

    kind: str
    slug: str
    text: SearchText
    tiers: dict[str, list[Reading]] = field(init=False)

    def __post_init__(self) -> None:
        texts = {"a": [*self.text.a, self.kind], "b": [*self.text.b, self.slug], "c": self.text.c}
        self.tiers = {tier: [reading for text in texts[tier] for reading in readings(text)] for tier in "abc"}

    @property
    def is_searched(self) -> bool:
        return bool(self.text.a or self.text.b or self.text.c)

    def readings(self, tiers: str) -> Iterable[Reading]:
        return (reading for tier in tiers for reading in self.tiers[tier])

    def has_word(self, part: str, tiers: str) -> bool:
        return any(stem(part) == stem(other) for reading in self.readings(tiers) for other in reading)

    def has_beginning(self, part: str, tiers: str) -> bool:
        long = len(part) >= 3 and part not in STOP_WORDS
        return self.has_word(part, tiers) or (
            long and any(other.startswith(part) for reading in self.readings(tiers) for other in reading)
        )

    def has_run(self, parts: Sequence[str], tiers: str) -> bool:
        wanted = [stem(part) for part in parts]
        found = ([stem(part) for part in reading] for reading in self.readings(tiers))
        return any(wanted == run[at : at + len(wanted)] for run in found for at in range(len(run) - len(wanted) + 1))

    def has_phrase(self, parts: Sequence[str], tiers: str) -> bool:
        """Every pair of neighbours somewhere; where the second is a stop word, it and both around it."""
        at = 0
        while at < len(parts) - 1:
            step = 2 if parts[at + 1] in STOP_WORDS and at + 2 < len(parts) else 1
            if not self.has_run(parts[at : at + step + 1], tiers):
                return False
            at += step
        return len(parts) > 1 or self.has_word(parts[0], tiers)

    def has_compound(self, parts: Sequence[str], tiers: str) -> bool:
        return self.has_phrase(parts, tiers) or any(self.has_word(one, tiers) for one in as_one(parts))

    def has_apart(self, parts: Sequence[str], tiers: str) -> bool:
        may_scatter = len(parts) == 1 or all(len(part) > 1 for part in parts)
        return (may_scatter and all(self.has_beginning(part, tiers) for part in parts)) or any(
            self.has_beginning(one, tiers) for one in as_one(parts)
        )

    def is_named(self, name: Sequence[str]) -> bool:
        return any(key(name) == key(reading) for text in self.text.a for reading in readings(text) if reading)


def as_one(parts: Sequence[str]) -> Sequence[str]:
    together = joined(tuple(parts))
    return together if len(together) == 1 else ()


def key(parts: Sequence[str], articles: bool = False) -> list[str]:
    names = [singular(part) for part in parts]
    return names[1:] if not articles and len(names) > 1 and names[0] in ("a", "an", "the") else names


class Question:
    """A query, cut into the spans that have other names and the words left over."""

    def __init__(self, text: str, same: Same) -> None:
        self.words = words_of(text)
        self.parts = [part for word in self.words for part in word]
        groups = [{tuple(reading) for name in names for reading in readings(name) if reading} for names in same]
        self.groups = [group for group in groups if len({tuple(key(name, articles=True)) for name in group}) > 1]
        self.units = self.cut()

    def spelled(self, start: int, end: int) -> list[list[str]]:
        borders = [sum(map(len, self.words[:count])) for count in range(len(self.words) + 1)]
        found = [self.parts[start:end]]
        if start in borders and end in borders:
            words = self.words[borders.index(start) : borders.index(end)]
            found.append([part for word in words for part in joined(word)])
        return found

    def names_at(self, start: int, end: int) -> set[tuple[str, ...]]:
        spelled = [key(parts, articles=True) for parts in self.spelled(start, end)]
        groups = [group for group in self.groups if any(key(name, articles=True) in spelled for name in group)]
        return set().union(*groups)

    def cut(self) -> list[tuple[int, list[str], set[tuple[str, ...]], bool]]:
        """(start, parts, other names, whether it is a whole word of its own)"""
        total, free = len(self.parts), set(range(len(self.parts)))
        units = []
        for size in range(total, 0, -1):
            for start in range(total - size + 1):
                places = set(range(start, start + size))
                if places <= free and self.names_at(start, start + size):
                    free -= places
                    units.append((start, self.parts[start : start + size], self.names_at(start, start + size), False))
        start = 0
        for word in self.words:
            places = set(range(start, start + len(word)))
            if places <= free:
                units.append((start, list(word), set(), True))
            else:
                units += [(place, [self.parts[place]], set(), False) for place in sorted(places & free)]
            start += len(word)
        kept = [unit for unit in units if len(unit[1]) > 1 or unit[1][0] not in STOP_WORDS]
        return kept or units

    def rank(self, entry: Entry) -> int | None:
        if not entry.is_searched or not self.units:
            return None
        names = [*self.spelled(0, len(self.parts)), *self.names_at(0, len(self.parts))]
        if any(entry.is_named(name) for name in names):
            return 1
        for rank, tiers in enumerate(("a", "ab", "abc"), start=2):
            if all(self.is_exact(unit, entry, tiers) for unit in self.units):
                return rank
        for rank, tiers in enumerate(("a", "ab", "abc"), start=5):
            if all(self.is_exact(u, entry, tiers) or entry.has_apart(u[1], tiers) for u in self.units):
                return rank
        return None

    def is_exact(self, unit: tuple[int, list[str], set[tuple[str, ...]], bool], entry: Entry, tiers: str) -> bool:
        start, parts, names, is_word = unit
        if any(entry.has_phrase(name, tiers) for name in names):
            return True
        if len(parts) > 1 or names:
            return entry.has_compound(parts, tiers)
        pairs = [self.parts[at : at + 2] for at in (start - 1, start) if is_word and 0 <= at < len(self.parts) - 1]
        return entry.has_word(parts[0], tiers) or any(
            entry.has_word(one, tiers) for pair in pairs for one in as_one(pair)
        )


def search(entries: Mapping[int, Entry], same: Same, text: str) -> dict[int, int]:
    """Key of each record that matches -> rank."""
    question = Question(text, same)
    ranks = {number: question.rank(entry) for number, entry in entries.items()}
    return {number: rank for number, rank in ranks.items() if rank is not None}
