"""What a form offers to tick stays, and stays in its place, whatever is chosen; only the numbers beside it change."""

import pytest
from django.http import QueryDict
from django.utils.translation import override

from projects.filtersets import ProjectFilterSet
from projects.models import Project
from tests.records.made import project
from tests.site.html import get
from v2xkb.records.apply import apply_documents
from v2xkb.records.facet_groups import MOST_CHECKBOXES, FacetGroup, group_of

pytestmark = pytest.mark.usefixtures("knowledge_base")

ASKED = [
    "tier=V1G",
    "scenario=v2b&power_flow=dc&record_type=pilot&q=metering",
    "service__all=peak-shaving&country=DK",
    "organisation=nuvve&start=2016..2019",
    "status=cancelled&report_scenario=v2g",
]


def groups(address: str) -> dict[str, FacetGroup]:
    filterset = ProjectFilterSet(QueryDict(address))
    return {facet.name: group_of(facet, filterset, ()) for facet in filterset.facets()}


@pytest.mark.parametrize("address", ASKED)
def test_what_is_there_to_tick_stays_in_its_place_whatever_is_chosen(address: str) -> None:
    chosen = QueryDict(address)
    first, then = groups(""), groups(address)
    for name, group in then.items():
        added = {*chosen.getlist(name), *chosen.getlist(f"{name}__all")} - {one.value for one in first[name].ticks}
        before = [one.value for one in first[name].ticks]
        after = [one.value for one in group.ticks if one.value not in added]
        if group.has_menu:
            assert len(before) - 1 <= len(after) <= len(before), name
        else:
            assert after == before, name
        assert len(group.ticks) <= MOST_CHECKBOXES + len(added)
        assert group.has_menu == first[name].has_menu
        assert all(option.count for option in group.menu)
        assert not {one.value for one in group.ticks} & {one.value for one in group.menu}
    assert any(not one.count for group in then.values() for one in group.ticks)


@pytest.mark.parametrize("name", ["organisation", "country", "organisation__all", "service__all"])
def test_ticking_one_of_many_leaves_the_others_in_their_places(name: str) -> None:
    facet = name.removesuffix("__all")
    values = [option.value for option in groups("power_flow=dc")[facet].ticks]
    once = groups(f"power_flow=dc&{name}={values[2]}")[facet]
    twice = groups(f"power_flow=dc&{name}={values[2]}&{name}={values[5]}")[facet]
    assert [option.value for option in once.ticks] == [option.value for option in twice.ticks]


def test_of_many_those_are_there_to_tick_that_most_records_still_have() -> None:
    group = groups("country=NZ")["organisation"]
    having = [option for option in group.ticks if option.count]
    assert having == group.ticks[: len(having)]
    assert len(having) > 3
    assert not group.menu


def test_the_numbers_beside_are_those_of_what_is_asked() -> None:
    shown = groups("scenario=v2b&power_flow=dc")
    for name in ("tier", "organisation", "country", "start"):
        for option in shown[name].ticks:
            alone = ProjectFilterSet({"scenario": "v2b", "power_flow": "dc", name: option.value})
            assert option.count == alone.total, option


def test_what_no_source_states_adds_only_that_nothing_is_reported() -> None:
    first, then = groups(""), groups("cited_only=1")
    for name, group in then.items():
        if group.has_menu:
            continue
        values = [one.value for one in group.ticks]
        assert [value for value in values if value != "not-reported"] == [
            one.value for one in first[name].ticks if one.value != "not-reported"
        ]


def test_labels_of_what_has_no_record_left_are_those_of_the_page() -> None:
    with override("de"):
        labels = {option.value: option.label for option in groups("country=DK&q=parker")["country"].ticks}
    assert {"DK": "Dänemark", "DE": "Deutschland"}.items() <= labels.items()
    named = {option.value: (option.label, option.count) for option in groups("country=NZ")["organisation"].ticks}
    assert named["nuvve"] == ("Nuvve", 0)


@pytest.mark.usefixtures("knowledge_base")
def test_where_only_a_part_of_the_list_is_handed_in_options_are_those_of_what_is_asked() -> None:
    filterset = ProjectFilterSet({"tier": "V1G"}, Project.objects.filter(slug="parker"))
    (tier,) = filterset.facets(["tier"])
    assert [option.value for option in group_of(tier, filterset, ()).ticks] == ["V2X", "V1G"]


def test_a_facet_in_which_all_records_have_one_value_is_not_shown_but_where_it_is_chosen() -> None:
    def shown(query: str) -> set[str]:
        found = {name.removeprefix("facet.") for name in get(f"/projects/{query}").ids if name.startswith("facet.")}
        return {name.removesuffix(".summary") for name in found}

    assert [one.value for one in groups("")["report_actor"].ticks] == ["not-reported"]
    assert not shown("") & {"report_actor", "report_scenario"}
    # Where one value is left of what is asked for, the others are still there to choose.
    assert shown("?tier=V1G&status=cancelled") == shown("")
    assert shown("?report_actor=not-reported") == shown("") | {"report_actor"}
    report = {"key": "r", "barrier": "standardisation", "stance": "addressed", "actors": ["dso"]}
    apply_documents([project("naming", barriers_met=[report])], reason="A test", by="tests")
    assert shown("") & {"report_actor", "report_scenario"} == {"report_actor"}
