"""Values of many rows as arrays of small numbers, found and counted by the thousand: the one place that loads numpy.

A record stands by its place, a row by its own among the rows of all records, a value by its code; code 0 is none.
What is true of some records, rows or codes is an array of truths, one for each.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

# A numpy array; one can't be named here without loading numpy.
Array = Any
# Between texts that the database hands over as one: no document may hold it.
BETWEEN = "\x1f"


@cache
def numpy() -> Any:
    """Loaded by who counts first: what starts a process, or reads one document, goes without."""
    import numpy as np  # noqa: PLC0415 - heavy

    return np


def numbers(joined: str | None) -> Array:
    np = numpy()
    return np.fromstring(joined or "", dtype=np.int64, sep=BETWEEN)


def integers(values: Iterable[int]) -> Array:
    np = numpy()
    return np.fromiter(values, dtype=np.int64)


def truths(number: int, *, value: bool) -> Array:
    np = numpy()
    return np.full(number, value, dtype=bool)


def how_many(truths: Array) -> int:
    return int(numpy().count_nonzero(truths))


@dataclass(frozen=True)
class Places:
    """The records by their keys, in the order of these."""

    keys: Array

    def __len__(self) -> int:
        return len(self.keys)

    def of(self, keys: Array) -> Array:
        """Where records stand, those left out that are none of these."""
        np = numpy()
        if not len(self.keys):
            return np.zeros(0, dtype=np.int64)
        found = np.searchsorted(self.keys, keys)
        found[found == len(self.keys)] = 0
        return found[self.keys[found] == keys]

    def among(self, keys: Array) -> Array:
        """Which records these are the keys of."""
        found = truths(len(self), value=False)
        found[self.of(keys)] = True
        return found


@dataclass(frozen=True)
class Owned:
    """Rows in the order of the records they belong to: the place of each row's record, one or more rows each."""

    owners: Array
    records: int

    def rows_of(self, records: Array) -> Array:
        return records[self.owners]

    def records_of(self, rows: Array) -> Array:
        """Which records have one of the rows."""
        found = truths(self.records, value=False)
        found[self.owners[rows]] = True
        return found

    def every_row(self) -> Array:
        return truths(len(self.owners), value=True)


@dataclass(frozen=True)
class Values:
    """What rows hold of one facet: `codes[n]` is the code of a value, `stored` of that name, that row `rows[n]` has.

    Without `rows`, row n has the code n, and no other.
    """

    stored: Sequence[str]
    codes: Array
    rows: Array | None
    owned: Owned

    @classmethod
    def of(cls, texts: Sequence[str], owned: Owned, order: Array) -> "Values":
        """From one text a row, which `order` brings into the order of the rows."""
        np = numpy()
        stored = list(dict.fromkeys(["", *texts]))
        index = {text: code for code, text in enumerate(stored)}
        codes = np.fromiter(map(index.__getitem__, texts), dtype=np.int32, count=len(texts))
        return cls(stored, smallest(codes[order], len(stored)), None, owned)

    @cached_property
    def pairs(self) -> tuple[Array, Array]:
        """(of each row's value its pair of record and value, of each such pair the code): a record counts once."""
        np = numpy()
        owners = self.owned.owners if self.rows is None else self.owned.owners[self.rows]
        together = owners.astype(np.int64) * len(self.stored) + self.codes
        found, pairs = np.unique(together, return_inverse=True)
        if len(found) == len(together):
            return None, self.codes
        return pairs.astype(np.int32), smallest(found % len(self.stored), len(self.stored))

    def coded(self, is_meant: Callable[[str], bool], *, blank: bool) -> Array:
        """Which codes stand for values that are meant, and whether the one for none is."""
        np = numpy()
        meant = (blank, *map(is_meant, self.stored[1:]))
        return np.fromiter(meant, dtype=bool, count=len(self.stored))

    def rows_with(self, coded: Array) -> Array:
        found = coded[self.codes]
        if self.rows is None:
            return found
        rows = truths(len(self.owned.owners), value=False)
        rows[self.rows[found]] = True
        return rows

    def counts(self, *among: Array) -> list[tuple[str, int]]:
        """How many records have each value on one of the rows, and on one of any further such rows."""
        np = numpy()
        pairs, codes = self.pairs
        on: Array = None
        for rows in among:
            found = rows if self.rows is None else rows[self.rows]
            if pairs is not None:
                flagged = truths(len(codes), value=False)
                flagged[pairs[found]] = True
                found = flagged
            on = found if on is None else on & found
        counted = np.bincount(codes[on], minlength=len(self.stored))
        return [(self.stored[code], int(counted[code])) for code in np.flatnonzero(counted).tolist()]


def smallest(codes: Array, number: int) -> Array:
    """As many bytes for each code as that many codes ask for."""
    np = numpy()
    return codes.astype(np.min_scalar_type(max(number - 1, 0)))


def linked_rows(owners: Sequence[Array], links: Sequence[tuple[Array, Array]]) -> tuple[Array, Array]:
    """(row, value) for what rows are linked to: `owners` are what each row names, `links` lead from there to values."""
    np = numpy()
    rows, values = [], []
    for named, (sources, targets) in zip(owners, links, strict=True):
        order = np.argsort(sources, kind="stable")
        begin, end = (np.searchsorted(sources[order], named, side) for side in ("left", "right"))
        found = end - begin
        row = np.repeat(np.arange(len(named)), found)
        step = np.arange(len(row)) - np.repeat(np.cumsum(found) - found, found)
        rows.append(row)
        values.append(targets[order][np.repeat(begin, found) + step])
    return np.concatenate(rows), np.concatenate(values)


def values_linked(rows: Array, values: Array, owned: Owned) -> Values:
    """Of which a row may have several; those that have none are put under code 0."""
    np = numpy()
    stored, codes = np.unique(values, return_inverse=True)
    number = len(stored) + 1
    together = np.unique(rows * number + codes + 1)
    has = truths(len(owned.owners), value=False)
    has[rows] = True
    without = np.flatnonzero(~has) * number
    together = np.sort(np.concatenate([together, without]))
    names = ["", *map(str, stored.tolist())]
    return Values(names, smallest(together % number, number), (together // number).astype(np.int32), owned)


def in_order(owners: Array, records: int) -> tuple[Owned, Array]:
    """The rows in the order of their records, and what brings others into it."""
    np = numpy()
    order = np.argsort(owners, kind="stable")
    return Owned(owners[order].astype(np.int32), records), order


@dataclass(frozen=True)
class Mended:
    """Rows of which those of some records are others now: where what was `kept` and what came `anew` now stand."""

    owned: Owned
    kept: Array
    order: Array

    @classmethod
    def of(cls, was: Owned, anew: Owned, before: Places, now: Places, changed: Array) -> "Mended":
        """`changed` says of each record of before whether its rows are others now, or gone with it."""
        np = numpy()
        kept = ~changed[was.owners]
        owners = now.of(before.keys[was.owners[kept]])
        owned, order = in_order(np.concatenate([owners, anew.owners]), len(now))
        return cls(owned, kept, order)

    def values(self, was: Values, anew: Values) -> Values:
        np = numpy()
        stored = list(dict.fromkeys([*was.stored, *anew.stored]))
        index = {text: code for code, text in enumerate(stored)}
        codes_anew = np.fromiter((index[text] for text in anew.stored), dtype=np.int64)[anew.codes]
        if was.rows is None or anew.rows is None:
            codes = np.concatenate([was.codes[self.kept], codes_anew])[self.order]
            return Values(stored, smallest(codes, len(stored)), None, self.owned)
        # Where each row that is kept stood among these, then where it stands among all.
        number, at = np.cumsum(self.kept) - 1, np.empty(len(self.order), dtype=np.int32)
        at[self.order] = np.arange(len(self.order))
        on_kept = self.kept[was.rows]
        rows = np.concatenate([number[was.rows[on_kept]], anew.rows + how_many(self.kept)])
        codes = np.concatenate([was.codes[on_kept], codes_anew])
        return Values(stored, smallest(codes, len(stored)), at[rows], self.owned)


def changed_of(before: Places, now: Places, changed: Array) -> Array:
    """Of the records of before, those whose keys are among `changed`, and those that are gone."""
    np = numpy()
    return before.among(changed) | ~np.isin(before.keys, now.keys, assume_unique=True)
