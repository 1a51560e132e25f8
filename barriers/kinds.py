"""Registers the kinds of this app."""

from barriers import projection
from barriers.documents import BarrierDocument, BarrierSetDocument, MeasureDocument, ResearchTopicDocument
from v2xkb.records.registry import Kind, Labels, SearchText, register


def set_text(document: BarrierSetDocument, labels: Labels) -> SearchText:
    return SearchText(a=[document.name], c=[document.description])


def barrier_text(document: BarrierDocument, labels: Labels) -> SearchText:
    typologies = [slug for slug in (document.typology, document.typology_secondary) if slug]
    terms = [*typologies, *(actor.actor for actor in document.actors), *document.scenarios]
    facts = [statement.text for statement in (*document.facts, *document.importance)]
    return SearchText(a=[document.name], b=[labels["term", slug] for slug in terms], c=[document.description, *facts])


def measure_text(document: MeasureDocument, labels: Labels) -> SearchText:
    named = [labels["barrier", slug] for slug in document.barriers] + [labels["term", slug] for slug in document.actors]
    return SearchText(a=[document.name], b=named, c=[document.description])


def topic_text(document: ResearchTopicDocument, labels: Labels) -> SearchText:
    details = [document.summary, *(topic.text for topic in document.sub_topics)]
    return SearchText(a=[document.name], b=[labels["barrier", slug] for slug in document.addresses], c=details)


register(
    Kind(
        name="barrier-set",
        plural="sets of barriers",
        folder="barrier-sets",
        document=BarrierSetDocument,
        projection=projection.BARRIER_SET,
        search_text=set_text,
        url_name="barriers:set",
        rank=2,
    )
)
register(
    Kind(
        name="barrier",
        plural="barriers",
        folder="barriers",
        document=BarrierDocument,
        projection=projection.BARRIER,
        search_text=barrier_text,
        url_name="barriers:detail",
        rank=3,
    )
)
register(
    Kind(
        name="measure",
        plural="measures",
        folder="measures",
        document=MeasureDocument,
        projection=projection.MEASURE,
        search_text=measure_text,
        url_name="barriers:measure",
        rank=4,
    )
)
register(
    Kind(
        name="research-topic",
        plural="research topics",
        folder="research-topics",
        document=ResearchTopicDocument,
        projection=projection.RESEARCH_TOPIC,
        search_text=topic_text,
        url_name="barriers:topic",
        rank=4,
    )
)
