"""This app's part of the graph: barriers, what is done about them, and the ways back to both."""

from barriers.filtersets import BarrierFilterSet, BarrierSetFilterSet, MeasureFilterSet, ResearchTopicFilterSet
from v2xkb.records.graphql.batches import Backlinks
from v2xkb.records.graphql.queries import Listed

LISTS = [
    Listed("barrier-set", BarrierSetFilterSet),
    Listed("barrier", BarrierFilterSet),
    Listed("measure", MeasureFilterSet),
    Listed("research-topic", ResearchTopicFilterSet),
]
BACKLINKS = [
    Backlinks("barrier-set", "barriers", "barrier", ("set",), "The barriers of the set."),
    Backlinks("barrier", "measures", "measure", ("barriers",), "What counters it."),
    Backlinks("barrier", "research_topics", "research-topic", ("addresses",), "Research that addresses it."),
    Backlinks("term", "barriers", "barrier", ("typology", "actors", "scenarios"), "Barriers that the term is said of."),
    Backlinks("term", "measures", "measure", ("actors",), "Measures that the actor can take."),
]
