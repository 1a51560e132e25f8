"""What buttons do to a form: a basis stays with its part, a key is never given twice, nothing typed is lost."""

import copy
import json
import string
from typing import Any

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from projects.documents import OrganisationDocument, ProjectDocument
from tests.curation.sending import sent
from v2xkb.curation.form_actions import (
    add_basis,
    add_item,
    cite,
    fresh_key,
    move_item,
    prune,
    remove_basis,
    remove_item,
)
from v2xkb.curation.form_links import Known, Named, link_problems, resolve
from v2xkb.curation.form_post import posted_state
from v2xkb.curation.form_problems import Places, data_problems
from v2xkb.curation.form_state import FormState, data_of, state_of

CITED = {"kind": "cited", "references": ["andersen-2019"]}


def parker(**values: Any) -> dict[str, Any]:
    data = json.loads((settings.FIXTURES_DIR / "projects" / "parker.json").read_text(encoding="utf-8"))
    return {**data, **values}


def form(**values: Any) -> FormState:
    return state_of(ProjectDocument, parker(**values))


def located(state: FormState) -> list[tuple[str, str]]:
    """(name, message) of everything that is wrong with a form."""
    data = data_of(state)
    places = Places(state.model, data, [path for path, _ in state.strays])
    return [(places.name_of(problem.path), problem.message) for problem in data_problems(data)]


def test_a_basis_follows_its_part_when_the_key_term_changes() -> None:
    state = form(basis={"scenarios/v2g": [CITED], "scenarios/v2g/state": [CITED]})
    state.values["scenarios"][0]["term"] = "v2h"
    assert set(data_of(state)["basis"]) == {"scenarios/v2h", "scenarios/v2h/state"}


def test_a_basis_a_conflict_and_what_is_followed_move_with_their_part() -> None:
    conflict = {"key": "c1", "path": "sites/lyngby/city", "text": "Copenhagen", "references": ["andersen-2019"]}
    state = form(basis={"sites/lyngby/city": [CITED]}, conflicts=[conflict])
    state.followed = ["sites.1.name"]
    assert move_item(state, "sites.1", -1) == "sites.0"
    data = data_of(state)
    assert [site["key"] for site in data["sites"]] == ["lyngby", "frederiksberg"]
    assert data["basis"] == {"sites/lyngby/city": [CITED]}
    assert data["conflicts"][0]["path"] == "sites/lyngby/city"
    assert state.followed == ["sites.0.name"]


def test_moving_the_first_up_or_the_last_down_changes_nothing() -> None:
    state = form()
    before = copy.deepcopy(state)
    assert move_item(state, "sites.0", -1) == "sites.0"
    assert move_item(state, "sites.1", 1) == "sites.1"
    assert state == before


def test_removing_a_part_takes_its_basis_and_leaves_those_of_the_others() -> None:
    state = form(basis={"sites/frederiksberg": [CITED], "sites/lyngby": [CITED, CITED], "sites": [CITED]})
    remove_item(state, "sites.0")
    data = data_of(state)
    assert [site["key"] for site in data["sites"]] == ["lyngby"]
    assert data["basis"] == {"sites": [CITED], "sites/lyngby": [CITED, CITED]}


def test_emptying_an_item_of_a_list_removes_it_with_its_basis() -> None:
    state = form(services=["frequency-containment", "voltage-support"], basis={"services/voltage-support": [CITED]})
    state.values["services"][0] = ""
    prune(state, empty_parts=False)
    data = data_of(state)
    assert (data["services"], data["basis"]) == (["voltage-support"], {"services/voltage-support": [CITED]})


def test_a_new_part_gets_a_key_that_was_never_used() -> None:
    state = form()
    assert add_item(state, "findings", ["f9", "f12", "x40", "fleet"]) == "findings.7"
    assert state.values["findings"][7]["key"] == "f13"
    assert fresh_key("vehicles.counts", ["c1", "k7"]) == "c2"
    assert fresh_key("sites", []) == "s1"


def test_an_added_part_stays_empty_until_it_is_saved_and_goes_then() -> None:
    state = form()
    add_item(state, "money")
    prune(state, empty_parts=False)
    assert data_of(state)["money"] == [{"key": "m1"}]
    prune(state, empty_parts=True)
    assert "money" not in data_of(state)


def test_one_source_is_cited_for_many_values_once_each() -> None:
    state = form(basis={"name": [CITED], "sites": [{"kind": "classified", "reason": "Because."}], "summary": []})
    assert cite(state, ["name", "status", "sites.0.city"], "andersen-2019") == ["status", "sites.0.city"]
    assert cite(state, ["name", "status", "sites.0.city"], "andersen-2019") == []
    assert cite(state, ["name"], "andersen-2019", place="p. 4") == ["name"]
    basis = data_of(state)["basis"]
    assert basis["status"] == basis["sites/frederiksberg/city"] == [CITED]
    assert basis["name"] == [CITED, {**CITED, "place": "p. 4"}]
    assert basis["sites"] == [{"kind": "classified", "reason": "Because."}]


def test_citing_what_a_wider_basis_says_already_adds_nothing() -> None:
    state = form(basis={"sites": [CITED]})
    before = data_of(state)
    assert cite(state, ["sites.0.city", "sites.0"], "andersen-2019") == []
    assert data_of(state) == before


def test_a_basis_is_added_and_removed() -> None:
    state = form(basis={"name": [CITED]})
    assert add_basis(state, "name") == 1
    assert data_of(state)["basis"]["name"] == [CITED, {"kind": "cited"}]
    remove_basis(state, "name", 0)
    remove_basis(state, "name", 0)
    assert "basis" not in data_of(state)


@pytest.mark.parametrize("name", ["nowhere", "sites.7", "sites.0.nothing", "sites.x", "", "name.0", "sites"])
def test_what_is_not_there_is_neither_moved_nor_removed(name: str) -> None:
    with pytest.raises(KeyError):
        remove_item(form(), name)
    with pytest.raises(KeyError):
        move_item(form(), name, 1)


@pytest.mark.parametrize("name", ["notes", "slug", "nowhere", "sites.9"])
def test_what_needs_no_basis_gets_none(name: str) -> None:
    with pytest.raises(KeyError):
        add_basis(form(), name)


# --- What is typed -------------------------------------------------------------------------------------------------


def test_a_number_that_is_none_stays_as_it_was_typed_beside_its_problem() -> None:
    state = form()
    state.values["sites"][0]["lat"] = "12x"
    data = data_of(state)
    assert data["sites"][0]["lat"] == "12x"
    assert [name for name, _ in located(state)] == ["sites.0.lat"]
    assert state_of(ProjectDocument, data).values["sites"][0]["lat"] == "12x"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10", 10),
        ("-118.38", -118.38),
        ("55.0", 55),
        ("1e3", 1000),
        ("1e999", "1e999"),
        ("0x1F", "0x1F"),
        ("1,5", "1,5"),
    ],
)
def test_numbers_are_read_as_json_writes_them(text: str, value: Any) -> None:
    state = form()
    state.values["sites"][0]["lat"] = text
    assert data_of(state)["sites"][0]["lat"] == value


def test_a_text_that_looks_like_a_number_stays_a_text_where_both_may_stand() -> None:
    conflict = {"key": "c1", "path": "name", "value": "7", "text": "7", "references": ["andersen-2019"]}
    other = {**conflict, "key": "c2", "value": 7}
    data = parker(conflicts=[conflict, other])
    assert data_of(posted_state(ProjectDocument, sent(state_of(ProjectDocument, data)))) == data


def test_a_term_chosen_twice_keeps_both_bases_apart() -> None:
    scenarios = [{"term": "v2g"}, {"term": "v2h"}]
    other = {"kind": "classified", "reason": "Because."}
    state = form(scenarios=scenarios, basis={"scenarios/v2g": [CITED], "scenarios/v2h": [other]})
    state.values["scenarios"][1]["term"] = "v2g"
    again = state_of(ProjectDocument, data_of(state))
    assert ("scenarios.0", "the key or value stands twice in this list") in located(again)
    again.values["scenarios"][1]["term"] = "v2b"
    assert data_of(again)["basis"] == {"scenarios/v2b": [other], "scenarios/v2g": [CITED]}


def test_what_the_declaration_has_no_place_for_is_kept() -> None:
    data = parker(unknown={"a": [1]}, sites="somewhere", countries=[["DK"]], start="2016")
    data["chargers"]["colour"] = "red"
    data["basis"] |= {"nowhere/at/all": [CITED], "name": "me"}
    back = data_of(posted_state(ProjectDocument, sent(state_of(ProjectDocument, data))))
    assert back == data


def test_outer_spaces_and_line_breaks_within_a_long_text_go() -> None:
    fields = sent(form()) | {"summary": "  One\r\n  two \n", "name": " A\u030a "}
    state = posted_state(ProjectDocument, fields)
    assert (state.values["summary"], state.values["name"]) == ("One two", "\u00c5")


TYPED = st.dictionaries(
    st.text(alphabet=string.ascii_lowercase + "0123456789.:_", max_size=30)
    | st.sampled_from(
        ["sites.3.city", "name:basis.2.references.5", ":stray.4", "sites.99999.name", "x:raw", "sites.0:raw"]
    ),
    st.text(max_size=20),
    max_size=8,
)


@hypothesis_settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TYPED)
def test_whatever_is_sent_makes_a_form_that_comes_back_the_same(extra: dict[str, str]) -> None:
    state = posted_state(ProjectDocument, sent(form()) | extra)
    prune(state, empty_parts=True)
    data = data_of(state)
    json.dumps(data)
    again = state_of(ProjectDocument, data)
    assert data_of(again) == data
    assert data_of(posted_state(ProjectDocument, sent(again))) == data


# --- Problems at their fields --------------------------------------------------------------------------------------


def test_each_problem_stands_at_the_field_it_is_mended_in() -> None:
    state = form()
    state.values["name"] = ""
    state.values["sites"][1]["country"] = "XX"
    state.values["chargers"]["counts"][0]["value"] = "-3"
    state.values["related"][0]["project"] = "No Slug"
    state.bases["connectors"][0]["references"][0] = "No Slug"
    state.bases["power_flow"][0]["kind"] = "derived"
    names = {name for name, _ in located(state)}
    assert names == {
        "name",
        "sites.1.country",
        "chargers.counts.0.value",
        "related.0.project",
        "connectors:basis.0.references.0",
        "power_flow:basis.0",
    }


def test_a_missing_basis_is_told_at_its_value_and_a_basis_without_value_at_its_field() -> None:
    state = form()
    del state.bases["name"]
    state.values["funding"] = ""
    state.bases["funding"] = [dict(state.bases["countries"][0])]
    assert {name for name, _ in located(state)} == {"name", "funding"}


# --- Links ---------------------------------------------------------------------------------------------------------

DTU = Named("organisation", "", "dtu", "abc", "Technical University of Denmark")
TWINS = [Named("organisation", "", "city-a", "a", "City"), Named("organisation", "", "city-b", "b", "City")]


@pytest.mark.parametrize("text", ["dtu", "abc", "Technical University of Denmark", "technical university of DENMARK"])
def test_a_link_is_written_by_slug_id_or_name(text: str) -> None:
    state = state_of(OrganisationDocument, {"kind": "organisation", "part_of": text})
    resolve(state, Known([DTU]))
    assert state.values["part_of"] == "dtu"
    assert not list(link_problems(state, Known([DTU]), lambda kind: []))


def test_a_name_that_several_wear_is_not_guessed_but_lists_them() -> None:
    state = state_of(OrganisationDocument, {"kind": "organisation", "part_of": "City"})
    resolve(state, Known(TWINS))
    assert state.values["part_of"] == "City"
    [(name, problem)] = link_problems(state, Known(TWINS), lambda kind: [])
    assert name == "part_of"
    assert "city-a" in problem.remedy
    assert "city-b" in problem.remedy


def test_an_unknown_name_stays_and_is_told_with_the_nearest() -> None:
    state = state_of(OrganisationDocument, {"kind": "organisation", "part_of": "dtuu"})
    [(name, problem)] = link_problems(state, Known([DTU]), lambda kind: ["dtu"])
    assert (name, problem.value) == ("part_of", "dtuu")
    assert "dtu" in problem.remedy
