"""Changes of two people to one document are joined where they don't touch, and named where they do."""

import copy
import json
from typing import Any

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as checks
from hypothesis import strategies as st

from projects.documents import ProjectDocument
from tests.records.made import JUDGED, project_data
from v2xkb.records.content import units
from v2xkb.records.differences import Change, differences
from v2xkb.records.merging import Side, merge
from v2xkb.records.reading import validated

CITED = {"kind": "cited", "references": ["made-source"]}
OTHER = {"kind": "cited", "references": ["other-source"]}


def base() -> dict[str, Any]:
    return project_data(
        "arena",
        countries=["NL"],
        sites=[{"key": "arena", "name": "Arena", "country": "NL"}, {"key": "depot", "name": "Depot", "country": "NL"}],
        chargers={"makers": ["Alfen"], "counts": [{"key": "c1", "value": 4}]},
        services=["frequency-containment-reserve"],
    )


def changed(**values: Any) -> dict[str, Any]:
    return {**base(), **values}


def merged(ours: dict[str, Any], theirs: dict[str, Any], **choices: Side) -> Any:
    return merge(ProjectDocument, base(), ours, theirs, choices)


def test_changes_of_different_paths_are_joined() -> None:
    both = merged(changed(name="Ours"), changed(summary="Theirs."))
    assert not both.collisions
    assert (both.data["name"], both.data["summary"]) == ("Ours", "Theirs.")


def test_the_same_change_on_both_sides_is_no_collision() -> None:
    both = merged(changed(name="Same"), changed(name="Same"))
    assert not both.collisions
    assert both.data == changed(name="Same")


def test_two_values_for_one_path_collide_until_somebody_chooses() -> None:
    both = merged(changed(name="Ours"), changed(name="Theirs"))
    assert [(found.path, found.base, found.ours, found.theirs) for found in both.collisions] == [
        ("name", "Arena", "Ours", "Theirs")
    ]
    assert merged(changed(name="Ours"), changed(name="Theirs"), name=Side.OURS).data["name"] == "Ours"
    assert merged(changed(name="Ours"), changed(name="Theirs"), name=Side.THEIRS).data["name"] == "Theirs"
    assert not merged(changed(name="Ours"), changed(name="Theirs"), name=Side.OURS).collisions


def test_items_added_to_one_list_by_both_sides_are_all_kept() -> None:
    both = merged(changed(countries=["NL", "DE"]), changed(countries=["FR", "NL"]))
    assert not both.collisions
    assert both.data["countries"] == ["FR", "NL", "DE"]


def test_parts_added_under_one_key_are_told_apart_with_their_bases() -> None:
    ours, theirs = base(), base()
    ours["sites"] = [*base()["sites"], {"key": "s3", "name": "Ours", "country": "DE"}]
    theirs["sites"] = [*base()["sites"], {"key": "s3", "name": "Theirs", "country": "FR"}]
    ours["basis"] = {**base()["basis"], "sites/s3": [CITED]}
    ours["conflicts"] = [{"key": "c1", "path": "sites/s3/name", "text": "Other", "references": ["made-source"]}]
    both = merged(ours, theirs)
    assert not both.collisions
    assert [(site["key"], site["name"]) for site in both.data["sites"]][2:] == [("s3", "Theirs"), ("s3-2", "Ours")]
    assert both.data["basis"]["sites/s3-2"] == [CITED]
    assert "sites/s3" not in both.data["basis"]
    assert both.data["conflicts"][0]["path"] == "sites/s3-2/name"


def test_a_part_removed_on_one_side_and_changed_on_the_other_collides_as_a_whole() -> None:
    ours, theirs = base(), base()
    ours["sites"] = ours["sites"][1:]
    theirs["sites"][0]["city"] = "Amsterdam"
    both = merged(ours, theirs)
    assert [found.path for found in both.collisions] == ["sites/arena"]
    assert [site["key"] for site in merged(ours, theirs, **{"sites/arena": Side.OURS}).data["sites"]] == ["depot"]
    kept = merged(ours, theirs, **{"sites/arena": Side.THEIRS}).data["sites"]
    assert [site["key"] for site in kept] == ["arena", "depot"]
    assert kept[0]["city"] == "Amsterdam"


def test_a_value_changed_on_one_side_and_its_basis_on_the_other_collide() -> None:
    ours, theirs = changed(name="Ours"), base()
    theirs["basis"] = {**theirs["basis"], "name": [CITED]}
    both = merged(ours, theirs)
    assert [(found.path, found.ours_basis, found.theirs_basis) for found in both.collisions] == [
        ("name", [JUDGED], [CITED])
    ]
    mine = merged(ours, theirs, name=Side.OURS).data
    assert (mine["name"], mine["basis"]["name"]) == ("Ours", [JUDGED])
    live = merged(ours, theirs, name=Side.THEIRS).data
    assert (live["name"], live["basis"]["name"]) == ("Arena", [CITED])


def test_a_basis_found_for_what_the_other_side_removed_collides() -> None:
    ours, theirs = base(), base()
    ours["basis"] = {**base()["basis"], "chargers/counts/c1": [CITED]}
    del theirs["chargers"]
    del theirs["basis"]["chargers"]
    assert [found.path for found in merged(ours, theirs).collisions] == ["chargers"]
    assert merged(ours, theirs, chargers=Side.OURS).data["basis"]["chargers/counts/c1"] == [CITED]


def test_a_part_keeps_its_own_basis_where_the_other_side_changes_that_of_the_whole_list() -> None:
    ours, theirs = base(), base()
    ours["chargers"]["counts"].append({"key": "c2", "value": 9})
    theirs["basis"] = {**theirs["basis"], "chargers": [CITED]}
    both = merged(ours, theirs)
    assert not both.collisions
    assert both.data["basis"]["chargers"] == [CITED]
    assert both.data["basis"]["chargers/counts/c2"] == [JUDGED]


def test_orders_changed_on_both_sides_collide() -> None:
    three = {**base(), "countries": ["NL", "DE", "FR"]}
    ours, theirs = {**three, "countries": ["DE", "NL", "FR"]}, {**three, "countries": ["FR", "NL", "DE"]}
    both = merge(ProjectDocument, three, ours, theirs)
    assert [found.path for found in both.collisions] == ["countries/*"]
    chosen = merge(ProjectDocument, three, ours, theirs, {"countries/*": Side.OURS})
    assert chosen.data["countries"] == ["DE", "NL", "FR"]
    assert not chosen.collisions


def test_a_difference_names_path_values_and_bases() -> None:
    new = changed(name="New", countries=["DE", "NL"])
    new["basis"] = {**base()["basis"], "summary": [CITED]}
    found = {difference.path: difference for difference in differences(ProjectDocument, base(), new)}
    assert set(found) == {"name", "countries/DE", "summary"}
    assert (found["name"].change, found["name"].old, found["name"].new) == (Change.CHANGED, "Arena", "New")
    assert (found["countries/DE"].change, found["countries/DE"].new) == (Change.ADDED, "DE")
    assert found["summary"].change == Change.BASIS
    assert (found["summary"].old_basis, found["summary"].new_basis) == ([JUDGED], [CITED])


def test_a_changed_order_is_a_difference() -> None:
    old, new = changed(countries=["NL", "DE"]), changed(countries=["DE", "NL"])
    (found,) = differences(ProjectDocument, old, new)
    assert (found.change, found.path, found.old, found.new) == (Change.ORDER, "countries", ["NL", "DE"], ["DE", "NL"])


# --- Any edits of real documents ---

DOCUMENTS = sorted((settings.FIXTURES_DIR / "projects").glob("*.json"))
WORDS = st.sampled_from(["one", "two", "three"])


@st.composite
def edited(draw: st.DrawFn, start: dict[str, Any]) -> dict[str, Any]:
    """A few edits of the kinds a curator makes; the result need not be valid."""
    data = copy.deepcopy(start)
    for _ in range(draw(st.integers(0, 4))):
        match draw(st.sampled_from(["scalar", "drop", "list", "part", "basis", "order"])):
            case "scalar":
                data[draw(st.sampled_from(["name", "full_name", "summary", "funding"]))] = draw(WORDS)
            case "drop":
                data.pop(
                    draw(st.sampled_from(["full_name", "funding", "sites", "services", "chargers", "partners"])), None
                )
            case "list":
                data["alt_names"] = [*data.get("alt_names", []), draw(WORDS)]
            case "part":
                parts = [part for part in data.get("sites", []) if draw(st.booleans())]
                data["sites"] = [*parts, {"key": draw(WORDS), "name": draw(WORDS), "country": "NL"}]
            case "basis":
                path = draw(st.sampled_from([*data["basis"], "name", "sites"]))
                data["basis"] = {**data["basis"], path: [draw(st.sampled_from([CITED, OTHER]))]}
            case "order":
                for name in ("sites", "services", "partners"):
                    if name in data:
                        data[name] = draw(st.permutations(data[name]))
    return {name: value for name, value in data.items() if value != []}


@st.composite
def three_states(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    start = json.loads(draw(st.sampled_from(DOCUMENTS)).read_text(encoding="utf-8"))
    return start, draw(edited(start)), draw(edited(start))


@checks(deadline=None)
@given(three_states())
def test_one_sided_changes_come_through_whole(states: tuple[dict[str, Any], ...]) -> None:
    start, ours, theirs = states
    assert merge(ProjectDocument, start, ours, start).data == ours
    assert merge(ProjectDocument, start, start, theirs).data == theirs
    assert not merge(ProjectDocument, start, ours, ours).collisions


@checks(deadline=None)
@given(three_states())
def test_every_changed_value_is_there_with_its_basis_or_is_named(states: tuple[dict[str, Any], ...]) -> None:
    start, ours, theirs = states
    result = merge(ProjectDocument, start, ours, theirs)
    before, mine, live, after = (units(ProjectDocument, data) for data in (start, ours, theirs, result.data))
    named = [collision.path for collision in result.collisions]
    held = list(after.values())
    for side in (mine, live):
        for place, unit in side.items():
            path = "/".join(place)
            if before.get(place) == unit or any(f"{path}/".startswith(f"{name}/") for name in named):
                continue
            found = after.get(place)
            # A draft's value without any basis may come under one; a part under a key that both chose has another now.
            uncovered = unit.basis is None and found is not None and found.value == unit.value
            key_of_both = place[-1] == "key" and place in mine and place in live
            renamed = "sites" in place and (unit in held or key_of_both)
            assert found == unit or uncovered or renamed, path


@checks(deadline=None)
@given(three_states(), st.data())
def test_once_all_is_chosen_nothing_collides_and_each_choice_is_kept(
    states: tuple[dict[str, Any], ...], data: st.DataObject
) -> None:
    start, ours, theirs = states
    collisions = merge(ProjectDocument, start, ours, theirs).collisions
    choices = {collision.path: data.draw(st.sampled_from(Side)) for collision in collisions}
    result = merge(ProjectDocument, start, ours, theirs, choices)
    assert not result.collisions
    after = units(ProjectDocument, result.data)
    for collision in collisions:
        place = tuple(collision.path.split("/"))
        side = ours if choices[collision.path] == Side.OURS else theirs
        if place[-1] != "*" and place[0] not in ("alt_names", "sites"):
            assert after.get(place) == units(ProjectDocument, side).get(place)


@pytest.mark.parametrize("path", DOCUMENTS[:40], ids=lambda path: path.stem)
def test_a_document_does_not_differ_from_itself(path: Any) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    content = validated(data, path.stem).content()
    assert differences(ProjectDocument, data, content) == []
    assert merge(ProjectDocument, data, data, content).data == data
