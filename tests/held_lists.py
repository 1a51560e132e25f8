"""What a process holds of lists to count their facets by, as it is when the knowledge base was loaded."""

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence

from django.urls import get_resolver

from projects import claim_counts
from v2xkb.records import facet_held, registry
from v2xkb.records.by_revision import Stamp
from v2xkb.records.facet_asked import AskedFilterSet
from v2xkb.records.facet_state import State
from v2xkb.records.facets import FacetedFilterSet
from v2xkb.records.graphql import held_rows
from v2xkb.records.graphql.held_rows import Held, HeldRow, held_at, in_order
from v2xkb.records.models import Projected, Revision
from v2xkb.schema import PARTS

_kept: dict[facet_held.Key, Mapping[Stamp, State]] = {}
_rows: dict[tuple[str, str], Mapping[Stamp, Held]] = {}
_orders: dict[tuple[str, str, str], Mapping[Stamp, Sequence[HeldRow]]] = {}
_vocabularies: dict[tuple[str, type[AskedFilterSet]], Mapping[Stamp, facet_held.Vocabularies]] = {}


def filtersets(of: type[AskedFilterSet] = FacetedFilterSet) -> Iterator[type[AskedFilterSet]]:
    """Of whole lists of records."""
    for one in of.__subclasses__():
        if one._meta.model and issubclass(one._meta.model, Projected):
            yield one
        yield from filtersets(one)


def read() -> None:
    """Every list as it is now, in each of its orders: what the first who asks after a revision waits for."""
    # Whose views were not loaded yet would be no list yet.
    assert get_resolver().url_patterns
    for one in filtersets():
        for data in ({}, {"cited_only": "1"}):
            assert one(data).held is not None
            assert one(data).names
            for order in one().sorting.plain:
                list(one({**data, "sort": order.value}).between(0, 1))

    stamp = Revision.objects.current_stamp()
    for kind in registry.kinds():
        held_at(kind.name, stamp)
    for listed in (listed for part in PARTS for listed in part.LISTS):
        in_order(listed.kind, listed.order, stamp)


def keep() -> None:
    read()
    _kept.update({key: dict(held.kept) for key, held in facet_held.lists.items()})
    _rows.update({key: dict(held.kept) for key, held in held_rows.kinds.items()})
    _orders.update({key: dict(held.kept) for key, held in held_rows.orders.items()})
    _vocabularies.update({key: dict(held.kept) for key, held in facet_held.vocabularies.items()})


def put_back() -> None:
    claim_counts.held.cache_clear()
    for key, held in facet_held.lists.items():
        held.kept = OrderedDict(_kept.get(key, {}))
    for kind, rows in held_rows.kinds.items():
        rows.kept = OrderedDict(_rows.get(kind, {}))
    for order, ordered in held_rows.orders.items():
        ordered.kept = OrderedDict(_orders.get(order, {}))
    facet_held.spellings.clear()
    for name, names in facet_held.vocabularies.items():
        names.kept = OrderedDict(_vocabularies.get(name, {}))
