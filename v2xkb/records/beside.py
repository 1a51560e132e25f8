"""What a reply of REST holds of each document, and what stands beside the documents: asked by parameters of its own."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import QueryDict
from drf_spectacular.utils import OpenApiParameter
from pydantic import BaseModel

from v2xkb.records.documents import Document
from v2xkb.records.facet_values import Facet, Option
from v2xkb.records.models import Link, Record
from v2xkb.records.openapi import ADDRESS, COUNT, TEXT, object_schema, shared
from v2xkb.records.paths import inner_model, link_fields
from v2xkb.records.problem_details import WrongParameters
from v2xkb.records.problems import nearest, shown

FIELDS, EXPAND, FACETS = "fields", "expand", "facets"
# What tells a record from all others stays with it.
ALWAYS = ("kind", "id", "slug")
MOST_LINKED = 2000


@dataclass(frozen=True)
class Beside:
    """What is asked for besides a list or a document as it stands; `faults` are by parameter."""

    fields: Sequence[str]
    expand: Sequence[str]
    facets: Sequence[str]
    faults: Mapping[str, list[str]]


def read_beside(query: QueryDict, model: type[Document], facets: Sequence[str] = ()) -> Beside:
    known = {FIELDS: list(model.model_fields), EXPAND: expandable(model), FACETS: facets}
    asked = {parameter: names_given(query, parameter) for parameter in known}
    faults = {
        parameter: [
            f"“{shown(name)}” cannot be asked for here. {nearest(name, known[parameter])}"
            for name in names
            if name not in known[parameter]
        ]
        for parameter, names in asked.items()
    }
    return Beside(asked[FIELDS], asked[EXPAND], asked[FACETS], {name: texts for name, texts in faults.items() if texts})


def names_given(query: QueryDict, parameter: str) -> list[str]:
    """By commas or by being repeated, each once."""
    return list(dict.fromkeys(name.strip() for text in query.getlist(parameter) for name in text.split(",")))


@cache
def expandable(model: type[Document]) -> list[str]:
    """The fields of a document under which links stand."""
    links = link_fields(model)
    return [name for name, field in model.model_fields.items() if name in links or holds_links(field.annotation)]


def holds_links(annotation: Any) -> bool:
    inner: type[BaseModel] | None = inner_model(annotation)[0]
    if inner is None:
        return False
    return bool(link_fields(inner)) or any(holds_links(field.annotation) for field in inner.model_fields.values())


def with_only(data: dict[str, Any], fields: Sequence[str]) -> dict[str, Any]:
    """The document in its own order, cut down to some fields; whole where none are named."""
    return {name: value for name, value in data.items() if name in fields or name in ALWAYS} if fields else data


def linked(records: Iterable[int], fields: Sequence[str], address_of: Callable[[Record], str]) -> list[dict[str, str]]:
    """The records that some fields of the given ones name, each once; one query. Raises WrongParameters."""
    named = Record.objects.named_by(Link.objects.from_fields(list(records), fields))[: MOST_LINKED + 1]
    found = [
        {"kind": one.kind, "id": one.pid, "slug": one.slug, "label": one.label, "url": address_of(one)} for one in named
    ]
    if len(found) > MOST_LINKED:
        message = f"More than {MOST_LINKED} records are named on this page. Ask for fewer fields or a smaller page."
        raise WrongParameters({EXPAND: [message]})
    return found


def plain_facet(facet: Facet) -> dict[str, Any]:
    return {
        "name": facet.name,
        "label": facet.label,
        "every": facet.every,
        "options": [plain_option(option) for option in (*facet.options, *facet.written)],
    }


def plain_option(option: Option) -> dict[str, Any]:
    return {"value": option.value, "label": option.label, "count": option.count, "selected": option.selected}


def parameter(name: str, names: Sequence[str], description: str) -> OpenApiParameter:
    """Repeated; clients that join the names by commas are understood as well."""
    return OpenApiParameter(name, str, many=True, enum=list(names), description=description)


def document_parameters(model: type[Document]) -> list[OpenApiParameter]:
    found = [
        parameter(
            FIELDS, list(model.model_fields), "Only these fields of each document; kind, id and slug are always there."
        )
    ]
    if names := expandable(model):
        text = "Also list, under linked, the records that these fields name: with label and address, each once."
        found.append(parameter(EXPAND, names, text))
    return found


NAMED = {"kind": TEXT, "id": TEXT, "slug": TEXT, "label": TEXT, "url": ADDRESS}
LINKED: dict[str, Any] = shared(
    "Linked",
    {
        "type": "array",
        "description": "The records that the fields of expand name; only where these are asked for.",
        "items": object_schema(NAMED),
    },
)
OPTION = object_schema({"value": TEXT, "label": TEXT, "count": COUNT, "selected": {"type": "boolean"}})
COUNTED: dict[str, Any] = shared(
    "FacetCounts",
    {
        "type": "array",
        "description": "The facets asked for by facets, only where any are: each option with how many records choosing "
        "it alone in its facet would leave.",
        "items": object_schema(
            {
                "name": TEXT,
                "label": TEXT,
                "every": {"type": "boolean", "description": "Whether options are counted as further values."},
                "options": {"type": "array", "items": OPTION},
            }
        ),
    },
)
PART = shared(
    "PartOfDocument", {**object_schema(dict.fromkeys(ALWAYS, TEXT)), "description": "What fields leaves of it."}
)


def cut_down(document: dict[str, Any]) -> dict[str, Any]:
    """The schema of a document, or of the part of one that `fields` leaves, or one with `linked` beside its fields."""
    return {"anyOf": [document, PART]}
