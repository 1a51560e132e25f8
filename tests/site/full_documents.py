"""Documents in which everything that is declared is filled, and every value has a basis and is disputed."""

import json
import re
from collections.abc import Iterator
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from v2xkb.records import identifiers
from v2xkb.records.documents import Document, LinkTo
from v2xkb.records.models import Record
from v2xkb.records.paths import filled_paths, link_fields
from v2xkb.records.reading import validated
from v2xkb.records.registry import Kind

# What cannot be made up from its type alone.
GIVEN: dict[str, Any] = {
    "aliases": ["a-former-name"],
    "countries": ["DK"],
    "country": "DK",
    "currency": "EUR",
    "doi": "10.9999/full",
    "issued": "2019-03-02",
    "key": "only",
    "language": "da",
    "start": {"value": "2019-03", "kind": "launch"},
    "end": {"value": "2019-03-02", "kind": "operation"},
    "url": "https://full.example/page",
    "year": 2019,
}
# A filter that the claims of the knowledge base are counted by.
QUERIES = {"/measurement/population": "tier=V2X", "/measurement/test": "connector=chademo", "/compared/path": "name"}
FILLED_LATER = {"kind", "id", "slug", "notes", "conflicts", "basis"}


def full_document(kind: Kind) -> Document:
    """One of a kind, its links leading to records that exist."""
    slug = f"full-{kind}"
    data: dict[str, Any] = {"kind": kind.name, "id": identifiers.mint(f"full/{kind}"), "slug": slug}
    data |= {name: value for name, value in values(kind.document, "") if name not in FILLED_LATER}
    data["notes"] = ["A remark on the full document."]
    # An item that is a text of several words has no path: only its list has.
    paths = sorted(
        path for path in filled_paths(kind.document.model_validate_json(json.dumps(data))) if " " not in path
    )
    source = some(LinkTo("reference"))
    data["conflicts"] = [
        {
            "key": re.sub(r"[^a-z0-9]+", "-", path.lower()).strip("-"),
            "path": path,
            "value": 7,
            "text": f"Another account of {path}.",
            "references": [source],
            "note": f"On the dispute about {path}.",
        }
        for path in paths
    ]
    if kind.document.needs_basis:
        data["basis"] = {path: [judged(path, source), stated(source), derived(source)] for path in paths}
    return validated(data, slug)


def judged(path: str, source: str) -> dict[str, Any]:
    return {
        "kind": "classified",
        "references": [source],
        "place": f"place {path}",
        "read": "2020-02-03",
        "reason": f"The reason for {path}.",
        "note": f"A note on {path}.",
    }


def stated(source: str) -> dict[str, Any]:
    return {"kind": "cited", "references": [source]}


def derived(source: str) -> dict[str, Any]:
    rules = list(Record.objects.of_kind("derivation-rule").values_list("slug", flat=True)[:2])
    return {"kind": "derived", "references": [source], "rule": rules[0], "also_rules": rules[1:]}


def values(model: type[BaseModel], path: str) -> Iterator[tuple[str, Any]]:
    links = link_fields(model)
    for name, info in model.model_fields.items():
        yield name, value(info.annotation, f"{path}/{name}", links.get(name))


def value(annotation: Any, path: str, link: LinkTo | None) -> Any:
    name = path.rpartition("/")[2]
    if path in QUERIES or name in GIVEN:
        return QUERIES.get(path, GIVEN.get(name))
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return value(arguments[0], path, link)
    if origin in (Union, UnionType):
        return value(arguments[0], path, link)
    if origin is list:
        return [value(arguments[0], path, link)]
    if link:
        return some(link)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return dict(values(annotation, path))
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return list(annotation)[-1].value
    return {int: 7, float: 7.5}.get(annotation, f"A text at{path.replace('/', ' ')}")


def some(link: LinkTo) -> str:
    """The slug of a record the link may lead to."""
    records = Record.objects.of_kind(link.kind)
    return (records.filter(subtype__in=link.schemes) if link.schemes else records)[0].slug
