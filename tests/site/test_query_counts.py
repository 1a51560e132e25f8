"""A page costs the same number of queries however many rows and parts it shows."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import held_lists
from tests.records.made import JUDGED, data, made, project_data, reference, term
from v2xkb.records.apply import apply_documents
from v2xkb.records.documents import Document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

MOST = 25
CITED = {"kind": "cited", "references": ["counted-source"]}
PAGES = [
    "/",
    "/projects/?organisation=counted-body",
    "/projects/?q=countedword",
    "/projects/counted-whole/",
    "/organisations/",
    "/organisations/counted-body/",
    "/collections/",
    "/collections/counted-collection/",
    "/barriers/",
    "/barriers/battery-degradation/",
    "/barriers/sets/v2xkb-15/",
    "/measures/",
    "/research-topics/",
    "/terms/",
    "/terms/counted-term/",
    "/terms/dso/",
    "/statistics/?organisation=counted-body",
    "/statistics/cross-table/?columns=country&organisation=counted-body&rows=service",
    "/claims/",
    "/terms/usage/?coder=counted+coder",
    "/term-usages/?coder=counted+coder",
    "/claims/ccs-few/",
    "/literature/?q=countedword",
    "/literature/counted-source/",
    "/search/?q=countedword",
    "/sites/?q=countedword",
]


def counted_project(slug: str, **values: Any) -> dict[str, Any]:
    filled = {
        "summary": "A trial with the countedword.",
        "countries": ["DK", "SE"],
        "scenarios": [{"term": "v2g"}, {"term": "v2h"}],
        "connectors": ["chademo", "ccs2"],
        "services": ["counted-term"],
        "partners": [{"key": "p1", "organisation": "counted-body", "role": "dso-partner"}],
        "barriers_met": [
            {
                "key": "b1",
                "barrier": "battery-degradation",
                "stance": "reported",
                "scenarios": ["v2g"],
                "actors": ["dso"],
            }
        ],
        **values,
    }
    plain = project_data(slug, **filled)
    return plain | {"basis": {path: [CITED, JUDGED] for path in plain["basis"]}}


def coding(part: str) -> dict[str, Any]:
    told = {
        "reference": f"{part}-source",
        "coder": "counted coder",
        "codings": [{"term": "v2g", "sense": "umbrella"}, {"term": "v2h", "sense": "used"}],
    }
    return data("term-usage", f"{part}-coding", **told, basis={name: [JUDGED] for name in told})


def documents(number: int) -> list[Document]:
    """A small world in which everything occurs `number` times."""
    parts = [f"counted-{index}" for index in range(number)]
    body = data("organisation", "counted-body", name="Counted body", basis={"name": [CITED]})
    gathered = {"name": "Counted", "description": "All of them.", "projects": parts}
    collection = data("collection", "counted-collection", **gathered, basis={name: [CITED] for name in gathered})
    whole = counted_project(
        "counted-whole",
        sites=[{"key": part, "name": part, "country": "DK"} for part in parts],
        findings=[{"key": part, "text": f"Finding {part}."} for part in parts],
        related=[{"kind": "follows", "project": part} for part in parts],
        conflicts=[{"key": part, "path": "name", "text": part, "references": [f"{part}-source"]} for part in parts],
    )
    related_back = {"related": [{"kind": "part-of", "project": "counted-whole"}]}
    return [
        reference("counted-source"),
        *(reference(f"{part}-source", title=f"countedword {part}") for part in parts),
        term("counted-term"),
        *(term(f"{part}-term", broader="counted-term", related=["counted-term"]) for part in parts),
        made(body),
        *(made(counted_project(part, **related_back)) for part in parts),
        made(whole),
        made(collection),
        *(made(coding(part)) for part in parts),
    ]


def queries(address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert Client().get(address).status_code == 200
    return len(captured)


def test_every_page_costs_the_same_number_of_queries_at_3_and_at_30_rows() -> None:
    apply_documents(documents(3), reason="A test", by="tests")
    held_lists.read()
    few = {page: queries(page) for page in PAGES}
    apply_documents(documents(30), reason="A test", by="tests")
    held_lists.read()
    assert {page: queries(page) for page in PAGES} == few
    assert max(few.values()) <= MOST


def test_the_small_world_shows_on_its_pages() -> None:
    """So that the counts above are counts of something."""
    apply_documents(documents(30), reason="A test", by="tests")
    pages = {page: Client().get(page).content.decode() for page in PAGES}
    assert pages["/organisations/counted-body/"].count('class="card"') == 25
    assert "In 31 projects" in pages["/organisations/counted-body/"]
    assert pages["/collections/counted-collection/"].count('class="card"') == 30
    assert pages["/projects/counted-whole/"].count("Finding counted-") == 30
    assert "61</strong> records" in pages["/search/?q=countedword"]
    assert "31</strong> records" in pages["/projects/?q=countedword"]
    assert "30</strong> references" in pages["/literature/?q=countedword"]
