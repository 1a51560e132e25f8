"""Search once more in plain Python, read off its description, to hold the databases' answers against."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from v2xkb.records.registry import SearchText, Tier, abbreviations
from v2xkb.records.tokens import STOP_WORDS, joined, singular, stem, words_of

Reading = list[str]
Same = Sequence[Sequence[str]]


def readings(text: str) -> list[Reading]:
    words = words_of(text)
    return [[part for word in words for part in word], [part for word in words for part in joined(word)]]


class Entry:
    """One record's names, and by tiers its words and stems, each text with a bar around it."""

    def __init__(self, kind: str, slug: str, text: SearchText) -> None:
        named, about, told = (text.within(tier) for tier in Tier)
        self.is_searched = bool(named or about or told)
        self.names = [key(reading) for name in named for reading in readings(name) if reading]
        texts = {"a": [*named, kind], "b": [*about, slug], "c": told}
        self.words: dict[str, str] = {}
        self.stems: dict[str, str] = {}
        for tiers in ("a", "ab", "abc"):
            found = [reading for tier in tiers for one in texts[tier] for reading in readings(one)]
            self.words[tiers] = " " + " | ".join(" ".join(reading) for reading in found) + " "
            self.stems[tiers] = " " + " | ".join(" ".join(map(stem, reading)) for reading in found) + " "

    def has_run(self, parts: Sequence[str], tiers: str) -> bool:
        return f" {' '.join(map(stem, parts))} " in self.stems[tiers]

    def has_word(self, part: str, tiers: str) -> bool:
        return self.has_run([part], tiers)

    def has_beginning(self, part: str, tiers: str) -> bool:
        is_long = len(part) >= 3 and part not in STOP_WORDS
        return self.has_word(part, tiers) or (is_long and f" {part}" in self.words[tiers])

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


def as_one(parts: Sequence[str]) -> Sequence[str]:
    together = joined(tuple(parts))
    return together if len(together) == 1 else ()


def key(parts: Sequence[str], articles: bool = False) -> list[str]:
    names = [singular(part) for part in parts]
    return names[1:] if not articles and len(names) > 1 and names[0] in ("a", "an", "the") else names


@dataclass(frozen=True)
class Unit:
    """Neighbouring parts of a query with their other names; `is_word` where they are one word and have none."""

    start: int
    parts: list[str]
    names: set[tuple[str, ...]] = field(default_factory=set)
    is_word: bool = False


class Question:
    """A query, cut into the spans that have other names and the words left over."""

    def __init__(self, text: str, same: Same) -> None:
        self.words = words_of(text)
        self.parts = [part for word in self.words for part in word]
        groups = [
            {tuple(reading) for name in names for reading in readings(name) if reading}
            for names in (*same, *abbreviations())
        ]
        keyed = [({tuple(key(name, articles=True)) for name in group}, group) for group in groups]
        self.groups = [(keys, group) for keys, group in keyed if len(keys) > 1]
        self.units = self.cut()
        self.names = [key(name) for name in self.whole_names()]

    def spelled(self, start: int, end: int) -> list[list[str]]:
        borders = [sum(map(len, self.words[:count])) for count in range(len(self.words) + 1)]
        found = [self.parts[start:end]]
        if start in borders and end in borders:
            words = self.words[borders.index(start) : borders.index(end)]
            found.append([part for word in words for part in joined(word)])
        return found

    def names_at(self, start: int, end: int) -> set[tuple[str, ...]]:
        spelled = {tuple(key(parts, articles=True)) for parts in self.spelled(start, end)}
        return set().union(*(group for keys, group in self.groups if keys & spelled))

    def whole_names(self) -> list[Sequence[str]]:
        """The query, and the query without stop words around it, with what means the same."""
        if not self.units:
            return []
        core = min(unit.start for unit in self.units), max(unit.start + len(unit.parts) for unit in self.units)
        whole = 0, len(self.parts)
        return [*self.spelled(*whole), self.parts[slice(*core)], *self.names_at(*whole), *self.names_at(*core)]

    def cut(self) -> list[Unit]:
        total, free = len(self.parts), set(range(len(self.parts)))
        units = []
        for size in range(total, 0, -1):
            for start in range(total - size + 1):
                places, names = set(range(start, start + size)), self.names_at(start, start + size)
                if places <= free and names:
                    free -= places
                    units.append(Unit(start, self.parts[start : start + size], names))
        start = 0
        for word in self.words:
            places = set(range(start, start + len(word)))
            if places <= free:
                units.append(Unit(start, list(word), is_word=True))
            else:
                units += [Unit(place, [self.parts[place]]) for place in sorted(places & free)]
            start += len(word)
        return [unit for unit in units if len(unit.parts) > 1 or unit.parts[0] not in STOP_WORDS] or units

    def rank(self, entry: Entry) -> int | None:
        if not entry.is_searched or not self.units:
            return None
        if any(name in entry.names for name in self.names):
            return 1
        if not all(self.is_loose(unit, entry, "abc") for unit in self.units):
            return None
        for rank, tiers in enumerate(("a", "ab", "abc"), start=2):
            if all(self.is_exact(unit, entry, tiers) for unit in self.units):
                return rank
        loose = (tiers for tiers in ("a", "ab", "abc") if all(self.is_loose(u, entry, tiers) for u in self.units))
        return 4 + len(next(loose))

    def is_loose(self, unit: Unit, entry: Entry, tiers: str) -> bool:
        return self.is_exact(unit, entry, tiers) or entry.has_apart(unit.parts, tiers)

    def is_exact(self, unit: Unit, entry: Entry, tiers: str) -> bool:
        if any(entry.has_phrase(name, tiers) for name in unit.names):
            return True
        if len(unit.parts) > 1 or unit.names:
            return entry.has_compound(unit.parts, tiers)
        places = (unit.start - 1, unit.start) if unit.is_word else ()
        pairs = [self.parts[at : at + 2] for at in places if 0 <= at < len(self.parts) - 1]
        wholes = [one for pair in pairs for one in as_one(pair)]
        return any(entry.has_word(part, tiers) for part in (unit.parts[0], *wholes))


def search(entries: Mapping[int, Entry], same: Same, text: str) -> dict[int, int]:
    """Key of each record that matches -> rank."""
    question = Question(text, same)
    ranks = {number: question.rank(entry) for number, entry in entries.items()}
    return {number: rank for number, rank in ranks.items() if rank is not None}
