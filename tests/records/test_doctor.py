"""The doctor sees every kind of damage, and repairs what is derived."""

from collections.abc import Callable, Iterator
from typing import Any
from weakref import WeakValueDictionary

import pytest
from django.core.management import CommandError, call_command
from django.db.models import QuerySet
from django.db.models.signals import post_init

from projects.models import Project, ProjectConnector, ReportActor, Site
from tests.records import made
from v2xkb.records import doctor
from v2xkb.records.apply import apply_documents
from v2xkb.records.models import BasisEntry, Link, Record, SearchEntry, Version

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


@pytest.mark.parametrize("piece", [1, 4])
def test_the_report_is_the_same_however_many_records_are_looked_at_at_once(
    monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    for name in ("a changed column", "a changed row", "a lost basis", "a lost link", "a changed label of a record"):
        DERIVED[name]()
    STORED["a changed version"]()
    BasisEntry.objects.filter(path="scheme").delete()
    BasisEntry.objects.filter(path="label").update(place="p. 1")
    SearchEntry.objects.filter(record__slug="alpha").update(a="other")
    # The table of one kind has a row of another's record, which no record of the first kind stands for.
    owner = Record.objects.get(slug="dso")
    Project.objects.create(record=owner, pid="x", slug="x", sort_key="x", name="X", record_type="pilot", tier="V2X")
    whole = [str(problem) for problem in doctor.examine()]
    monkeypatch.setattr(doctor, "BATCH", piece)
    assert [str(problem) for problem in doctor.examine()] == whole
    assert [problem.partition(":")[0] for problem in whole] == [
        "term/dso",
        "project/alpha",
        *["projects.Project"] * 3,
        *["projects.Site"] * 2,
        *["records.BasisEntry"] * (1 + 3 + 3 * 2),
        "records.Link",
        "project/alpha",
    ]


def test_no_more_is_held_at_once_than_a_piece_of_the_records_and_their_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    piece, bases = 4, 8
    apply_documents([made.project(f"many-{at}") for at in range(10 * piece)], reason="test", by="tester")
    monkeypatch.setattr(doctor, "BATCH", piece)
    alive: WeakValueDictionary[int, Record] = WeakValueDictionary()
    held, read = [0], [0]

    def note(instance: Record, **_: object) -> None:
        alive[id(instance)] = instance
        held.append(len(alive))

    def counting(rows: QuerySet[Any]) -> Iterator[doctor.Row]:
        found = list(stored_rows(rows))
        read.append(len(found))
        yield from found

    stored_rows = doctor.stored_rows
    monkeypatch.setattr(doctor, "stored_rows", counting)
    post_init.connect(note, sender=Record)
    try:
        assert list(doctor.record_problems()) == []
    finally:
        post_init.disconnect(note, sender=Record)
    assert piece <= max(held) <= 2 * piece
    assert piece <= max(read) <= piece * bases
