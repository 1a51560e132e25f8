"""Every fault of a document is named by its path, its value and the remedy."""

import re
from typing import Any

import pytest
from django.urls import get_resolver, resolve, reverse

from tests.records import made
from tests.test_documentation import addresses
from v2xkb.records import registry
from v2xkb.records.documents import SLUG_PATTERN
from v2xkb.records.problems import InvalidDocuments, Problem
from v2xkb.records.reading import validated


def problems(plain: dict[str, Any]) -> list[Problem]:
    with pytest.raises(InvalidDocuments) as caught:
        validated(plain, "file.json")
    return caught.value.problems


def only(plain: dict[str, Any]) -> Problem:
    (problem,) = problems(plain)
    assert problem.place == "file.json"
    assert problem.remedy
    return problem


def test_an_unknown_key_names_the_nearest_known_one() -> None:
    problem = only(made.project_data("a") | {"conectors": ["chademo"]})
    assert (problem.path, problem.value) == ("conectors", "['chademo']")
    assert "connectors" in problem.remedy


def test_an_unknown_key_of_a_part_is_placed_by_the_parts_key() -> None:
    site = {"key": "arena", "name": "Arena", "country": "NL", "towm": "Amsterdam"}
    assert only(made.project_data("a", sites=[site])).path == "sites/arena/towm"


def test_an_unknown_choice_names_the_nearest_one() -> None:
    problem = only(made.project_data("a") | {"status": "plannned"})
    assert (problem.path, problem.value) == ("status", "plannned")
    assert problem.remedy == "Did you mean “planned”?"


@pytest.mark.parametrize("value", ["2019-13", "2019-00", "19", "2019-02-31", "2019/01", "0000", "٢٠١٩"])
def test_a_date_that_is_none_is_refused(value: str) -> None:
    problem = only(made.project_data("a", start={"value": value}))
    assert (problem.path, problem.value) == ("start/value", value)
    assert "YYYY-MM" in problem.remedy


def test_negative_power_is_refused_where_it_stands() -> None:
    problem = only(made.project_data("a", chargers={"kw": [{"key": "k1", "value": -3.5}]}))
    assert (problem.path, problem.value) == ("chargers/kw/k1/value", "-3.5")


@pytest.mark.parametrize("value", [2**31, 10**30, -1])
def test_a_count_that_no_column_takes_is_refused(value: int) -> None:
    problem = only(made.project_data("a", chargers={"counts": [{"key": "c1", "value": value}]}))
    assert problem.path == "chargers/counts/c1/value"


@pytest.mark.parametrize("code", ["XX", "dk", "DNK", ""])
def test_a_code_of_no_country_is_refused(code: str) -> None:
    assert only(made.project_data("a", countries=[code])).path.startswith("countries/")


@pytest.mark.parametrize("value", ["10", True, 1.5])
def test_a_count_of_the_wrong_type_is_never_coerced(value: Any) -> None:
    assert only(made.project_data("a", vehicles={"counts": [{"key": "c1", "value": value}]})).path.startswith(
        "vehicles/counts/c1/value"
    )


def test_a_text_with_a_control_character_is_refused() -> None:
    assert only(made.project_data("a") | {"summary": "one\ntwo"}).path == "summary"


def test_a_value_without_a_basis_is_refused() -> None:
    plain = made.project_data("a", countries=["DK"])
    del plain["basis"]["countries"]
    problem = only(plain)
    assert problem.path == "countries"
    assert "basis" in problem.message


def test_a_basis_on_one_part_leaves_its_siblings_uncovered() -> None:
    sites = [{"key": "a", "name": "A", "country": "NL"}, {"key": "b", "name": "B", "country": "NL"}]
    plain = made.project_data("p", sites=sites)
    plain["basis"]["sites/a"] = plain["basis"].pop("sites")
    assert only(plain).path == "sites/b"


def test_a_basis_without_a_value_is_refused() -> None:
    plain = made.project_data("a")
    plain["basis"]["services"] = [made.JUDGED]
    assert only(plain).path == "basis/services"


@pytest.mark.parametrize(
    ("basis", "needed"),
    [({"kind": "cited"}, "references"), ({"kind": "derived"}, "rule"), ({"kind": "classified"}, "reason")],
)
def test_a_basis_must_name_what_its_kind_rests_on(basis: dict[str, str], needed: str) -> None:
    plain = made.project_data("a")
    plain["basis"]["name"] = [basis]
    assert needed in only(plain).message


def test_two_parts_with_one_key_are_refused() -> None:
    site = {"key": "arena", "name": "Arena", "country": "NL"}
    assert only(made.project_data("a", sites=[site, site])).path == "sites/arena"


def test_a_value_twice_in_a_list_is_refused() -> None:
    assert only(made.project_data("a", countries=["DK", "DK"])).path == "countries/DK"


def test_an_end_before_the_start_is_refused_at_the_precision_both_have() -> None:
    dates = {"start": {"value": "2019-06"}, "end": {"value": "2019-05"}}
    assert "end lies before" in only(made.project_data("a", **dates)).message
    validated(made.project_data("a", start={"value": "2019-06"}, end={"value": "2019"}), "fine")


@pytest.mark.parametrize(
    ("path", "right"),
    [
        ("sites/arena/city", True),
        ("chargers/counts", True),
        ("chargers/counts/c1", True),
        ("services", True),
        ("chargers/count", False),
        ("service", False),
        ("sites/arena/town", False),
        ("name/first", False),
    ],
)
def test_a_conflict_is_about_a_field_that_exists(path: str, right: bool) -> None:
    conflict = {"key": "c1", "path": path, "text": "another value", "references": ["source"]}
    plain = made.project_data("a") | {"conflicts": [conflict]}
    if right:
        validated(plain, "fine")
    else:
        assert only(plain).path == "conflicts/c1/path"


@pytest.mark.parametrize("plain", [made.project_data("compare"), made.term_data("classify")], ids=["project", "term"])
def test_a_slug_that_would_hide_the_record_behind_a_page_is_refused(plain: dict[str, Any]) -> None:
    assert only(plain).path == "slug"


@pytest.mark.parametrize("kind", registry.kinds(), ids=str)
def test_every_slug_that_is_not_reserved_leads_to_a_record(kind: registry.Kind) -> None:
    """A page that a new address puts in front of a kind's own must be reserved in its declaration."""
    own = resolve(reverse(kind.url_name, args=["x"])).func
    siblings = {pattern.split("/")[-2] for pattern in fixed_addresses() if pattern.count("/") > 1}
    siblings = {name for name in siblings if re.fullmatch(SLUG_PATTERN, name)}
    hidden = {name for name in siblings if resolve(reverse(kind.url_name, args=[name])).func != own}
    assert hidden == kind.document.reserved_slugs


def fixed_addresses() -> list[str]:
    """Addresses of the site without a variable part."""
    return [address for address in addresses(get_resolver().url_patterns) if "<" not in address]


def test_a_wrong_id_is_answered_with_a_new_one() -> None:
    problem = only(made.project_data("a") | {"id": "abc"})
    assert problem.path == "id"
    assert "new one" in problem.remedy


def test_all_faults_are_listed_at_once() -> None:
    plain = made.project_data("a", countries=["Denmark"], start={"value": "soon"})
    assert {problem.path for problem in problems(plain)} == {"countries/Denmark", "start/value"}


def test_an_unknown_kind_is_refused_with_the_nearest() -> None:
    problem = only({"kind": "projekt"})
    assert (problem.path, problem.value) == ("kind", "projekt")
    assert "project" in problem.remedy
