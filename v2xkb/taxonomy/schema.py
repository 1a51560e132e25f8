"""This app's part of the graph: terms, how publications use them, and the ways back to both."""

from v2xkb.records.graphql.batches import Backlinks
from v2xkb.records.graphql.queries import Listed
from v2xkb.taxonomy.filtersets import TermFilterSet, TermUsageFilterSet

LISTS = [Listed("term", TermFilterSet), Listed("term-usage", TermUsageFilterSet)]
BACKLINKS = [
    Backlinks("term", "narrower", "term", ("broader",), "The next narrower terms of the same scheme."),
    Backlinks("term", "codings", "term-usage", ("codings",), "How publications use the term.", owner="usage"),
    Backlinks("reference", "term_usages", "term-usage", ("reference",), "How it uses the field's terms."),
]
