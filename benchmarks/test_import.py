"""How long a table of ten thousand rows takes to be looked at and to become a proposal, and how much memory at most.

V2XKB_BENCH_ROWS sets another number of rows. The peak is what the process had grown by since the measurement began.
"""

import csv
import io
import os
import resource

import openpyxl
import pytest
from django.contrib.auth.models import Group, User
from pytest_benchmark.fixture import BenchmarkFixture

from v2xkb.curation import import_work, imports
from v2xkb.curation.import_choices import ImportState, Work
from v2xkb.curation.import_models import Import
from v2xkb.curation.sheet_mapping import uses_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

ROWS = int(os.environ.get("V2XKB_BENCH_ROWS", "10000"))
HEADERS = (
    "name", "summary", "record_type", "tier", "status", "start", "end", "countries", "scenarios", "services",
    "connectors", "power_flow", "charger_kw", "charger_counts", "vehicle_models", "partners", "sites", "place",
)  # fmt: skip


def row(number: int) -> list[object]:
    return [
        f"Measured trial {number}", f"Made up as number {number}.", "pilot", "V2X", "completed", "2019-03", "2021",
        "DK; SE", "v2g (demonstrated)", "frequency-containment; peak-shaving", "chademo", "dc", "10; 7.4",
        "10 (two-way); 3 (connector, planned)", "Nissan Leaf; Nissan e-NV200", "DTU (coordinator-partner)",
        f"Site {number} (city: Lyngby, DK)", f"p. {number}",
    ]  # fmt: skip


def as_csv() -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows([HEADERS, *map(row, range(ROWS))])
    return written.getvalue().encode()


def as_xlsx() -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(HEADERS)
    for number in range(ROWS):
        sheet.append(row(number))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


@pytest.fixture
def author() -> User:
    author = User.objects.create_user("measurer")
    author.groups.add(Group.objects.get(name="Contributor"))
    return User.objects.get(pk=author.pk)


def checked(author: User, raw: bytes) -> Import:
    held = imports.upload(author, "measured", raw, "project")
    imports.choose(held.pk, uses_of(held.columns), "andersen-2019", remember=False)
    return look_at(held)


def look_at(held: Import) -> Import:
    import_work.run(held.pk, imports.ask(held.pk, Work.CHECK))
    held.refresh_from_db()
    assert (held.state, held.counts) == (ImportState.CHECKED, {"new": ROWS, "kept": 0}), held.faults
    return held


@pytest.mark.parametrize("made", [as_csv, as_xlsx])
def test_looking_at_every_row(benchmark: BenchmarkFixture, author: User, made: object) -> None:
    held = checked(author, made())  # type: ignore[operator]
    before = peak()
    benchmark.pedantic(look_at, args=(held,), rounds=1)
    benchmark.extra_info["MB more"] = peak() - before


def test_making_the_proposal(benchmark: BenchmarkFixture, author: User) -> None:
    held = checked(author, as_csv())
    imports.explain(held.pk, "Measured.", "name")
    number, before = imports.ask(held.pk, Work.PROPOSE), peak()
    benchmark.pedantic(import_work.run, args=(held.pk, number), rounds=1)
    print(f"\npeak of the process: {before} MB before, {peak()} MB after")
    held.refresh_from_db()
    assert held.state == ImportState.PROPOSED, held.faults
