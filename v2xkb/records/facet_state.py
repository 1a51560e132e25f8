"""What the facets of one list are counted by, as it stands at one revision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from v2xkb.records.facet_arrays import Array, Places, Values, integers
from v2xkb.records.facet_asked import AskedFilterSet
from v2xkb.records.facet_filters import RecordFacet
from v2xkb.records.facet_names import read_names
from v2xkb.records.facet_reading import Table, keys_of, read_table
from v2xkb.records.facet_rows import Rows, Rowset
from v2xkb.records.facet_values import Name

# Number and time of a revision: one that was taken back leaves its number to the next.
Stamp = tuple[int, datetime | None]


@dataclass(frozen=True)
class State:
    """Rows of all records of a list; `names` are those of an open vocabulary that rows name, by key.

    `cited` says that values which no source states count as not reported.
    """

    stamp: Stamp
    cited: bool
    places: Places
    tables: Mapping[Rows, Table]
    names: Mapping[str, Name]
    # By the method of the queryset that makes the order: the places of all records in it.
    orders: Mapping[str, Array]

    def values(self, facet_name: str, rows: Rows) -> Values:
        return self.tables[rows].values[facet_name]


def read_state(asked: AskedFilterSet, records: Rowset, stamp: Stamp, *, cited: bool) -> State:
    """Reads everything anew, in a number of queries that no number of records raises."""
    places = Places(sorted_keys(records))
    rows = dict.fromkeys(facet.rows for facet in asked.facet_filters)
    read = partial(read_table, asked, records=records, places=places, cited=cited)
    tables = {one: read(one) for one in rows}
    named = {
        key
        for facet in asked.facet_filters
        if isinstance(facet, RecordFacet) and facet.is_open
        for key in tables[facet.rows].values[facet.name].stored
        if key
    }
    orders = {order.method: places.of(keys_in_order(records, order.method)) for order in asked.sorting.plain}
    return State(stamp, cited, places, tables, read_names(map(int, named)), orders)


def keys_in_order(records: Rowset, method: str) -> Array:
    return integers(getattr(records, method)().values_list("pk", flat=True).iterator(chunk_size=10_000))


def sorted_keys(records: Rowset) -> Array:
    (keys,) = keys_of(records, "pk")
    keys.sort()
    return keys
