"""The barrier map says of each layer what its documents say, and every number is the length of a list."""

import random
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from projects.actor_side import ActorSide, actor_sides
from projects.barrier_map import BarrierMap, Tally
from projects.barrier_map_request import By, Layer, asked
from projects.choices import Stance
from projects.filtersets import ProjectFilterSet
from projects.selection import WrongSelection
from tests import held_lists
from tests.records.made import JUDGED, data, made, project
from tests.sweeps import spread
from v2xkb.records.apply import apply_documents
from v2xkb.records.models import Record

pytestmark = pytest.mark.usefixtures("knowledge_base")

PAPER = "drive2x-cired-2024"
CITED = {"kind": "cited", "references": [PAPER]}


def mapped(address: str = "") -> BarrierMap:
    return BarrierMap(asked(QueryDict(address)))


def told(address: str) -> BarrierMap:
    return mapped(f"layer=projects&{address}")


def documents(kind: str) -> list[dict[str, Any]]:
    return [record.data for record in Record.objects.of_kind(kind)]


def listed(list_query: str) -> int:
    filterset = ProjectFilterSet(QueryDict(list_query.removeprefix("?")))
    assert filterset.is_valid(), filterset.errors
    assert filterset.unknown == []
    return filterset.total


def tallies(barrier_map: BarrierMap) -> Iterator[Tally]:
    for row in barrier_map.rows:
        assert row.total
        if not row.is_outside:
            yield row.total
        yield from (cell.tally for cell in row.cells if cell.tally and not cell.is_outside)
    yield barrier_map.total
    if not barrier_map.chosen_columns:
        yield from barrier_map.column_totals


def assert_true(tally: Tally) -> None:
    assert listed(tally.list_query) == tally.projects, tally.list_query
    assert sum(share.projects for share in tally.shares) >= tally.projects
    for share in tally.shares:
        assert listed(share.list_query) == share.projects > 0, share.list_query


def some(found: Iterator[Tally]) -> list[Tally]:
    """A sample with few of those that are zero, as most are."""
    rng, every = random.Random(1), list(found)  # noqa: S311 - which are tried is no secret
    filled = [tally for tally in every if tally.projects]
    empty = [tally for tally in every if not tally.projects]
    return rng.sample(filled, min(len(filled), 8)) + rng.sample(empty, min(len(empty), 4))


@pytest.fixture
def naming_projects() -> None:
    """Forty projects whose reports name actors and scenarios at random, some on no source's word."""
    rng = random.Random(7)  # noqa: S311 - what is reported here is no secret
    barriers = sorted(barrier["slug"] for barrier in documents("barrier"))[:5]
    made_up = []
    for number in range(40):
        reports: list[dict[str, Any]] = []
        for index in range(rng.choice([1, 2, 3])):
            report = {"key": f"r{index}", "barrier": rng.choice(barriers), "stance": rng.choice(list(Stance)).value}
            for name, values in (("scenarios", ["v2g", "v2h", "v2x"]), ("actors", ["dso", "oem", "tso"])):
                if chosen := rng.sample(values, rng.choice([0, 1, 2])):
                    report[name] = chosen
            reports.append(report)
        basis = {"barriers_met": [rng.choice([CITED, JUDGED])]}
        if "actors" in reports[0]:
            basis["barriers_met/r0/actors"] = [rng.choice([CITED, JUDGED])]
        made_up.append(
            project(f"naming-{number}", barriers_met=reports, countries=[rng.choice(["DK", "NL"])], basis=basis)
        )
    apply_documents(made_up, reason="A test", by="tests")


# The layer of literature


@pytest.mark.parametrize(("by", "field"), [("actor", "actors"), ("scenario", "scenarios")])
def test_the_layer_of_literature_holds_exactly_the_links_of_the_documents(by: str, field: str) -> None:
    barrier_map = mapped(f"by={by}")
    found = {
        (row.barrier.slug, cell.column.slug): cell.link.role and cell.link.role.value
        for row in barrier_map.rows
        for cell in row.cells
        if cell.link
    }
    expected = {
        (barrier["slug"], item["actor"] if by == "actor" else item): item["role"] if by == "actor" else None
        for barrier in documents("barrier")
        for item in barrier[field]
    }
    assert found == expected
    assert len(found) > 30
    assert all(cell.tally is None for row in barrier_map.rows for cell in row.cells)


def test_each_link_says_who_states_it_or_that_we_read_it_and_from_what() -> None:
    barriers = {barrier["slug"]: barrier for barrier in documents("barrier")}
    words = set()
    for by, folder in (("actor", "actors"), ("scenario", "scenarios")):
        for (slug, term), link in mapped(f"by={by}").links.items():
            entries = barriers[slug]["basis"].get(f"{folder}/{term}") or barriers[slug]["basis"][folder]
            stated = [entry for entry in entries if entry["kind"] == "cited"]
            references = [name for entry in stated or entries for name in entry["references"]]
            assert (link.is_stated, list(link.references)) == (bool(stated), references)
            said = "the paper" if references == [PAPER] else "other literature"
            if PAPER in references and len(references) > 1:
                said = "the paper and other literature"
            assert said in link.provenance
            assert link.provenance.startswith("our reading of") == (not stated)
            words.add(link.provenance)
    assert {"the paper says so", "other literature says so", "our reading of the paper"} <= words


def test_the_sources_of_links_are_counted() -> None:
    barrier_map = mapped()
    counts = barrier_map.link_counts
    assert sum(counts.values()) == len(barrier_map.links)
    assert counts["paper"] == sum(link.provenance == "the paper says so" for link in barrier_map.links.values())
    assert all(counts.values())


def test_cited_only_leaves_our_own_readings_aside() -> None:
    everything, cited = mapped().links, mapped("cited_only=1").links
    assert cited == {where: link for where, link in everything.items() if link.is_stated}
    assert 0 < len(cited) < len(everything)


def test_fifteen_barriers_stand_by_typology_the_papers_own_five_first_in_each() -> None:
    barrier_map = mapped()
    groups = [(typology.slug, [row.barrier for row in rows]) for typology, rows in barrier_map.groups]
    assert len({slug for slug, _ in groups}) == len(groups) == 4
    assert sum(len(barriers) for _, barriers in groups) == 15
    for slug, barriers in groups:
        assert {barrier.typology.slug for barrier in barriers} == {slug}
        assert [barrier.from_paper for barrier in barriers] == sorted(
            (barrier.from_paper for barrier in barriers), reverse=True
        )
    named = {row.barrier.slug for row in barrier_map.rows if row.barrier.from_paper}
    assert named == {one["slug"] for one in documents("barrier") if one["basis"]["name"][0]["kind"] == "cited"}
    assert len(named) == 5


def test_columns_are_all_actors_or_the_papers_scenarios_and_those_linked() -> None:
    actors = {term["slug"] for term in documents("term") if term["scheme"] == "actor"}
    assert {column.slug for column in mapped().columns} == actors
    assert [column.slug for column in mapped("by=scenario").columns] == ["v1g", "v2b", "v2g", "v2h", "v2l", "v2v"]
    assert told("by=scenario").columns[0].slug == "not-reported"


# The layer of projects

FILTERS = [
    "",
    "tier=V2X",
    "country=NL&country=DK",
    "stance=overcome&stance=addressed",
    "barrier=standardisation&barrier=upfront-cost",
    "typology=technical&active=2018..2024",
    "actor=dso",
    "actor=not-reported",
    "cited_only=1",
    "q=battery",
    "report_actor=dso&report_actor=not-reported",
    "report_scenario=v2g",
    "barrier=not-reported",
    "cited_only=1&report_actor=oem&stance=reported",
]


@pytest.mark.parametrize("by", By)
def test_every_number_on_the_map_is_the_length_of_the_list_behind_it(by: By) -> None:
    for tally in spread(tallies(told(f"by={by}")), 24):
        assert_true(tally)


@pytest.mark.parametrize("by", By)
def test_every_number_is_the_length_of_its_list_under_any_filter(by: By) -> None:
    for filters in spread(FILTERS, 2):
        for tally in some(tallies(told(f"by={by}&{filters}"))):
            assert_true(tally)


@pytest.mark.usefixtures("naming_projects")
@pytest.mark.parametrize("by", By)
def test_numbers_are_true_too_where_reports_name_actors_and_scenarios(by: By) -> None:
    for filters in spread(FILTERS, 2):
        for tally in some(tallies(told(f"by={by}&{filters}"))):
            assert_true(tally)


@pytest.mark.usefixtures("naming_projects")
def test_a_report_counts_under_what_it_names_itself_else_under_not_reported() -> None:
    reports = [
        (one["slug"], report) for one in documents("project") for report in one.get("barriers_met", []) if one["slug"]
    ]
    for by in By:
        for row in told(f"by={by}").rows:
            for cell in row.cells:
                column = cell.column.slug
                expected = {
                    slug
                    for slug, report in reports
                    if report["barrier"] == row.barrier.slug
                    and (column in report[f"{by}s"] if f"{by}s" in report else column == "not-reported")
                }
                assert cell.tally
                assert cell.tally.projects == len(expected), (row.barrier.slug, column)


@pytest.mark.parametrize("by", By)
def test_all_reports_are_counted_and_those_that_name_somebody(by: By) -> None:
    reports = [report for one in documents("project") for report in one.get("barriers_met", [])]
    barrier_map = told(f"by={by}")
    assert barrier_map.total.reports == len(reports) > 100
    assert barrier_map.naming == sum(f"{by}s" in report for report in reports)
    for row in barrier_map.rows:
        assert row.total
        assert row.total.reports == sum(report["barrier"] == row.barrier.slug for report in reports)


def test_what_literature_links_never_counts_as_reported() -> None:
    assert any(cell.link for row in mapped().rows for cell in row.cells if cell.column.slug == "dso")
    cells = [cell for row in told("").rows for cell in row.cells]
    assert all(cell.link is None for cell in cells)
    assert sum(cell.tally.projects for cell in cells if cell.tally and cell.column.slug == "dso") == 0


def test_a_filter_of_barriers_leaves_the_others_outside() -> None:
    rows = told("typology=technical&barrier=standardisation").rows
    assert [row.barrier.slug for row in rows if not row.is_outside] == ["standardisation"]
    columns = told("report_actor=dso").rows[0].cells
    assert [cell.column.slug for cell in columns if not cell.is_outside] == ["dso"]


def test_the_number_of_queries_does_not_grow_with_what_is_there() -> None:
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            barrier_map = mapped(address)
            assert barrier_map.rows
            assert barrier_map.total.reports >= 0
            actor_sides(barrier_map)
        return len(captured)

    addresses = ["", "by=scenario", "layer=projects", "layer=projects&by=scenario&tier=V2X", "actor=dso&actor=tso"]
    before = {address: queries(address) for address in addresses}
    report = {"barrier": "standardisation", "stance": "addressed", "actors": ["dso"], "scenarios": ["v2h"]}
    many = [
        project(f"many-{number}", barriers_met=[report | {"key": f"r{index}"} for index in range(3)])
        for number in range(30)
    ]
    apply_documents(many, reason="A test", by="tests")
    held_lists.read()
    assert {address: queries(address) for address in addresses} == before
    assert max(before.values()) <= 16


# The side of an actor


def side_of(actor: str, filters: str = "") -> ActorSide:
    (side,) = actor_sides(mapped(f"actor={actor}&{filters}"))
    return side


def all_actors() -> list[str]:
    return sorted(term["slug"] for term in documents("term") if term["scheme"] == "actor")


def test_the_side_of_each_actor_holds_what_the_documents_link() -> None:
    barriers, measures, topics = documents("barrier"), documents("measure"), documents("research-topic")
    for actor in all_actors():
        side = side_of(actor)
        roles = {
            barrier["slug"]: item["role"]
            for barrier in barriers
            for item in barrier["actors"]
            if item["actor"] == actor
        }
        assert {entry.barrier.slug for entry in side.causes} == {
            slug for slug, role in roles.items() if role in ("source", "both")
        }
        assert {entry.barrier.slug for entry in side.bears} == {
            slug for slug, role in roles.items() if role in ("affected", "both")
        }
        assert {measure.slug for measure in side.measures} == {
            measure["slug"] for measure in measures if actor in measure.get("actors", [])
        }
        assert {topic.slug: {barrier.slug for barrier in barriers} for topic, barriers in side.topics} == {
            topic["slug"]: found for topic in topics if (found := set(topic.get("addresses", [])) & set(roles))
        }


@pytest.mark.usefixtures("naming_projects")
def test_the_numbers_of_a_side_are_the_lengths_of_their_lists() -> None:
    filters = ("", "tier=V2X", "cited_only=1", "stance=overcome", "country=DK")
    for actor, filtered in spread(product(("dso", "oem", "ev-user"), filters), 4):
        side = side_of(actor, filtered)
        for tally in some(entry.tally for entry in (*side.causes, *side.bears)):
            assert_true(tally)
        assert_true(side.done)
        assert {report.stance for report in side.told} <= {Stance.ADDRESSED, Stance.OVERCOME}
        assert len({report.project_id for report in side.told}) == side.done.projects > 0


def test_projects_that_did_nothing_about_it_are_not_told_of() -> None:
    side = side_of("dso", "stance=reported")
    assert (side.done.projects, side.told) == (0, [])
    assert side_of("dso").done.projects > 0


def test_several_actors_have_a_side_each_and_not_reported_has_none() -> None:
    sides = actor_sides(mapped("actor=dso&actor=tso&actor=not-reported"))
    assert [side.actor.slug for side in sides] == ["dso", "tso"]
    assert actor_sides(mapped()) == []


# What is asked


@pytest.mark.parametrize(
    ("address", "name", "message"),
    [
        ("by=actr", "by", "“actr” is no value of it. Did you mean “actor”?"),
        ("layer=project", "layer", "“project” is no value of it. Did you mean “projects”?"),
        ("layer=projects&layer=literature", "layer", "It is given 2 times. Give it once."),
        ("set=figure-7", "set", "“figure-7” is no value of it. Known: v2xkb-15."),
        ("contry=DK", "contry", "There is no such parameter. Did you mean “country”?"),
        ("lyer=projects", "lyer", "There is no such parameter. Did you mean “layer”?"),
        ("tier=V3X", "tier", "“V3X” is no value of it. Did you mean “V2X”?"),
        ("page=2", "page", "It is not offered here."),
        ("format=csv", "format", "It is not offered here."),
    ],
)
def test_what_the_map_does_not_know_is_refused_with_the_nearest_right_one(
    address: str, name: str, message: str
) -> None:
    with pytest.raises(WrongSelection) as caught:
        asked(QueryDict(address))
    assert caught.value.faults == {name: [message]}


def test_any_query_of_the_list_of_projects_is_a_query_of_the_map() -> None:
    address = "active=2016..2019&actor=dso&barrier=standardisation&country=DK&country=NL&q=pilot&tier=V2X"
    request = asked(QueryDict(f"{address}&by=scenario&layer=projects"))
    assert request.list_query() == f"?{address}"
    assert request.query() == f"?{address.replace('country', 'by=scenario&country', 1)}".replace(
        "&q=", "&layer=projects&q="
    )
    assert request.query(by=[By.ACTOR], layer=[Layer.LITERATURE]) == f"?{address}"


def test_another_set_of_barriers_has_a_map_of_its_own() -> None:
    values: dict[str, Any] = {"name": "Other", "description": "Another selection."}
    other = data("barrier-set", "other-set", **values, basis={name: [JUDGED] for name in values})
    values = {
        "set": "other-set",
        "name": "Other barrier",
        "description": "Something else.",
        "typology": "technical",
        "actors": [{"actor": "dso", "role": "both"}],
    }
    barrier = data("barrier", "other-barrier", **values, basis={name: [JUDGED] for name in values})
    report = {"key": "r", "barrier": "other-barrier", "stance": "addressed", "actors": ["dso"]}
    reporting = project("other-project", barriers_met=[report])
    apply_documents([made(other), made(barrier), reporting], reason="A test", by="tests")
    for name, count in (("other-set", 1), ("v2xkb-15", 15)):
        barrier_map = told(f"set={name}&actor=dso")
        assert len(barrier_map.rows) == count
        for tally in spread(tallies(barrier_map), 24):
            assert_true(tally)
        (side,) = actor_sides(barrier_map)
        assert_true(side.done)
    assert told("set=other-set").total.projects == 1
