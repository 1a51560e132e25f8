"""Finds for each row of a batch the publication it tells of, in what is stored and in the batch itself."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from v2xkb.literature.corpora.keys import match_key
from v2xkb.literature.corpora.merging import complete
from v2xkb.literature.corpus_models import Identifier, Publication
from v2xkb.literature.importers.entries import Entry

Name = tuple[str, str]


@dataclass(eq=False)
class Held:
    """A publication that rows of the batch may tell of: the stored one, or the first row that tells of a new one.

    `added` are identifiers that are not stored yet, `absorbed` stored publications that turned out to be this one.
    """

    publication: Publication | Entry
    key: str
    pk: int | None = None
    names: set[Name] = field(default_factory=set)
    added: list[Name] = field(default_factory=list)
    is_changed: bool = False
    absorbed: list[int] = field(default_factory=list)


def values(names: Iterable[Name], scheme: str) -> set[str]:
    return {value for name, value in names if name == scheme}


def contradict(one: Iterable[Name], other: Iterable[Name], schemes: Iterable[str] = ("doi",)) -> bool:
    """Whether both have identifiers of a scheme and share none."""
    for scheme in schemes:
        ours, theirs = values(one, scheme), values(other, scheme)
        if ours and theirs and ours.isdisjoint(theirs):
            return True
    return False


class Batch:
    """The rows of a batch in their order, each with its publication; stored ones are looked up all at once.

    `first` is the key of the first publication that the file has made, if it has made any: keys only grow.
    """

    def __init__(self, entries: Sequence[Entry], first: int | None = None) -> None:
        self.first = first
        self.keys = [match_key(entry) for entry in entries]
        self.by_name: dict[Name, Held] = {}
        self.by_key: dict[str, list[Held]] = defaultdict(list)
        # Those that rows told of, in order; what was absorbed by another leaves.
        self.told: dict[Held, None] = {}
        self._look_up(entries)

    @property
    def changed(self) -> list[int]:
        """Keys of stored publications that rows complete, name anew, or make one with another."""
        held = [one for one in self.told if one.is_changed or one.added or one.absorbed]
        return sorted({pk for one in held for pk in (one.pk, *one.absorbed) if pk is not None})

    def _look_up(self, entries: Sequence[Entry]) -> None:
        owners = Identifier.objects.owners(name for entry in entries for name in entry.identifiers)
        keyed = Publication.objects.with_keys(set(self.keys))
        pks = sorted({*owners.values(), *(pk for _, pk in keyed)})
        stored = Publication.objects.by_pk(pks)
        held = {pk: Held(publication, publication.match_key, pk) for pk, publication in stored.items()}
        for pk, scheme, value in Identifier.objects.of_publications(pks):
            held[pk].names.add((scheme, value))
            self.by_name[scheme, value] = held[pk]
        for key, pk in keyed:
            self.by_key[key].append(held[pk])

    def take(self, entry: Entry, key: str) -> int:
        """Let a row tell of its publication; how many more the file has made by it: 1, 0, or fewer."""
        found = self._found(entry, key)
        gained = 0 if found else 1
        if found is None:
            found = Held(entry, key)
            self.by_key[key].append(found)
        else:
            gained -= self._unite(entry, found)
            self._complete(found, entry)
        self.told[found] = None
        for name in entry.identifiers:
            owner = self.by_name.setdefault(name, found)
            if owner is not found:
                remedy = "It was left with that: see which of the two is meant."
                entry.remark(name[0], "it belongs to a publication with another DOI", remedy, name[1])
            elif name not in found.names:
                found.names.add(name)
                found.added.append(name)
        return gained

    def _found(self, entry: Entry, key: str) -> Held | None:
        """By DOI, by what databases call it, by title, year and first author."""
        for name in sorted(entry.identifiers, key=lambda name: name[0] != "doi"):
            if name in self.by_name:
                return self.by_name[name]
        # Where year or author is not told, titles are too weak against what databases call it.
        is_told = entry.year is not None and bool(entry.authors)
        schemes = ("doi",) if is_told else [scheme for scheme, _ in entry.identifiers]
        others = (held for held in self.by_key.get(key, ()) if not contradict(entry.identifiers, held.names, schemes))
        return next(others, None)

    def _complete(self, held: Held, told: Entry | Publication) -> None:
        if complete(held.publication, told):
            held.is_changed = True
            key = match_key(held.publication)
            if key != held.key:
                held.key = key
                self.by_key[key].append(held)

    def _unite(self, entry: Entry, found: Held) -> int:
        """Make one of two publications that a row names as one; how many that the file had made are none any more."""
        gone = 0
        for name in entry.identifiers:
            other = self.by_name.get(name)
            if other is None or other is found or contradict(found.names, other.names):
                continue
            self._complete(found, other.publication)
            found.names |= other.names
            found.added += other.added
            found.absorbed += other.absorbed
            gone += self._is_made_here(found) or self._is_made_here(other)
            if other.pk is not None:
                found.absorbed.append(other.pk)
            for known in other.names:
                self.by_name[known] = found
            for listed in self.by_key.values():
                listed[:] = [found if held is other else held for held in listed]
            self.told.pop(other, None)
        return gone

    def _is_made_here(self, held: Held) -> bool:
        return held.pk is None or (self.first is not None and held.pk >= self.first)
