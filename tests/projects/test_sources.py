"""The sources of listed projects as files for reference managers."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from projects.models import Project
from tests.site.html import get
from v2xkb.literature.importers import bibtex, ris
from v2xkb.literature.models import Reference

pytestmark = pytest.mark.usefixtures("knowledge_base")


def named_by(projects: list[Project]) -> set[str]:
    """Slugs of the references in all bases and conflicts, read off the documents."""
    documents = [project.record.data for project in projects]
    entries = [entry for one in documents for entries in one["basis"].values() for entry in entries]
    entries += [conflict for one in documents for conflict in one.get("conflicts", [])]
    return {slug for entry in entries for slug in entry.get("references", [])}


def download(form: str, query: str) -> str:
    reply = Client().get(f"/projects/?{query}&format={form}")
    assert reply.status_code == 200
    return reply.getvalue().decode()


@pytest.mark.parametrize("query", ["country=DK", "q=parker&sort=-start", "q=frequency", "chargers=1000.."])
def test_they_are_what_bases_and_conflicts_name_each_once_in_the_order_of_the_literature(query: str) -> None:
    slugs = [json.loads(line)["slug"] for line in download("jsonl", query).splitlines()]
    projects = list(Project.objects.filter(slug__in=slugs).select_related("record"))
    found = [item["id"] for item in json.loads(download("csl-json", query))]
    in_order = [one.slug for one in Reference.objects.order_by("sort_key", "pid") if one.slug in named_by(projects)]
    assert found == in_order
    assert found


@pytest.mark.parametrize(("form", "reader"), [("bibtex", bibtex), ("ris", ris)])
def test_every_form_has_the_same(form: str, reader: object) -> None:
    keys = [one.key for one in reader.read(download(form, "country=DK"))]  # type: ignore[attr-defined]
    assert keys == [item["id"] for item in json.loads(download("csl-json", "country=DK"))]


def test_many_projects_take_no_more_queries_than_few() -> None:
    counts = []
    for query in ("country=DK", "country=DK&country=GB&country=NL&country=US"):
        with CaptureQueriesContext(connection) as captured:
            assert download("bibtex", query)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_page_leads_to_them_and_does_not_call_them_the_projects() -> None:
    page = get("/projects/?country=DK")
    assert "Their sources: BibTeX, RIS, CSL-JSON" in page.text
    assert "?country=DK&format=bibtex" in page.links
    assert "Projects as BibTeX" not in "".join(get("/projects/").scripts)
