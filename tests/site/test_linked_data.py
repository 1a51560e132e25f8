"""Pages tell software what they describe, in schema.org's words, and nothing that no document holds."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from tests.records.made import JUDGED, made, project_data
from tests.site.html import ReadPage, get
from tests.site.record_pages import KINDS, pages
from v2xkb.records.apply import apply_documents
from v2xkb.records.linked_data import catalogue, data_block

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
TYPES = {
    "project": {"ResearchProject", "Project"},
    "organisation": {"Organization"},
    "term": {"DefinedTerm"},
    "reference": {
        "ScholarlyArticle",
        "Report",
        "Thesis",
        "Book",
        "WebPage",
        "NewsArticle",
        "Legislation",
        "CreativeWork",
    },
}


def told(address: str) -> dict[str, Any]:
    return block_of(get(address))


def block_of(page: ReadPage) -> dict[str, Any]:
    (script,) = page.scripts
    return json.loads(script)


def values(data: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from values(value, key)
    elif isinstance(data, list):
        for value in data:
            yield from values(value, name)
    else:
        yield name, data


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_holds_one_sound_block(kind: str) -> None:
    for record, read in pages(kind):
        data = block_of(read)
        address = f"http://testserver{record.get_absolute_url()}"
        assert data["@context"] == "https://schema.org"
        assert data["@type"] in TYPES.get(kind, {"WebPage"})
        assert data["name"] == record.label
        page = data.get("mainEntityOfPage", data)
        assert page["@id"] == page["url"] == address
        assert page["identifier"]["value"] == record.pid
        assert page["license"] == "https://creativecommons.org/licenses/by/4.0/"
        if kind in TYPES:
            assert data["@id"] == f"http://testserver/id/{record.pid}/"
        for name, value in values(data):
            assert value not in (None, "", "not reported"), (record.slug, name)
            if name.startswith("date") or name.endswith("Date"):
                assert DATE.fullmatch(value), (record.slug, name)
            if name == "url" or name.startswith("@id"):
                assert value.startswith(("http://", "https://")), (record.slug, name)


@pytest.mark.xdist_group("pages of project")
def test_a_date_is_told_only_where_it_marks_the_run_and_no_award_or_report() -> None:
    starts: Counter[str] = Counter()
    for record, page in pages("project"):
        if start := record.data.get("start"):
            kind = start.get("kind", "")
            starts[kind] += 1
            expected = start["value"] if kind in ("launch", "operation") else None
            assert block_of(page).get("foundingDate") == expected, record.slug
    assert starts["launch"] + starts["operation"]
    assert starts[""]


def test_a_project_is_told_with_its_places_partners_and_subjects() -> None:
    data = told("/projects/parker/")
    assert data["@type"] == "ResearchProject"
    assert [place["geo"]["latitude"] for place in data["location"]] == [55.68, 55.79]
    roles = {member["member"]["name"]: member["roleName"] for member in data["member"]}
    assert roles["Nuvve"] == "Aggregator"
    assert {"V2G", "CHAdeMO"} <= {subject["name"] for subject in data["keywords"]}
    assert len(data["mainEntityOfPage"]["citation"]) == 11


def test_what_is_not_known_is_not_told() -> None:
    apply_documents([made(project_data("bare"))], reason="A test", by="tests")
    assert set(told("/projects/bare/")) == {"@context", "@type", "@id", "name", "description", "mainEntityOfPage"}


@pytest.mark.parametrize(("record_type", "said"), [("pilot", "ResearchProject"), ("commercial-offer", "Project")])
def test_only_what_is_research_is_called_so(record_type: str, said: str) -> None:
    apply_documents([made(project_data("some", record_type=record_type))], reason="A test", by="tests")
    assert told("/projects/some/")["@type"] == said


def test_a_term_belongs_to_its_vocabulary() -> None:
    data = told("/terms/v2g/")
    assert data["inDefinedTermSet"]["name"] == "charging term"
    assert data["termCode"] == "v2g"
    assert data["description"]


def test_the_block_speaks_english_on_every_page() -> None:
    assert told("/de/projects/parker/") == told("/projects/parker/")


def test_text_of_a_record_cannot_end_the_block() -> None:
    hostile = "</script><script>alert(1)</script><!-- & -->"
    plain = project_data("hostile", name=hostile, summary=hostile)
    plain["basis"]["name"] = [{**JUDGED, "reason": hostile}]
    apply_documents([made(plain)], reason="A test", by="tests")
    markup = Client().get("/projects/hostile/").content.decode()
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', markup)
    assert not set("<>&") & set(block)
    assert json.loads(block)["name"] == hostile
    assert markup.count("alert(1)</script>") == 0


def test_a_block_of_data_keeps_what_it_holds() -> None:
    block = data_block({"name": "a < b & c > d é"})
    assert json.loads(block.removeprefix('<script type="application/ld+json">').removesuffix("</script>")) == {
        "name": "a < b & c > d é"
    }


def test_the_catalogue_is_a_dataset_with_downloads_that_answer() -> None:
    data = told("/projects/")
    assert data["@type"] == "Dataset"
    assert 50 <= len(data["description"]) <= 5000
    assert DATE.fullmatch(data["dateModified"])
    assert data["license"].startswith("https://")
    assert len(data["distribution"]) >= 2
    for download in data["distribution"]:
        response = Client().get(download["contentUrl"].removeprefix("http://testserver"))
        assert response.status_code == 200
        assert response["Content-Type"].startswith(download["encodingFormat"])


def test_a_part_of_the_list_is_no_data_set_of_its_own() -> None:
    assert get("/projects/?country=DK").scripts == get("/projects/?page=2").scripts == []


@pytest.mark.parametrize("description", ["Too short.", "x" * 5001])
def test_a_description_that_search_engines_refuse_is_refused(description: str) -> None:
    with pytest.raises(ValueError, match="50 to 5,000"):
        catalogue("Name", description, "http://x.example/", "2026-01-01", {})
