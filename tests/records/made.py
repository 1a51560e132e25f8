"""Small documents for tests, as plain data and validated."""

from typing import Any

from v2xkb.records import identifiers
from v2xkb.records.documents import Document
from v2xkb.records.reading import validated

SOURCE = "made-source"
JUDGED = {"kind": "classified", "reason": "Made for a test."}


def data(kind: str, slug: str, **values: Any) -> dict[str, Any]:
    return {"kind": kind, "id": identifiers.mint(f"test/{kind}/{slug}"), "slug": slug, **values}


def reference_data(slug: str = SOURCE, **values: Any) -> dict[str, Any]:
    return data("reference", slug, **{"type": "report", "title": f"Report {slug}", **values})


def term_data(slug: str, scheme: str = "service", **values: Any) -> dict[str, Any]:
    filled = {"scheme": scheme, "label": slug.upper(), **values}
    return data("term", slug, **filled, basis={name: [JUDGED] for name in filled if name != "related"})


def project_data(slug: str, **values: Any) -> dict[str, Any]:
    filled = {"name": slug.title(), "summary": "A trial.", "record_type": "pilot", "tier": "V2X", **values}
    exempt = {"related", "notes", "conflicts", "basis", "id"}
    basis = {name: [JUDGED] for name in filled if name not in exempt} | values.get("basis", {})
    return data("project", slug, **{**filled, "basis": basis})


def made(plain: dict[str, Any]) -> Document:
    return validated(plain, "made")


def reference(slug: str = SOURCE, **values: Any) -> Document:
    return made(reference_data(slug, **values))


def term(slug: str, scheme: str = "service", **values: Any) -> Document:
    return made(term_data(slug, scheme, **values))


def project(slug: str, **values: Any) -> Document:
    return made(project_data(slug, **values))
