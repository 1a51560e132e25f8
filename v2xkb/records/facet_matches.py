"""Which records of a list match what is asked, and how many have each value, counted on what is held of them."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from v2xkb.records.facet_arrays import Array, Owned, Values, how_many, integers, truths
from v2xkb.records.facet_asked import AskedFilterSet
from v2xkb.records.facet_filters import FacetFilter, RecordFacet
from v2xkb.records.facet_meant import meant
from v2xkb.records.facet_ranges import RangeFacet, YearFacet
from v2xkb.records.facet_rows import Counted, Rows
from v2xkb.records.facet_state import State
from v2xkb.records.facet_values import NOT_REPORTED


class Matches:
    """What a filter set asks, of one state; `found` are keys of the only records to choose from, in their order."""

    def __init__(self, asked: AskedFilterSet, state: State, found: Sequence[int] | None) -> None:
        self.asked, self.state = asked, state
        self.found = None if found is None else integers(found)
        self._met: dict[tuple[FacetFilter, tuple[str, ...]], Array] = {}

    @cached_property
    def records(self) -> Array:
        """Which records match."""
        return self._narrowed()

    @property
    def total(self) -> int:
        return how_many(self.records)

    @property
    def as_found(self) -> Array:
        return self.state.places.of(self.found)

    def keys(self, order: Array, start: int, stop: int) -> list[int]:
        """Of the matching records from one place of an order to another."""
        matching = order[self.records[order]][start:stop]
        return self.state.places.keys[matching].tolist()

    def counts(self, facet: FacetFilter) -> dict[str, int]:
        """Value -> how many records have it if it alone is chosen in its facet, or added to those all asked for."""
        shared = [other for other in (*self.asked.chosen, *self.asked.every) if other.rows == facet.rows]
        if facet in self.asked.every or not shared:
            return self.counts_among_matches(facet)
        besides = [
            self._with_value(other, value, apart_from=facet)
            for other, values in self.asked.every.items()
            if other.rows == facet.rows
            for value in values
        ]
        return self._tally(facet, self._rows_beside(facet), besides)

    def counts_among_matches(self, facet: FacetFilter) -> dict[str, int]:
        rows = self._on_rows(facet.rows, self._sharing(facet)) & self._owned(facet.rows).rows_of(self.records)
        return self._tally(facet, rows, [])

    def written(self, facet: FacetFilter, values: Iterable[str]) -> list[int]:
        """How many records each of some values of a facet would leave, in place of what is chosen there."""
        rows, owned = self._rows_beside(facet), self._owned(facet.rows)
        return [how_many(owned.records_of(rows & self._meeting(facet, [value]))) for value in values]

    def _rows_beside(self, facet: FacetFilter) -> Array:
        """The rows that meet all that is chosen in other facets, of records that do."""
        records = self._narrowed(apart_from=facet.rows)
        return self._on_rows(facet.rows, self._sharing(facet)) & self._owned(facet.rows).rows_of(records)

    def _tally(self, facet: FacetFilter, rows: Array, besides: Sequence[Array]) -> dict[str, int]:
        if isinstance(facet, RangeFacet) and not isinstance(facet, YearFacet):
            return facet.tally(list(self._binned(facet, rows)))
        counts = self._values(facet).counts(rows, *besides)
        if isinstance(facet, RecordFacet) and facet.is_open:
            names = self.state.names
            return facet.tally(
                [
                    Counted(facet.name, key, number, names[key].slug, names[key].label, names[key].sort_key)
                    if key
                    else Counted(facet.name, key, number)
                    for key, number in counts
                ]
            )
        return facet.tally([Counted(facet.name, stored, number) for stored, number in counts])

    def _binned(self, facet: RangeFacet, rows: Array) -> Iterator[Counted]:
        owned = self._owned(facet.rows)
        for value in (*facet.bins, NOT_REPORTED):
            number = how_many(owned.records_of(rows & self._meeting(facet, [value])))
            yield Counted(facet.name, "" if value == NOT_REPORTED else value, number)

    def _owned(self, rows: Rows) -> Owned:
        return self.state.tables[rows].owned

    def _values(self, facet: FacetFilter) -> Values:
        return self.state.tables[facet.rows].values[facet.name]

    def _meeting(self, facet: FacetFilter, values: Sequence[str]) -> Array:
        """The rows that meet a facet's condition."""
        key = facet, tuple(values)
        if key not in self._met:
            held = self._values(facet)
            self._met[key] = held.rows_with(meant(facet, values, held))
        return self._met[key]

    def _sharing(self, facet: FacetFilter) -> list[FacetFilter]:
        return [other for other in self.asked.chosen if other.rows == facet.rows and other is not facet]

    def _on_rows(self, rows: Rows, facets: Iterable[FacetFilter]) -> Array:
        """The rows that meet what is chosen in these facets, and all lookups."""
        meeting = self._owned(rows).every_row()
        for facet in facets:
            meeting = meeting & self._meeting(facet, self.asked.chosen[facet])
        for facet, values in self.asked.lookups.items():
            if facet.rows == rows:
                for value in values:
                    meeting = meeting & self._meeting(facet, [value])
        return meeting

    def _with_value(self, facet: FacetFilter, value: str, apart_from: FacetFilter | None = None) -> Array:
        """The rows with a value of a facet that meet what is chosen in the facets it shares them with."""
        sharing = [other for other in self._sharing(facet) if other is not apart_from]
        return self._on_rows(facet.rows, sharing) & self._meeting(facet, [value])

    def _narrowed(self, apart_from: Rows | None = None) -> Array:
        """The records that meet all that is chosen in facets, those on certain rows left out."""
        places = self.state.places
        matching = truths(len(places), value=True) if self.found is None else places.among(self.found)
        by_rows: dict[Rows, list[FacetFilter]] = {facet.rows: [] for facet in (*self.asked.chosen, *self.asked.lookups)}
        for facet in self.asked.chosen:
            by_rows[facet.rows].append(facet)
        for rows, facets in by_rows.items():
            if rows != apart_from:
                matching &= self._owned(rows).records_of(self._on_rows(rows, facets))
        for facet, values in self.asked.every.items():
            if facet.rows != apart_from:
                for value in values:
                    matching &= self._owned(facet.rows).records_of(self._with_value(facet, value))
        return matching
