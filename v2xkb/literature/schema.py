"""This app's part of the graph: the list of references, and who cites one."""

from v2xkb.literature.filtersets import ReferenceFilterSet
from v2xkb.records.graphql.batches import Backlinks
from v2xkb.records.graphql.queries import Listed

LISTS = [Listed("reference", ReferenceFilterSet)]
BACKLINKS = [
    Backlinks("reference", "cited_by", "", ("basis", "conflicts"), "Records with a value that it is a source of."),
]
