"""Parameters that speak of one row are met by one row; «cited only» passes over what no source states."""

from typing import Any

import pytest
from django.http import QueryDict

from projects.filtersets import ProjectFilterSet
from tests.records import made
from v2xkb.records.apply import apply_documents
from v2xkb.records.facet_crossing import cross

JUDGED = made.JUDGED
CITED = {"kind": "cited", "references": [made.SOURCE]}

pytestmark = pytest.mark.usefixtures("few_projects")


def judged(kind: str, slug: str, **values: Any) -> dict[str, Any]:
    return made.data(kind, slug, **values, basis={name: [JUDGED] for name in values})


@pytest.fixture
def few_projects(empty_database: None) -> None:
    schemes = {
        "charging-term": ["v2g", "v2h"],
        "actor": ["dso", "oem", "driver"],
        "typology": ["technical", "economic"],
        "role": ["oem-partner", "dso-partner"],
    }
    terms = [made.term(slug, scheme) for scheme, slugs in schemes.items() for slug in slugs]
    barrier = {"set": "ours", "description": "It is in the way."}
    apply_documents(
        [
            made.reference(),
            *terms,
            *(made.made(judged("organisation", slug, name=slug.title())) for slug in ("acme", "grid")),
            made.made(judged("barrier-set", "ours", name="Ours", description="Made for a test.")),
            made.made(
                judged(
                    "barrier",
                    "price",
                    name="Price",
                    typology="economic",
                    actors=[{"actor": "oem", "role": "source"}],
                    **barrier,
                )
            ),
            made.made(judged("barrier", "wear", name="Wear", typology="technical", **barrier)),
            *projects(),
        ],
        reason="test",
        by="tester",
    )


def projects() -> list[Any]:
    def report(key: str, barrier: str, stance: str, *actors: str) -> dict[str, Any]:
        return {"key": key, "barrier": barrier, "stance": stance} | ({"actors": list(actors)} if actors else {})

    def partner(organisation: str, role: str) -> dict[str, Any]:
        return {"key": organisation, "organisation": organisation, "role": role}

    return [
        made.project(
            "crossed",
            scenarios=[{"term": "v2g", "state": "demonstrated"}, {"term": "v2h"}],
            partners=[partner("acme", "oem-partner"), partner("grid", "dso-partner")],
            barriers_met=[
                report("a", "price", "reported") | {"scenarios": ["v2h"]},
                report("b", "wear", "overcome", "dso"),
            ],
            status="ongoing",
            start={"value": "2016"},
            basis={
                "scenarios": [JUDGED],
                "scenarios/v2h": [CITED],
                "status": [CITED],
                "start": [JUDGED],
                "start/value": [JUDGED, CITED],
                "barriers_met": [CITED],
                "barriers_met/b/actors": [JUDGED],
            },
        ),
        made.project(
            "straight",
            scenarios=[{"term": "v2h", "state": "demonstrated"}],
            partners=[partner("acme", "dso-partner")],
            barriers_met=[report("a", "wear", "reported")],
            status="ongoing",
            end={"value": "2018-05"},
            basis={"end": [CITED], "end/value": [JUDGED]},
        ),
        made.project("bare"),
    ]


def found(address: str) -> str:
    filterset = ProjectFilterSet(QueryDict(address))
    assert filterset.is_valid(), filterset.errors
    return " ".join(filterset.qs.values_list("slug", flat=True))


def count(address: str, facet: str, value: str) -> int:
    facets = {facet.name: facet for facet in ProjectFilterSet(QueryDict(address)).facets()}
    return next(option.count for option in facets[facet].options if option.value == value)


def test_parameters_of_one_row_are_met_by_one_row() -> None:
    expected = {
        "scenario_state=demonstrated": "crossed straight",
        "scenario=v2h&scenario_state=demonstrated": "straight",
        "scenario=v2h&scenario_state=not-reported": "crossed",
        "scenario_state=not-reported": "bare crossed",
        "scenario=not-reported": "bare",
        "scenario=not-reported&scenario_state=not-reported": "bare",
        "scenario=not-reported&scenario_state=demonstrated": "",
        "scenario=not-reported&scenario=v2g&scenario_state=not-reported": "bare",
        "organisation=acme&role=dso-partner": "straight",
        "organisation=acme&role=dso-partner&role=oem-partner": "crossed straight",
        "barrier=wear&stance=reported": "straight",
        "barrier=price&stance=overcome": "",
        "typology=economic&stance=reported": "crossed",
        "typology=technical&stance=reported": "straight",
        "actor=oem": "crossed",
        "actor=dso": "crossed",
        "actor=oem&actor=dso&barrier=wear": "crossed",
        "actor=oem&barrier=wear": "",
        "actor=dso&stance=overcome": "crossed",
        "actor=driver": "",
        "report_actor=dso": "crossed",
        "report_actor=oem": "",
        "report_actor=dso&barrier=price": "",
        "report_actor=not-reported&barrier=price": "crossed",
        "report_actor=not-reported&barrier=wear": "straight",
        "report_scenario=v2h": "crossed",
        "report_scenario=v2g": "",
        "report_scenario=v2h&report_actor=dso": "",
        "report_scenario=not-reported&report_actor=dso": "crossed",
        "actor=not-reported": "bare straight",
        "actor=not-reported&barrier=wear": "straight",
        "barrier=not-reported": "bare",
    }
    assert {address: found(address) for address in expected} == expected


def test_only_what_began_and_goes_on_has_no_end() -> None:
    expected = {
        "active=2016": "crossed",
        "active=2030..": "crossed",
        "active=..2015": "",
        "active=2018": "crossed straight",
        "active=2019": "crossed",
        "active=not-reported": "bare",
    }
    assert {address: found(address) for address in expected} == expected


def test_cited_only_takes_what_no_source_states_as_not_reported() -> None:
    expected = {
        "scenario=v2h": "crossed",
        "scenario=v2g": "",
        "scenario_state=demonstrated": "",
        "scenario=not-reported": "bare straight",
        "status=ongoing": "crossed",
        "status=not-reported": "bare straight",
        "start=2016": "crossed",
        "active=2030": "crossed",
        "active=not-reported": "bare straight",
        "barrier=wear": "crossed",
        "actor=oem": "crossed",
        "actor=dso": "",
        "actor=not-reported&barrier=wear": "crossed",
        "report_actor=dso": "",
        "report_actor=not-reported&barrier=wear": "crossed",
        "report_scenario=v2h": "crossed",
        "tier=not-reported": "bare crossed straight",
    }
    assert {address: found(f"{address}&cited_only=1") for address in expected} == expected
    for name, value in (("scenario", "v2h"), ("scenario", "v2g"), ("status", "not-reported"), ("actor", "dso")):
        assert count("cited_only=1", name, value) == len(found(f"{name}={value}&cited_only=1").split())


def test_the_counts_of_one_row_obey_each_other_there() -> None:
    assert count("", "scenario_state", "demonstrated") == 2
    assert count("scenario=v2h", "scenario_state", "demonstrated") == 1
    assert count("scenario=v2h", "scenario_state", "not-reported") == 1
    assert count("scenario_state=not-reported", "scenario", "not-reported") == 1
    assert count("barrier=wear", "actor", "dso") == 1
    assert count("barrier=wear", "actor", "oem") == 0
    assert count("barrier=wear", "actor", "not-reported") == 1
    assert count("actor=oem", "barrier", "price") == 1
    assert count("actor=oem", "barrier", "wear") == 0
    assert count("organisation=acme", "role", "dso-partner") == 1


def test_terms_that_come_between_the_reading_of_names_and_of_rows_are_counted_too() -> None:
    filterset = ProjectFilterSet(QueryDict("q=late"))
    assert filterset.names
    report = {"key": "b1", "barrier": "price", "stance": "reported", "scenarios": ["v2n"], "actors": ["grid-owner"]}
    late = made.made(
        made.project_data(
            "late",
            name="Late",
            scenarios=[{"term": "v2n"}],
            connectors=["late-plug"],
            barriers_met=[report],
            basis={name: [CITED] for name in ("scenarios", "connectors", "barriers_met")},
        )
    )
    terms = [made.term("v2n", "charging-term"), made.term("late-plug", "connector"), made.term("grid-owner", "actor")]
    apply_documents([*terms, late], reason="test", by="tester")
    facets = {facet.name: {one.value: one.count for one in facet.options} for facet in filterset.facets()}
    assert facets["scenario"]["v2n"] == facets["connector"]["late-plug"] == 1
    assert facets["report_actor"]["grid-owner"] == facets["actor"]["grid-owner"] == 1
    for rows, columns, pair in (
        ("connector", "scenario", ("late-plug", "v2n")),
        ("report_actor", "actor", ("grid-owner", "grid-owner")),
    ):
        again = ProjectFilterSet(QueryDict("q=late"))
        for name in (rows, columns):
            # As if nothing had been there when the names were read.
            again.names.of(again.filters[name].vocabulary).clear()
        assert cross(again, again.filters[rows], again.filters[columns]).counts[pair] == 1
