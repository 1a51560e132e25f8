"""The doctor sees every kind of damage, and repairs what is derived."""

from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command

from projects.models import Project, ProjectConnector, ReportActor, Site
from tests.records import made
from v2xkb.records import doctor
from v2xkb.records.apply import apply_documents
from v2xkb.records.models import BasisEntry, Link, Record, Version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_database")]


@pytest.fixture(autouse=True)
def records(empty_database: None) -> None:
    barrier_set = made.data("barrier-set", "s", name="S", description="S.")
    barrier = made.data("barrier", "b", set="s", name="B", description="B.", typology="technical")
    for plain in (barrier_set, barrier):
        plain["basis"] = {name: [made.JUDGED] for name in plain if name not in ("kind", "id", "slug")}
    report = {"key": "b1", "barrier": "b", "stance": "reported", "actors": ["dso"]}
    site = {"key": "arena", "name": "Arena", "country": "NL", "lat": 52.3, "lon": 4.9}
    documents = [
        made.term("technical", "typology"),
        made.term("dso", "actor"),
        made.term("chademo", "connector"),
        made.made(barrier_set),
        made.made(barrier),
        made.project("alpha", connectors=["chademo"], sites=[site], barriers_met=[report]),
    ]
    apply_documents(documents, reason="test", by="tester")


DERIVED: dict[str, Callable[[], object]] = {
    "a changed column": lambda: Project.objects.update(status="ongoing"),
    "a lost row": lambda: ProjectConnector.objects.all().delete(),
    "a changed row": lambda: Site.objects.update(lat=1.0),
    "a wrong basis kind": lambda: ProjectConnector.objects.update(basis_kind="cited"),
    "a lost row of a row": lambda: ReportActor.objects.all().delete(),
    "a lost basis": lambda: BasisEntry.objects.filter(path="summary").delete(),
    "a lost link": lambda: Link.objects.filter(path="connectors/chademo").delete(),
    "a row too many": lambda: Site.objects.create(
        project=Project.objects.get(), key="x", name="X", country="NL", position=9
    ),
    "a whole table row lost": lambda: Project.objects.all().delete(),
    "a changed slug of a record": lambda: Record.objects.filter(slug="alpha").update(slug="beta"),
    "a changed label of a record": lambda: Record.objects.filter(slug="dso").update(label="Beta"),
    "a changed order of a record": lambda: Record.objects.filter(slug="dso").update(sort_key="zz"),
}
STORED: dict[str, Callable[[], object]] = {
    "a changed document": lambda: Record.objects.filter(slug="alpha").update(document="{}"),
    "a lost version": lambda: Version.objects.filter(slug="alpha").delete(),
    "a changed version": lambda: Version.objects.filter(slug="alpha").update(document="{}"),
}


def test_undamaged_records_are_well(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("doctor")
    assert "All is well: 6 records at revision" in capsys.readouterr().out


@pytest.mark.parametrize("damage", DERIVED.values(), ids=DERIVED)
def test_damage_to_what_is_derived_is_seen_and_repaired(damage: Callable[[], object]) -> None:
    damage()
    with pytest.raises(CommandError, match="problem"):
        call_command("doctor")
    call_command("doctor", "--repair")
    assert list(doctor.examine()) == []


@pytest.mark.parametrize("damage", STORED.values(), ids=STORED)
def test_damage_to_documents_and_history_is_seen(damage: Callable[[], object]) -> None:
    damage()
    with pytest.raises(CommandError):
        call_command("doctor")
