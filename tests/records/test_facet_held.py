"""What a process holds of a list is that of the present revision: mended where little changed, else read anew."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.http import QueryDict

from barriers.filtersets import BarrierFilterSet
from projects.filtersets import OrganisationFilterSet, ProjectFilterSet
from projects.models import Project
from tests.records import made
from tests.records.test_facet_matches import in_sql, told
from tests.records.test_facets import FILTERSETS
from tests.sweeps import spread
from v2xkb.records import facet_held, facet_state
from v2xkb.records.apply import GONE, apply_documents
from v2xkb.records.identifiers import mint
from v2xkb.records.models import Record
from v2xkb.records.reading import validated

pytestmark = pytest.mark.usefixtures("knowledge_base")

QUERIES = (
    *(
        "cited_only=1",
        "family=parent",
        "country=DK",
        "country__all=DE&sort=-start",
        "actor=oem&cited_only=1",
    ),
    *("organisation=dtu&role=research-partner", "barrier=standardisation&stance=addressed", "typology=technical"),
    *("active=2016..2019", "chargers=1..9", "q=parker", "part_of=scale", "scenario=v2g&start__isnull=true"),
    "status=not-reported",
)


def as_in_sql() -> None:
    for query in spread(QUERIES, 7):
        held = ProjectFilterSet(QueryDict(query))
        assert held.held is not None
        assert told(held) == told(in_sql(ProjectFilterSet, query)), query
    for filterset in FILTERSETS:
        assert told(filterset()) == told(in_sql(filterset, ""))


def changed(kind: str, slug: str, change: Callable[[dict[str, Any]], None]) -> None:
    """Makes another document of a record live."""
    data = Record.objects.get(kind=kind, slug=slug).data
    change(data)
    apply_documents([validated(data, slug, kind)], reason="A test.", by="tester")


@pytest.fixture
def never_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists of projects are held already, and must not be read anew."""
    read = facet_state.read_state

    def refused(asked: Any, *args: Any, **options: Any) -> Any:
        assert not isinstance(asked, ProjectFilterSet)
        return read(asked, *args, **options)

    monkeypatch.setattr("v2xkb.records.facet_held.read_state", refused)


def named_otherwise(data: dict[str, Any]) -> None:
    data["name"] = "Zebra of the north"


def named_yak(data: dict[str, Any]) -> None:
    data["name"] = "Yak of the south"


def without_barriers(data: dict[str, Any]) -> None:
    data.pop("barriers_met", None)
    data["basis"] = {path: bases for path, bases in data["basis"].items() if not path.startswith("barriers_met")}


def without_relations(data: dict[str, Any]) -> None:
    data.pop("related", None)


def elsewhere(data: dict[str, Any]) -> None:
    data["slug"] = f"{data['slug']}-elsewhere"


@pytest.mark.usefixtures("never_anew")
@pytest.mark.parametrize("change", [named_otherwise, without_barriers, elsewhere])
def test_a_changed_project_is_mended(change: Callable[[dict[str, Any]], None]) -> None:
    reporting = Record.objects.filter(pk__in=Project.objects.exclude(barrierreport_rows=None).values("pk"))
    alone = reporting.filter(backlinks=None).first()
    assert alone
    changed("project", alone.slug, change)
    as_in_sql()


@pytest.mark.usefixtures("never_anew")
def test_what_a_project_says_of_another_is_counted_with_the_other() -> None:
    part = Project.objects.filter(relation_rows__kind="part-of").first()
    assert part
    before = ProjectFilterSet(QueryDict("family=part")).total
    changed("project", part.slug, without_relations)
    assert ProjectFilterSet(QueryDict("family=part")).total == before - 1
    as_in_sql()


@pytest.mark.usefixtures("never_anew")
def test_projects_that_came_and_went_are_mended() -> None:
    data = Record.objects.get(kind="project", slug="parker").data
    data |= {"slug": "another-parker", "id": mint("another-parker"), "name": "Another Parker"}
    apply_documents([validated(data, "another", "project")], reason="A test.", by="tester")
    as_in_sql()
    apply_documents([], reason="A test.", by="tester", withdraw={data["id"]: GONE})
    as_in_sql()


@pytest.mark.usefixtures("never_anew")
def test_an_organisation_that_is_named_otherwise_is_shown_so() -> None:
    changed("organisation", "dtu", named_otherwise)
    as_in_sql()
    options = next(facet.options for facet in ProjectFilterSet().facets() if facet.name == "organisation")
    assert "Zebra of the north" in [str(option.label) for option in options]


def test_a_barrier_of_another_class_is_counted_so_with_the_projects_that_met_it() -> None:
    slug, other = Record.objects.filter(kind="barrier").values_list("slug", flat=True)[:1][0], "technical"

    def classed_otherwise(data: dict[str, Any]) -> None:
        data["typology"] = other if data["typology"] != other else "economic"

    before = BarrierFilterSet(QueryDict("typology=technical")).total
    changed("barrier", slug, classed_otherwise)
    assert BarrierFilterSet(QueryDict("typology=technical")).total != before
    as_in_sql()


def test_what_was_taken_back_is_counted_no_more() -> None:
    with transaction.atomic():
        changed("project", "parker", without_barriers)
        within = ProjectFilterSet().stamp
        assert told(ProjectFilterSet()) == told(in_sql(ProjectFilterSet, ""))
        transaction.set_rollback(True)
    assert told(ProjectFilterSet()) == told(in_sql(ProjectFilterSet, ""))
    changed("project", "parker", named_otherwise)
    assert ProjectFilterSet().stamp != within
    as_in_sql()


def test_who_reads_an_earlier_revision_asks_the_database() -> None:
    early = OrganisationFilterSet()
    assert early.stamp
    for change in (named_otherwise, named_yak, named_otherwise):
        changed("organisation", "dtu", change)
        assert OrganisationFilterSet().held is not None
    assert early.held is None
    assert told(early) == told(in_sql(OrganisationFilterSet, ""))


def test_of_a_part_of_a_list_nothing_is_held() -> None:
    some = ProjectFilterSet(QueryDict("country=DK"), Project.objects.filter(tier="v1g"))
    assert some.held is None
    assert some.total == sum(project.tier == "v1g" for project in ProjectFilterSet(QueryDict("country=DK")).qs)


def test_names_that_were_read_while_a_revision_came_are_not_held() -> None:
    asked = ProjectFilterSet(QueryDict())
    key, stamp = ("default", ProjectFilterSet), asked.stamp
    del facet_held.vocabularies[key].kept[stamp]

    def read() -> facet_held.Vocabularies:
        apply_documents([made.project("came-meanwhile")], reason="A test", by="tests")
        return {}

    assert facet_held.vocabularies_at(asked, "default", stamp, read) is None
    assert stamp not in facet_held.vocabularies[key].kept
    assert ProjectFilterSet(QueryDict("scenario=v2g")).is_valid()
