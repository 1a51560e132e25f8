"""What a project shares with others follows from their values alone, in one order, told in words."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.models import Project
from projects.similar import FEWEST_KINDS, MOST, WEIGHTS, Similar, similar_to
from tests.records.made import made, project_data
from v2xkb.records.apply import apply_documents
from v2xkb.records.documents import Document
from v2xkb.records.models import Record
from v2xkb.records.pages import page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

PARTNER = {"key": "p1", "organisation": "beof", "role": "utility-partner"}
OTHER_ROLE = {"key": "p1", "organisation": "beof", "role": "dso-partner"}


def some(slug: str, **values: object) -> Document:
    return made(project_data(slug, **values))


def like(slug: str, related: tuple[int, ...] = ()) -> list[Similar]:
    record = Record.objects.get(kind="project", slug=slug)
    return similar_to(record.pk, page_of(record).tree, related)


def told(slug: str) -> dict[str, tuple[int, list[str]]]:
    return {hit.project.slug: (hit.score, hit.shared) for hit in like(slug)}


# A country without any project, so that only the records made here can be alike.
FARO = {"countries": ["FO"], "partners": [PARTNER]}


def test_a_hit_says_what_it_shares_and_what_that_counts() -> None:
    facts = {"scenarios": [{"term": "v2l"}], "connectors": ["mcs"], "services": ["voltage-support"]}
    apply_documents([some("whole", **facts, **FARO), some("twin", **facts, **FARO)], reason="A test", by="tests")
    labels = {record.slug: record.label for record in Record.objects.of_kinds(["term", "organisation"])}
    shared = [labels["v2l"], labels["mcs"], labels["voltage-support"], "Faroe Islands", labels["beof"]]
    assert told("whole")["twin"] == (sum(WEIGHTS.values()), shared)


def test_the_same_partner_in_another_role_is_shared_once() -> None:
    two = [OTHER_ROLE, {**PARTNER, "key": "p2"}]
    apply_documents([some("whole", **FARO), some("twin", countries=["FO"], partners=two)], reason="A test", by="tests")
    assert told("whole")["twin"][0] == WEIGHTS["partner"] + WEIGHTS["country"]


def test_facts_of_one_kind_alone_make_nothing_alike() -> None:
    apply_documents(
        [some("whole", countries=["FO", "GL"]), some("twin", countries=["FO", "GL"])], reason="A test", by="tests"
    )
    assert FEWEST_KINDS == 2
    assert told("whole") == {}


def test_a_record_with_nothing_to_share_has_no_like() -> None:
    apply_documents([some("bare")], reason="A test", by="tests")
    assert like("bare") == []


def test_related_projects_and_the_project_itself_are_left_out() -> None:
    apply_documents([some("whole", **FARO), some("twin", **FARO), some("other", **FARO)], reason="A test", by="tests")
    twin = Project.objects.get(slug="twin").pk
    assert [hit.project.slug for hit in like("whole", (twin,))] == ["other"]


def test_of_equal_ones_the_first_in_the_list_are_shown() -> None:
    twins = [some(f"twin-{letter}", **FARO) for letter in "hgfedcba"]
    apply_documents([some("whole", **FARO), *twins], reason="A test", by="tests")
    assert [hit.project.slug for hit in like("whole")] == [f"twin-{letter}" for letter in "abcdefgh"][:MOST]


@pytest.mark.parametrize("slug", ["parker", "scale", "nissan-leaf-to-home", "vigil-uk"])
def test_every_hit_of_a_real_project_shares_what_it_says(slug: str) -> None:
    """Recomputed from the documents, in plain Python."""
    own = plain(Record.objects.get(kind="project", slug=slug).data)
    with CaptureQueriesContext(connection) as captured:
        record = Record.objects.get(kind="project", slug=slug)
        tree = page_of(record).tree
        before = len(captured)
        found = similar_to(record.pk, tree, ())
        assert len(captured) - before <= 2
    scores = {}
    for other in Record.objects.of_kind("project").exclude(slug=slug):
        values = plain(other.data)
        kinds = [kind for kind in WEIGHTS if own[kind] & values[kind]]
        if len(kinds) >= FEWEST_KINDS:
            scores[other.slug] = sum(WEIGHTS[kind] * len(own[kind] & values[kind]) for kind in kinds)
    assert [hit.score for hit in found] == sorted(scores.values(), reverse=True)[:MOST]
    assert {hit.project.slug: hit.score for hit in found}.items() <= scores.items()
    for hit in found:
        theirs = plain(Record.objects.get(kind="project", slug=hit.project.slug).data)
        assert len(hit.shared) == sum(len(own[kind] & theirs[kind]) for kind in WEIGHTS)


def plain(data: dict[str, Any]) -> dict[str, set[str]]:
    return {
        "scenario": {item["term"] for item in data.get("scenarios", [])},
        "connector": set(data.get("connectors", [])),
        "service": set(data.get("services", [])),
        "country": set(data.get("countries", [])),
        "partner": {item["organisation"] for item in data.get("partners", [])},
    }
