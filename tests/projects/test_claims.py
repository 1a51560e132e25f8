"""Verdicts on the paper's statements are what the records give today."""

import pytest
from django.http import QueryDict

from projects.claims import Verdict, meets, verdicts
from projects.documents import ClaimDocument, Measurement
from projects.filtersets import ProjectFilterSet
from v2xkb.records.models import Record
from v2xkb.records.reading import validated

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]


def claims() -> list[ClaimDocument]:
    documents = [validated(record.data, record.slug) for record in Record.objects.of_kind("claim")]
    return [document for document in documents if isinstance(document, ClaimDocument)]


def found() -> dict[str, Verdict]:
    documents = claims()
    return {claim.slug: verdict for claim, verdict in zip(documents, verdicts(documents), strict=True)}


def test_every_claim_has_a_verdict_in_plain_words() -> None:
    assert {verdict.kind for verdict in found().values()} == {"holds", "does-not-hold", "cannot-tell", "outside"}
    assert all(verdict.text for verdict in found().values())


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


def test_the_number_of_queries_does_not_grow_with_the_claims(django_assert_num_queries: pytest.FixtureRequest) -> None:
    documents = claims()
    for some in (documents[:3], documents):
        needed = 3 if any(claim.measurement and claim.subject == "projects" for claim in some) else 1
        with django_assert_num_queries(needed):  # type: ignore[operator]
            verdicts(some)


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
