"""From the documents of barriers, measures and topics to their tables."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from barriers.documents import BarrierDocument, BarrierSetDocument, MeasureDocument, ResearchTopicDocument
from barriers.models import (
    Barrier,
    BarrierActor,
    BarrierScenario,
    BarrierSet,
    Measure,
    MeasureActor,
    MeasureBarrier,
    ResearchTopic,
    TopicBarrier,
)
from v2xkb.records.documents import BasisKind
from v2xkb.records.projection import Projection, Source
from v2xkb.taxonomy.classification import PAPER


def comes_from_paper(document: BarrierDocument) -> bool:
    """Whether the paper itself names the barrier, read off the basis of its name."""
    return any(entry.kind == BasisKind.CITED and PAPER in entry.references for entry in document.basis.get("name", []))


def set_columns(source: Source[BarrierSetDocument]) -> dict[str, Any]:
    return {"name": source.document.name, "description": source.document.description}


BARRIER_SET = Projection(BarrierSet, set_columns)


def barrier_columns(source: Source[BarrierDocument]) -> dict[str, Any]:
    document = source.document
    return {
        "set_id": source.target("barrier-set", document.set),
        "name": document.name,
        "listed": document.listed,
        "description": document.description,
        "typology_id": source.target("term", document.typology),
        "typology_secondary_id": source.target("term", document.typology_secondary),
        "from_paper": comes_from_paper(document),
    }


def barrier_rows(source: Source[BarrierDocument]) -> Iterable[models.Model]:
    document, pk = source.document, source.pk
    for item, shared in source.parts("actors", document.actors):
        actor = source.target("term", item.actor)
        yield BarrierActor(barrier_id=pk, actor_id=actor, role=item.role.value, **shared)
    for slug, shared in source.parts("scenarios", document.scenarios):
        yield BarrierScenario(barrier_id=pk, term_id=source.target("term", slug), **shared)


BARRIER = Projection(Barrier, barrier_columns, barrier_rows, {BarrierActor: "barrier", BarrierScenario: "barrier"})


def measure_columns(source: Source[MeasureDocument]) -> dict[str, Any]:
    return {"name": source.document.name, "description": source.document.description}


def measure_rows(source: Source[MeasureDocument]) -> Iterable[models.Model]:
    document, pk = source.document, source.pk
    for slug, shared in source.parts("barriers", document.barriers):
        yield MeasureBarrier(measure_id=pk, barrier_id=source.target("barrier", slug), **shared)
    for slug, shared in source.parts("actors", document.actors):
        yield MeasureActor(measure_id=pk, actor_id=source.target("term", slug), **shared)


MEASURE = Projection(Measure, measure_columns, measure_rows, {MeasureBarrier: "measure", MeasureActor: "measure"})


def topic_columns(source: Source[ResearchTopicDocument]) -> dict[str, Any]:
    document = source.document
    return {"name": document.name, "section": document.section or "", "summary": document.summary}


def topic_rows(source: Source[ResearchTopicDocument]) -> Iterable[models.Model]:
    for slug, shared in source.parts("addresses", source.document.addresses):
        yield TopicBarrier(topic_id=source.pk, barrier_id=source.target("barrier", slug), **shared)


RESEARCH_TOPIC = Projection(ResearchTopic, topic_columns, topic_rows, {TopicBarrier: "topic"})
