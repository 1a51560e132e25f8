"""Two facets crossed: how many records have each value of one together with each value of the other.

A count is the total of the list that the two values, in place of what is chosen in their facets, and all other
parameters give. Facets that share their rows must meet on one row, any others each on a row of its own.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, singledispatch
from itertools import product
from typing import Any

from django.db.models import F

from v2xkb.records.facet_asked import label_of
from v2xkb.records.facet_filters import FacetFilter, LinkedTermsFacet, RecordFacet
from v2xkb.records.facet_parts import FamilyFacet
from v2xkb.records.facet_ranges import NO_END, PeriodFacet, RangeFacet, YearFacet
from v2xkb.records.facet_rows import Rowset
from v2xkb.records.facet_values import NOT_REPORTED, Name
from v2xkb.records.facets import FacetedFilterSet

# Of an open vocabulary, which may hold thousands, the most frequent.
MOST_OF_OPEN = 40

Stored = tuple[Any, ...]
Pair = tuple[str, str]
# The values that a row has of each facet.
Valued = tuple[Collection[str], ...]


@dataclass(frozen=True)
class Value:
    """A value of a facet, and how many records have it."""

    value: str
    label: str
    records: int


@dataclass(frozen=True)
class Side:
    """The values of one facet in the order to show them in, «not reported» last.

    Where values are chosen in the facet they are all there is; else those that some record has, and `absent` are
    those that none has. `left_out` is how many more there are, where only the most frequent are shown.
    """

    name: str
    label: str
    values: list[Value]
    absent: list[Value]
    left_out: int = 0


@dataclass(frozen=True)
class Gap:
    """Two values that occur, but in no record together; `expected` would be, had the one nothing to do with the other.

    It says where to look and is no finding: the two may exclude each other by what they mean.
    """

    row: Value
    column: Value
    expected: float


@dataclass(frozen=True)
class Crossing:
    """Counts of `total` records by the values of two facets; a pair that is missing from `counts` has no record."""

    rows: Side
    columns: Side
    total: int
    counts: dict[tuple[str, str], int]

    def records(self, row: Value, column: Value) -> int:
        return self.counts.get((row.value, column.value), 0)

    @cached_property
    def gaps(self) -> list[Gap]:
        """Pairs of reported values without a record, those first that would be most frequent."""
        found = [
            Gap(row, column, row.records * column.records / self.total)
            for row, column in product(reported(self.rows), reported(self.columns))
            if not self.records(row, column)
        ]
        return sorted(found, key=lambda gap: -gap.expected)


def reported(side: Side) -> list[Value]:
    return [value for value in side.values if value.value != NOT_REPORTED and value.records]


def cross(filterset: FacetedFilterSet, rows: FacetFilter, columns: FacetFilter) -> Crossing:
    """Two different facets of a valid filter set, in a number of queries that no number of records raises."""
    if rows.rows == columns.rows:
        together = read(filterset, rows, columns)
        of_rows, of_columns = (valued(together, facet) for facet in (rows, columns))
        pairs = paired(together, rows, columns)
    else:
        of_rows, of_columns = (valued(read(filterset, facet), facet) for facet in (rows, columns))
        pairs = {}
    sides = side(filterset, rows, of_rows.values()), side(filterset, columns, of_columns.values())
    row_values, column_values = ({value.value for value in one.values} for one in sides)
    counts: Counter[Pair] = Counter()
    for pk, values in of_rows.items():
        if pk in pairs:
            counts.update(pair for pair in pairs[pk] if pair[0] in row_values and pair[1] in column_values)
        else:
            counts.update(product(values & row_values, of_columns[pk] & column_values))
    return Crossing(*sides, len(of_rows), dict(counts))


@dataclass(frozen=True)
class Found:
    """Rows that `facets` share, by record, each with its values of them.

    `matching` are those of the records that match which meet all that is chosen on them. `besides` has, for each value
    of which every one is asked for, its facet and the rows with it that meet what is chosen in the others.
    """

    facets: tuple[FacetFilter, ...]
    matching: dict[int, list[Valued]]
    besides: list[tuple[FacetFilter, dict[int, list[Valued]]]]


def valued(found: Found, facet: FacetFilter) -> dict[int, set[str]]:
    """Record -> its values of one facet; a row with a value that must be there besides has them too."""
    at = found.facets.index(facet)
    of_records = {pk: {value for row in rows for value in row[at]} for pk, rows in found.matching.items()}
    for other, rows_with in found.besides:
        if other is not facet:
            for pk, values in of_records.items():
                values &= {value for row in rows_with.get(pk, ()) for value in row[at]}
    return of_records


def paired(found: Found, rows: FacetFilter, columns: FacetFilter) -> dict[int, set[Pair]]:
    """Record -> the pairs of values that one of its rows has, in the same way."""
    of_records = {pk: pairs_on(of_record) for pk, of_record in found.matching.items()}
    for other, rows_with in found.besides:
        for pk, pairs in of_records.items():
            there = pairs_on(rows_with.get(pk, ()))
            if other is rows:
                among = {column for _, column in there}
                pairs -= {pair for pair in pairs if pair[1] not in among}
            elif other is columns:
                among = {row for row, _ in there}
                pairs -= {pair for pair in pairs if pair[0] not in among}
            else:
                pairs &= there
    return of_records


def pairs_on(rows: Iterable[Valued]) -> set[Pair]:
    return {pair for row, column in rows for pair in product(row, column)}


def side(filterset: FacetedFilterSet, facet: FacetFilter, found: Iterable[Collection[str]]) -> Side:
    """The values of a facet to show, and how many records have each; `found` are those of every record."""
    counts = Counter(value for values in found for value in values)
    chosen = filterset.chosen.get(facet, [])
    missing = [NOT_REPORTED] if counts[NOT_REPORTED] or NOT_REPORTED in chosen else []
    reported = {value: count for value, count in counts.items() if value != NOT_REPORTED}
    if chosen:
        listed, absent = list(among_chosen(facet, chosen, reported)), []
        missing = missing if NOT_REPORTED in chosen else []
    else:
        every = list(facet.listed(reported, ()))
        listed = [value for value in every if reported.get(value)]
        absent = [Value(value, label_of(facet, value), 0) for value in every if not reported.get(value)]
    is_cut = isinstance(facet, RecordFacet) and facet.is_open and not chosen
    kept = listed[:MOST_OF_OPEN] if is_cut else listed
    values = [Value(value, label_of(facet, value), counts[value]) for value in [*kept, *missing]]
    return Side(facet.name, str(facet.label), values, absent, len(listed) - len(kept))


def among_chosen(facet: FacetFilter, chosen: Sequence[str], counts: Mapping[str, int]) -> Iterable[str]:
    """The values chosen, in the facet's order; of chosen ranges the years within them, other ranges as they are."""
    wanted = [value for value in chosen if value != NOT_REPORTED]
    if isinstance(facet, YearFacet):
        spans = [span for span in map(facet.span, wanted) if span]
        return [year for year in facet.listed(counts, ()) if any(int(year) in span for span in spans)]
    if isinstance(facet, RangeFacet):
        return wanted
    return [value for value in facet.listed(counts, wanted) if value in wanted]


def read(filterset: FacetedFilterSet, *facets: FacetFilter) -> Found:
    rows, prefix = filterset.rows(facets[0].rows)
    besides = [
        (other, read_rows(filterset, rows_with, prefix, facets))
        for other, rows_with in filterset.rows_of_every(facets[0].rows)
    ]
    return Found(facets, read_rows(filterset, rows, prefix, facets), besides)


def read_rows(
    filterset: FacetedFilterSet, beside: Rowset, prefix: str, facets: Sequence[FacetFilter]
) -> dict[int, list[Valued]]:
    """Record -> its rows, each with its values of every facet."""
    for facet in facets:
        for name, expression in facet.aliases(prefix, filterset.cited_only).items():
            if name not in beside.query.annotations:
                beside = beside.alias(**{name: expression})
    readings = [reading(facet, filterset, beside, prefix) for facet in facets]
    stored = [[F(column) for column in one.columns] for one in readings]
    rows = list(beside.order_by().values_list("pk", *(column for columns in stored for column in columns)))
    values = []
    start = 1
    for one in readings:
        values.append(one.values([row[start : start + len(one.columns)] for row in rows]))
        start += len(one.columns)
    found: dict[int, list[Valued]] = defaultdict(list)
    for row, *of_row in zip(rows, *values, strict=True):
        found[row[0]].append(tuple(of_row))
    return dict(found)


@dataclass(frozen=True)
class Reading:
    """The columns to read for a facet, and how to tell its values from what they hold, a row each."""

    columns: tuple[str, ...]
    values: Callable[[Sequence[Stored]], Iterable[Collection[str]]]


@singledispatch
def reading(facet: FacetFilter, filterset: FacetedFilterSet, beside: Rowset, prefix: str) -> Reading:
    """One value a row, as it is stored."""
    return Reading((facet.alias,), lambda rows: [(value or NOT_REPORTED,) for (value,) in rows])


@reading.register
def _(facet: RecordFacet, filterset: FacetedFilterSet, beside: Rowset, prefix: str) -> Reading:
    if facet.is_open:
        return reading_of_open(facet, prefix)

    def values(rows: Sequence[Stored]) -> Iterable[Collection[str]]:
        slugs = facet.slugs_of(pk for (pk,) in rows if pk)
        return [(slugs[pk],) if pk else (NOT_REPORTED,) for (pk,) in rows]

    return Reading((facet.alias,), values)


def reading_of_open(facet: RecordFacet, prefix: str) -> Reading:
    """With the names of the records found, which are not known before."""

    def values(rows: Sequence[Stored]) -> Iterable[Collection[str]]:
        facet.parent.names.learn(facet.vocabulary, (Name(*row) for row in set(rows) if row[0]))
        return [(slug,) if pk else (NOT_REPORTED,) for pk, slug, *_ in rows]

    record = f"{prefix}{facet.path}__record__"
    return Reading((facet.alias, f"{record}slug", f"{record}label", f"{record}sort_key"), values)


@reading.register
def _(facet: FamilyFacet, filterset: FacetedFilterSet, beside: Rowset, prefix: str) -> Reading:
    """Both names in one, where a record is a part and has parts."""
    return Reading((facet.alias,), lambda rows: [value.split() for (value,) in rows])


@reading.register
def _(facet: LinkedTermsFacet, filterset: FacetedFilterSet, beside: Rowset, prefix: str) -> Reading:
    """The terms that rows of links lead to from the owners a row names."""
    owners = facet.owners
    linked: list[dict[int, set[str]]] = []
    for link, owner in zip(facet.through, owners, strict=True):
        terms: dict[int, set[str]] = defaultdict(set)
        named = {f"{link.owner}__in": beside.order_by().values(found=F(owner))}
        pairs = list(link.rows(filterset.cited_only).filter(**named).values_list(link.owner, link.term))
        slugs = facet.slugs_of(term for _owner, term in pairs)
        for pk, term in pairs:
            terms[pk].add(slugs[term])
        linked.append(terms)

    def values(rows: Sequence[Stored]) -> Iterable[Collection[str]]:
        for row in rows:
            yield set().union(*(terms.get(pk, ()) for terms, pk in zip(linked, row, strict=True))) or (NOT_REPORTED,)

    return Reading(owners, values)


@reading.register
def _(facet: RangeFacet, filterset: FacetedFilterSet, beside: Rowset, prefix: str) -> Reading:
    """Every range of those chosen, else of the bins, that a number is in."""
    chosen = [value for value in filterset.chosen.get(facet, []) if value != NOT_REPORTED]
    spans = [(value, span) for value in chosen or facet.bins if (span := facet.span(value))]

    def values(rows: Sequence[Stored]) -> Iterable[Collection[str]]:
        for (number,) in rows:
            yield (NOT_REPORTED,) if number is None else [value for value, span in spans if number in span]

    return Reading((facet.alias,), values)


@reading.register
def _(facet: YearFacet, filterset: FacetedFilterSet, beside: Rowset, prefix: str) -> Reading:
    return Reading((facet.alias,), lambda rows: [(str(year) if year else NOT_REPORTED,) for (year,) in rows])


@reading.register
def _(facet: PeriodFacet, filterset: FacetedFilterSet, beside: Rowset, prefix: str) -> Reading:
    """Every year of a period; one without an end lasts until the last year that any other has."""

    def values(rows: Sequence[Stored]) -> Iterable[Collection[str]]:
        last = max((year for row in rows for year in row if year and year != NO_END), default=0)
        for low, high in rows:
            yield (NOT_REPORTED,) if low is None else [str(year) for year in range(low, min(high, last) + 1)]

    return Reading((facet.alias, f"{facet.name}_high"), values)
