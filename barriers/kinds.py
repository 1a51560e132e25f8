"""Registers the kinds of this app."""

from django.utils.translation import gettext_lazy as _

from barriers import projection
from barriers.documents import BarrierDocument, BarrierSetDocument, MeasureDocument, ResearchTopicDocument
from v2xkb.records.registry import Kind, Labels, SearchField, SearchText, Tier, register


def set_text(document: BarrierSetDocument, labels: Labels) -> SearchText:
    return SearchText(
        [
            SearchField(_("name"), Tier.NAMED, [document.name]),
            SearchField(_("description"), Tier.TOLD, [document.description]),
        ]
    )


def barrier_text(document: BarrierDocument, labels: Labels) -> SearchText:
    typologies = [slug for slug in (document.typology, document.typology_secondary) if slug]
    return SearchText(
        [
            SearchField(_("name"), Tier.NAMED, [document.name]),
            SearchField(_("typology"), Tier.ABOUT, [labels["term", slug] for slug in typologies]),
            SearchField(_("actor"), Tier.ABOUT, [labels["term", actor.actor] for actor in document.actors]),
            SearchField(_("scenario"), Tier.ABOUT, [labels["term", slug] for slug in document.scenarios]),
            SearchField(_("description"), Tier.TOLD, [document.description]),
            SearchField(_("fact"), Tier.TOLD, [statement.text for statement in document.facts]),
            SearchField(_("importance"), Tier.TOLD, [statement.text for statement in document.importance]),
        ]
    )


def measure_text(document: MeasureDocument, labels: Labels) -> SearchText:
    return SearchText(
        [
            SearchField(_("name"), Tier.NAMED, [document.name]),
            SearchField(_("barrier"), Tier.ABOUT, [labels["barrier", slug] for slug in document.barriers]),
            SearchField(_("actor"), Tier.ABOUT, [labels["term", slug] for slug in document.actors]),
            SearchField(_("description"), Tier.TOLD, [document.description]),
        ]
    )


def topic_text(document: ResearchTopicDocument, labels: Labels) -> SearchText:
    return SearchText(
        [
            SearchField(_("name"), Tier.NAMED, [document.name]),
            SearchField(_("barrier"), Tier.ABOUT, [labels["barrier", slug] for slug in document.addresses]),
            SearchField(_("summary"), Tier.TOLD, [document.summary]),
            SearchField(_("part of the topic"), Tier.TOLD, [topic.text for topic in document.sub_topics]),
        ]
    )


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
