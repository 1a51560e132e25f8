"""Differences are told in people's words, by a few queries however many there are."""

from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from projects.documents import ProjectDocument
from tests.records import made
from v2xkb.curation.shown_differences import Row, shown
from v2xkb.records.apply import apply_documents
from v2xkb.records.differences import differences
from v2xkb.records.models import Record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

CITED = {"kind": "cited", "references": ["andersen-2019"], "place": "p. 3", "read": "2024-05"}


def rows(old: dict[str, Any], new: dict[str, Any], **beside: Any) -> dict[str, Row]:
    return {row.path: row for row in shown(ProjectDocument, differences(ProjectDocument, old, new), **beside)}


def parker() -> dict[str, Any]:
    return Record.objects.at("project", "parker").get().data


def texts(row: Row) -> tuple[list[str], list[str]]:
    return [value.text for value in row.old], [value.text for value in row.new]


def test_choices_countries_dates_and_numbers_stand_as_people_write_them() -> None:
    old = made.project_data("made", status="active", countries=["DK"], start={"value": "2016-08"})
    new = made.project_data("made", status="completed", countries=["DE"], start={"value": "2017-01-02"})
    found = rows(old, new)
    assert texts(found["status"]) == (["active"], ["completed"])
    assert texts(found["countries/DE"]) == ([], ["Germany"])
    assert texts(found["start/value"]) == (["August 2016"], ["2 January 2017"])


def test_links_lead_to_the_record_by_its_name_even_by_a_former_slug() -> None:
    apply_documents([made.term("former-term")], reason="A test", by="tests")
    pid = Record.objects.get(slug="former-term").pid
    renamed = {**made.term_data("present-term", label="Its name"), "id": pid}
    apply_documents([made.made(renamed)], reason="A test", by="tests")
    found = rows({}, made.project_data("made", services=["former-term", "peak-shaving", "no-such"]))
    service = found["services/former-term"]
    assert (service.new[0].text, service.new[0].address) == ("Its name", "/terms/present-term/")
    assert service.label == "services, Its name"
    assert (found["services/no-such"].new[0].text, found["services/no-such"].new[0].address) == ("no-such", "")


def test_a_record_of_the_same_proposal_has_its_label() -> None:
    new = made.project_data("made", partners=[{"key": "p1", "organisation": "not-yet", "role": "dso-partner"}])
    found = rows({}, new, beside={("organisation", "not-yet"): "Not yet here"})
    assert found["partners/p1/organisation"].new[0].text == "Not yet here"


def test_a_basis_says_its_kind_its_sources_and_what_else_is_known() -> None:
    old, new = parker(), parker()
    new["basis"]["summary"] = [CITED]
    row = rows(old, new)["summary"]
    basis = row.new_basis[0]
    assert (row.words, basis.kind) == ("other basis", "cited")
    assert basis.names[0].address == "/literature/andersen-2019/"
    assert [detail.text for detail in basis.details] == ["p. 3", "read May 2024"]


def test_whatever_a_draft_holds_is_shown_as_it_is() -> None:
    broken = {
        **made.project_data("made"),
        "status": 7,
        "countries": "DK",
        "start": ["x"],
        "sites": [3, {"key": None}, {"key": "a", "city": {"x": True}}],
        "unheard": {"of": 1},
        "basis": {"status": ["no", {"kind": 4, "references": "a", "reason": [1]}], "countries": 5},
    }
    found = rows(made.project_data("made"), broken)
    assert texts(found["unheard"]) == ([], ['{"of": 1}'])
    html = render_to_string("curation/_differences.html", {"rows": list(found.values())})
    assert html.count('<li class="difference ') == len(found)


def test_every_change_is_told_in_words_and_in_german_too() -> None:
    old = made.project_data("made", countries=["DK", "SE"], funding="Some", status="active")
    new = made.project_data("made", countries=["SE", "DK"], summary="Other words.", status="active")
    new["basis"]["status"] = [CITED]
    found = rows(old, new)
    assert {row.words for row in found.values()} == {"changed", "removed", "other basis", "other order"}
    with translation.override("de"):
        html = render_to_string("curation/_differences.html", {"rows": list(found.values())})
    assert "andere Reihenfolge" in html
    assert "Vorher" in html
    assert '<span lang="en">Other words.</span>' in html


def test_the_text_of_a_record_is_never_taken_for_markup() -> None:
    new = made.project_data("made", summary="<b>bold</b>")
    html = render_to_string("curation/_differences.html", {"rows": list(rows({}, new).values())})
    assert "<b>" not in html


def test_many_differences_cost_as_few_queries_as_some() -> None:
    counts = []
    for number in (3, 30):
        slugs = [record.slug for record in Record.objects.of_kind("organisation")[:number]]
        partners = [{"key": f"p{at}", "organisation": slug, "role": "dso-partner"} for at, slug in enumerate(slugs)]
        new = made.project_data("made", partners=partners, services=["gone"])
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert len(rows({}, new)) > number
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 3
