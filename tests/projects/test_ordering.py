"""Lists come in the order asked for, what is not known last, and no two rows ever change places."""

from typing import Any

import pytest
from django.http import QueryDict

from projects.filtersets import ClaimFilterSet, OrganisationFilterSet, ProjectFilterSet
from projects.models import Project
from tests.records.made import made, project_data
from v2xkb.literature.filtersets import ReferenceFilterSet
from v2xkb.records.apply import apply_documents
from v2xkb.records.models import Record
from v2xkb.taxonomy.filtersets import TermUsageFilterSet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]


def asked(address: str) -> ProjectFilterSet:
    filterset = ProjectFilterSet(QueryDict(address))
    assert filterset.is_valid(), filterset.errors
    return filterset


def slugs(address: str) -> list[str]:
    return list(asked(address).qs.values_list("slug", flat=True))


def documents() -> dict[str, dict[str, Any]]:
    return {record.slug: record.data for record in Record.objects.of_kind("project")}


def keys() -> dict[str, tuple[str, str]]:
    return {row.slug: (row.sort_key, row.pid) for row in Project.objects.all()}


def most_chargers(document: dict[str, Any]) -> float:
    """Those without a number come behind every number."""
    counts = [count["value"] for count in document.get("chargers", {}).get("counts", [])]
    return -max(counts) if counts else float("inf")


def test_most_chargers_go_by_the_largest_number_reported_and_add_nothing_up() -> None:
    largest = -min(map(most_chargers, documents().values()))
    made_up = {"made-two": [largest + 1, largest + 1], "made-one": [largest + 2]}
    apply_documents(
        [made(with_chargers(slug, counts)) for slug, counts in made_up.items()], reason="A test", by="tests"
    )
    everything, names = documents(), keys()
    wanted = sorted(everything, key=lambda slug: (most_chargers(everything[slug]), names[slug]))
    assert slugs("sort=chargers") == wanted
    assert wanted[:2] == ["made-one", "made-two"]


def with_chargers(slug: str, counts: list[float]) -> dict[str, Any]:
    parts = [{"key": f"c{number}", "value": int(count)} for number, count in enumerate(counts)]
    return project_data(slug, chargers={"counts": parts})


def test_a_start_is_as_early_as_it_is_known_to_be_and_missing_ones_come_last_both_ways() -> None:
    everything, names = documents(), keys()
    starts = {slug: one.get("start", {}).get("value", "") for slug, one in everything.items()}
    known = [slug for slug, start in starts.items() if start]
    unknown = sorted((slug for slug, start in starts.items() if not start), key=names.__getitem__)
    assert known
    assert unknown
    earliest = sorted(known, key=lambda slug: (starts[slug], names[slug]))
    latest = sorted(sorted(known, key=names.__getitem__), key=starts.__getitem__, reverse=True)
    assert slugs("sort=start") == earliest + unknown
    assert slugs("sort=-start") == latest + unknown


def read_on(slug: str, *dates: str) -> dict[str, Any]:
    """A made-up project, a source of whose name was read on each of the dates."""
    plain = project_data(slug)
    cited = [{"kind": "cited", "references": ["ieee-2030-5"], "read": date} for date in dates]
    return plain | {"basis": plain["basis"] | {"name": cited or plain["basis"]["name"]}}


def test_the_last_verified_come_first_and_those_without_a_date_by_name() -> None:
    source = Record.objects.slugs_of("reference")[0]
    made_up = {
        "made-in-march": ["2026-03"],
        "made-in-2026": ["2026"],
        "made-on-a-day": ["2024-01-01", "2026-03-02", "2025"],
        "made-long-ago": ["2019-12-31"],
        "made-never": [],
    }
    plain = [read_on(slug, *dates) for slug, dates in made_up.items()]
    text = [
        {
            **one,
            "basis": {path: [renamed(entry, source) for entry in entries] for path, entries in one["basis"].items()},
        }
        for one in plain
    ]
    apply_documents([made(one) for one in text], reason="A test", by="tests")
    assert Project.objects.get(slug="made-on-a-day").verified == "2026-03-02"
    assert Project.objects.get(slug="made-never").verified == ""
    ordered = slugs("sort=verified")
    assert ordered[:4] == ["made-on-a-day", "made-in-march", "made-in-2026", "made-long-ago"]
    assert ordered[4:] == [slug for slug in slugs("") if slug not in ordered[:4]]


def renamed(entry: dict[str, Any], source: str) -> dict[str, Any]:
    return entry | {"references": [source]} if entry["kind"] == "cited" else entry


def test_relevance_goes_without_saying_where_words_are_searched_and_the_name_elsewhere() -> None:
    assert slugs("q=nissan") == slugs("q=nissan&sort=relevance") != slugs("q=nissan&sort=name")
    assert slugs("") == slugs("sort=name")
    assert asked("q=nissan").order.value == "relevance"


def test_words_and_an_order_find_the_same_records() -> None:
    by_chargers = slugs("q=nissan&sort=chargers")
    assert sorted(by_chargers) == sorted(slugs("q=nissan"))
    assert by_chargers == [slug for slug in slugs("sort=chargers") if slug in by_chargers]


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("sort=charger", "“charger” is no value of it. Did you mean “chargers”?"),
        ("sort=", ""),
        ("sort=name&sort=start", "It is given 2 times. Give it once."),
        ("sort=relevance", "“relevance” orders by how well words match, and none are searched for. Leave it out."),
        ("sort=relevance&q=", "“relevance” orders by how well words match, and none are searched for. Leave it out."),
    ],
)
def test_a_wrong_order_is_told_with_the_nearest_right_one(address: str, message: str) -> None:
    filterset = ProjectFilterSet(QueryDict(address))
    assert filterset.errors == ({"sort": [message]} if message else {})


def test_an_order_is_nothing_to_take_away() -> None:
    assert asked("sort=chargers&country=DK").selected == [("country", "DK", "Denmark")]


def test_lists_of_other_kinds_have_the_orders_that_make_sense_for_them() -> None:
    sections = ClaimFilterSet(QueryDict("")).qs.values_list("section", flat=True)
    assert list(sections) == sorted(sections)
    names = [claim.sort_key for claim in ClaimFilterSet(QueryDict("sort=name")).qs]
    assert names == sorted(names)
    years = list(ReferenceFilterSet(QueryDict("sort=-year")).qs.values_list("year", flat=True))
    known = [year for year in years if year is not None]
    assert years == sorted(known, reverse=True) + [None] * (len(years) - len(known))
    assert OrganisationFilterSet(QueryDict("sort=name")).is_valid()
    assert not OrganisationFilterSet(QueryDict("sort=chargers")).is_valid()


def test_what_has_no_words_to_search_has_no_order_by_them() -> None:
    (order,) = [one for one in TermUsageFilterSet.parameters() if one.name == "sort"]
    assert order.values == ("name",)
    assert "q" not in order.help_text.split()
