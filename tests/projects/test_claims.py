"""Verdicts on the paper's statements are what the records give today."""

import pytest
from django.http import QueryDict

from projects.claim_records import is_same, node_at, our_values
from projects.claims import KINDS, Verdict, meets, verdicts
from projects.documents import ClaimDocument, ComparedValue, Measurement
from projects.filtersets import ProjectFilterSet
from v2xkb.records.apply import GONE, apply_documents
from v2xkb.records.models import Record
from v2xkb.records.nodes import Node
from v2xkb.records.reading import validated

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]


def claims() -> list[ClaimDocument]:
    documents = [validated(record.data, record.slug) for record in Record.objects.of_kind("claim")]
    return [document for document in documents if isinstance(document, ClaimDocument)]


def found() -> dict[str, Verdict]:
    documents = claims()
    return {claim.slug: verdict for claim, verdict in zip(documents, verdicts(documents), strict=True)}


def test_every_claim_has_a_verdict_in_plain_words() -> None:
    assert {verdict.kind for verdict in found().values()} == KINDS.keys() - {"silent"}
    assert all(verdict.text for verdict in found().values())


@pytest.mark.parametrize(
    ("slug", "text"),
    [
        ("five-dc-but-one", "holds: 3 of 4; 1 not reported"),
        ("most-projects-market", "holds: 110 of 189; we take “most” as more than half"),
        (
            "ccs-few",
            "the part that can be counted does not hold: 27 of 113; 76 not reported; we take “few” as under a tenth",
        ),
        ("parker-ten-chargers", "our record says the same (3 values compared)"),
        ("seev4-leicester-four", "our record says the same (1 value compared)"),
        ("seev4-kortrijk-one-van", "our record differs in 1 of 2 values"),
        ("cajon-five-years", "not compared value by value: our record stands beside it"),
        ("degradation-biggest-bottleneck", "can't tell: no count of ours decides it"),
    ],
)
def test_a_verdict_says_what_it_rests_on(slug: str, text: str) -> None:
    assert found()[slug].text == text


def test_a_statement_on_one_project_is_never_said_to_be_undecided_by_a_count() -> None:
    about_all = {"degradation-biggest-bottleneck"}
    undecided = {slug for slug, verdict in found().items() if verdict.text == "can't tell: no count of ours decides it"}
    assert undecided == about_all


def test_every_value_that_a_claim_is_compared_with_is_in_our_records() -> None:
    values = [ours for claim in claims() for ours in our_values(claim)]
    assert len(values) > 30
    assert [ours.part for ours in values if not ours.node or not ours.kinds or not ours.place] == []


def test_a_compared_value_brings_its_sources_and_disagreements() -> None:
    chargers = our_values(next(claim for claim in claims() if claim.slug == "parker-ten-chargers"))[0]
    assert (chargers.node.raw, chargers.same) == (10, True)
    assert [source.record.slug for source in chargers.sources] == [
        "smart-cities-council-2016-vehicle-grid-technology-it-could"
    ]
    assert [conflict["text"].raw for conflict in chargers.conflicts] == ["7"]


@pytest.mark.parametrize(
    ("value", "ours", "same"),
    [
        (10, Node("count", 10), True),
        (10, Node("count", 10.0), True),
        (10, Node("count", 7), False),
        (None, Node("count", 7), None),
        (10, Node("count"), None),
        ("ac", Node("flows", is_list=True, children={"ac": Node("flows/ac", "ac")}), True),
        (2, Node("flows", is_list=True, children={"ac": Node("flows/ac", "ac")}), False),
    ],
)
def test_a_value_is_compared_only_where_both_give_one(value: str | int | None, ours: Node, same: bool | None) -> None:
    part = ComparedValue(key="v1", project="parker", path="chargers", value=value)
    assert is_same(part, ours) is same


def test_a_path_to_nothing_is_an_absent_value() -> None:
    tree = Node("", children={"name": Node("name", "PARKER")})
    assert node_at(tree, "name").raw == "PARKER"
    assert not node_at(tree, "name/first")
    assert not node_at(tree, "chargers/counts/c1")


def test_each_measured_statement_is_counted_for_the_papers_five_and_for_all_projects() -> None:
    counted = found()
    field = counted["most-projects-dc"]
    five = counted["five-mostly-dc"]
    assert [str(tally.label) for tally in field.tallies[:2]] == ["all V2X projects", "the paper's five projects"]
    assert [str(tally.label) for tally in five.tallies[:2]] == ["the paper's five projects", "all V2X projects"]
    assert [str(tally) for tally in field.tallies[:2]] == [str(tally) for tally in reversed(five.tallies[:2])]


def test_known_and_not_reported_make_up_all_that_the_statement_is_on() -> None:
    totals = {
        slug: verdict.overall.total + verdict.unreported
        for slug, verdict in found().items()
        if verdict.overall and verdict.overall.query
    }
    assert {total for slug, total in totals.items() if slug.startswith("five-")} == {5}
    assert {total for slug, total in totals.items() if not slug.startswith("five-")} == {
        ProjectFilterSet(QueryDict("tier=V2X")).total
    }


@pytest.mark.parametrize(
    ("slug", "kind", "overall", "periods"),
    [
        ("most-projects-dc", "holds", "102 of 118", ["45 of 54", "45 of 52"]),
        ("ccs-few", "does-not-hold", "27 of 113", ["3 of 49", "23 of 53"]),
        ("social-issues-rare", "does-not-hold", "40 of 189", ["17 of 75", "15 of 76"]),
        ("five-dc-but-one", "holds", "3 of 4", ["2 of 2", "1 of 2"]),
        ("five-mostly-chademo", "does-not-hold", "2 of 4", ["2 of 2", "0 of 2"]),
    ],
)
def test_a_verdict_is_recomputed_from_the_records(slug: str, kind: str, overall: str, periods: list[str]) -> None:
    verdict = found()[slug]
    assert (verdict.kind, str(verdict.overall)) == (kind, overall)
    assert [str(tally) for tally in verdict.periods] == periods


def test_a_count_is_the_length_of_the_list_behind_it() -> None:
    linked = [verdict.overall for verdict in found().values() if verdict.overall and verdict.overall.query]
    assert len(linked) == 12
    assert [tally.hits for tally in linked] == [ProjectFilterSet(QueryDict(tally.query)).total for tally in linked]


def test_cited_only_counts_among_projects_whose_tested_value_is_cited() -> None:
    verdict = found()["most-projects-dc"]
    assert verdict.cited
    stated = ProjectFilterSet(QueryDict("power_flow=ac&power_flow=dc&cited_only=1")).qs
    assert verdict.cited.total == sum(project.tier == "V2X" for project in stated)
    assert found()["most-projects-technical"].cited.total == 0  # type: ignore[union-attr]


def test_publications_stand_beside_the_papers_share_without_deciding_it() -> None:
    verdict = found()["v2x-umbrella-40"]
    assert (verdict.kind, str(verdict.overall)) == ("cannot-tell", "6 of 93")


@pytest.mark.parametrize("number", [3, None])
def test_the_number_of_queries_does_not_grow_with_the_claims(
    number: int | None, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    some = claims()[:number]
    counts = any(claim.measurement and claim.subject == "projects" for claim in some)
    # The uses of terms; the revision; before and after the answers it again, the names of vocabularies, the answers.
    needed = 1 + 1 + (2 + 2 * counts) + any(claim.compared for claim in some)
    with django_assert_num_queries(needed):  # type: ignore[operator]
        verdicts(some)
    with django_assert_num_queries(needed - 2 - 2 * counts):  # type: ignore[operator]
        verdicts(some)


def test_verdicts_are_counted_anew_when_a_record_has_changed() -> None:
    before = found()["most-projects-market"].overall
    project = next(iter(ProjectFilterSet(QueryDict(before.query)).qs))  # type: ignore[union-attr]
    apply_documents([], withdraw={project.pid: GONE}, reason="A test.", by="tester")
    after = found()["most-projects-market"].overall
    assert (after.hits, after.total) == (before.hits - 1, before.total - 1)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("expects", "value", "holding", "failing"),
    [
        ("most", None, (2, 3), (1, 2)),
        ("few", None, (0, 10), (1, 10)),
        ("some", None, (1, 10), (0, 10)),
        ("count", 4, (4, 5), (5, 5)),
        ("all-but", 1, (4, 5), (5, 5)),
        ("share", 40, (2, 5), (3, 5)),
    ],
)
def test_what_a_statement_expects_of_a_share(
    expects: str, value: float | None, holding: tuple[int, int], failing: tuple[int, int]
) -> None:
    measurement = Measurement.model_validate_json(f'{{"expects": "{expects}", "value": {value or "null"}}}')
    assert meets(measurement, *holding)
    assert not meets(measurement, *failing)
