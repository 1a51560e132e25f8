"""What the facets of one list are counted by, as it stands at one revision."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from v2xkb.records.by_revision import Stamp
from v2xkb.records.facet_arrays import Array, Mended, Places, changed_of, integers
from v2xkb.records.facet_asked import AskedFilterSet
from v2xkb.records.facet_filters import FacetFilter, RecordFacet
from v2xkb.records.facet_names import read_names
from v2xkb.records.facet_reading import Table, keys_of, read_table
from v2xkb.records.facet_rows import Rows, Rowset
from v2xkb.records.facet_values import Name


@dataclass(frozen=True)
class AtRest:
    """How many records have each value of a facet where nothing is asked, and what records of an open one are called.

    Those that no record has are left out.
    """

    counts: Mapping[str, int]
    names: Mapping[str, Name]


@dataclass(frozen=True)
class State:
    """Rows of all records of a list; `names` are those of an open vocabulary that rows name, by key."""

    stamp: Stamp
    places: Places
    tables: Mapping[Rows, Table]
    names: Mapping[str, Name]
    # By the method of the queryset that makes the order: the places of all records in it, of those once asked for.
    orders: dict[str, Array] = field(default_factory=dict)
    # By the name of the facet, once a form was shown.
    at_rest: dict[str, AtRest] = field(default_factory=dict)

    @property
    def sources(self) -> frozenset[str]:
        """The tables of the database that it was read from."""
        return frozenset().union(*(table.sources for table in self.tables.values()))


def read_state(asked: AskedFilterSet, records: Rowset, stamp: Stamp, *, cited: bool) -> State:
    """Reads everything anew, in a number of queries that no number of records raises."""
    places = Places(sorted_keys(records))
    tables = {
        rows: read_table(facets, records, places, cited=cited) for rows, facets in by_rows(asked.facet_filters).items()
    }
    return State(stamp, places, tables, read_names(named(asked, tables)))


@dataclass(frozen=True)
class Changes:
    """Whether records of a list changed, came or went, which of them are there, and all of any kind, as text."""

    is_of_list: bool
    own: list[int]
    every: set[str]


def mended(
    state: State, asked: AskedFilterSet, records: Rowset, stamp: Stamp, changes: Changes, *, cited: bool
) -> State:
    """What a state becomes where of all that it was read from only rows of the list's own records are others now."""
    names = {key: name for key, name in state.names.items() if key not in changes.every}
    if not changes.is_of_list:
        names |= read_names(named(asked, state.tables) - {int(key) for key in names})
        return replace(state, stamp=stamp, names=names, at_rest={})
    changed = changes.own
    places = Places(sorted_keys(records))
    gone = changed_of(state.places, places, integers(changed))
    anew = records.filter(pk__in=changed)
    tables = {}
    for rows, facets in by_rows(asked.facet_filters).items():
        was = state.tables[rows]
        own = read_table(facets, anew, places, cited=cited)
        mended = Mended.of(was.owned, own.owned, state.places, places, gone)
        values = {facet.name: mended.values(was.values[facet.name], own.values[facet.name]) for facet in facets}
        for facet in facets:
            if facet.is_told_by_others:
                values |= read_table([facet], records, places, cited=cited).values
        tables[rows] = Table(mended.owned, values, was.sources)
    names |= read_names(named(asked, tables) - {int(key) for key in names})
    return State(stamp, places, tables, names)


def by_rows(facets: Iterable[FacetFilter]) -> dict[Rows, list[FacetFilter]]:
    found: dict[Rows, list[FacetFilter]] = {}
    for facet in facets:
        found.setdefault(facet.rows, []).append(facet)
    return found


def named(asked: AskedFilterSet, tables: Mapping[Rows, Table]) -> set[int]:
    """The keys of records of open vocabularies that rows name."""
    return {
        int(key)
        for facet in asked.facet_filters
        if isinstance(facet, RecordFacet) and facet.is_open
        for key in tables[facet.rows].values[facet.name].stored
        if key
    }


def keys_in_order(records: Rowset, method: str) -> Array:
    return integers(getattr(records, method)().values_list("pk", flat=True).iterator(chunk_size=10_000))


def sorted_keys(records: Rowset) -> Array:
    (keys,) = keys_of(records, "pk")
    keys.sort()
    return keys
