"""From the documents of terms and codings to their tables."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from v2xkb.records.projection import Projection, Source
from v2xkb.taxonomy.documents import TermDocument, TermUsageDocument
from v2xkb.taxonomy.models import (
    AltLabel,
    Sense,
    ServiceBuyer,
    Term,
    TermCoding,
    TermCrosswalk,
    TermRelation,
    TermUsage,
)


def term_columns(source: Source[TermDocument]) -> dict[str, Any]:
    document, service = source.document, source.document.service
    return {
        "scheme": document.scheme.value,
        "label": document.label,
        "definition": document.definition or "",
        "scope_note": document.scope_note or "",
        "broader_id": source.target("term", document.broader),
        "meter_side": service.meter_side.value if service and service.meter_side else "",
        "quantity": service.quantity.value if service and service.quantity else "",
    }


def term_rows(source: Source[TermDocument]) -> Iterable[models.Model]:
    document, pk = source.document, source.pk
    for label, shared in source.parts("alt_labels", document.alt_labels):
        yield AltLabel(term_id=pk, label=label, **shared)
    for sense, shared in source.parts("senses", document.senses):
        yield Sense(term_id=pk, label=sense.label, definition=sense.definition, **shared)
    for slug, shared in source.parts("related", document.related):
        yield TermRelation(term_id=pk, other_id=source.target("term", slug), **shared)
    for slug, shared in source.parts("crosswalk", document.crosswalk):
        yield TermCrosswalk(term_id=pk, other_id=source.target("term", slug), **shared)
    for slug, shared in source.parts("service/buyers", document.service.buyers if document.service else []):
        yield ServiceBuyer(term_id=pk, actor_id=source.target("term", slug), **shared)


TERM = Projection(
    Term,
    term_columns,
    term_rows,
    {AltLabel: "term", Sense: "term", TermRelation: "term", TermCrosswalk: "term", ServiceBuyer: "term"},
)


def usage_columns(source: Source[TermUsageDocument]) -> dict[str, Any]:
    document = source.document
    return {
        "reference_id": source.target("reference", document.reference),
        "coder": document.coder,
        "text_seen": document.text_seen.value if document.text_seen else "",
        "reading": document.reading,
    }


def usage_rows(source: Source[TermUsageDocument]) -> Iterable[models.Model]:
    for coding, shared in source.parts("codings", source.document.codings):
        term = source.target("term", coding.term)
        yield TermCoding(usage_id=source.pk, term_id=term, sense=coding.sense.value, **shared)


TERM_USAGE = Projection(TermUsage, usage_columns, usage_rows, {TermCoding: "usage"})
