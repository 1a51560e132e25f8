"""`manage.py propose`: documents and spreadsheets become one proposal, or every problem is listed."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.curation.people import person
from tests.curation.sheets_made import csv_of, xlsx_of
from tests.records import made
from v2xkb.curation.choices import State, Way
from v2xkb.curation.models import Proposal, ProposedDocument
from v2xkb.records import canonical
from v2xkb.records.models import Record, Revision

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

HEADERS = ["name", "summary", "record_type", "tier"]
ROW = ["A new trial", "It is made up.", "pilot", "V2X"]


@pytest.fixture(autouse=True)
def contributor() -> Any:
    return person("Contributor", "curie")


def run(*files: Path, user: str = "curie", **options: Any) -> str:
    said = io.StringIO()
    arguments = {"reason": "To see it made.", "user": user, **options}
    call_command("propose", *map(str, files), stdout=said, stderr=said, **arguments)
    return said.getvalue()


def failure(*files: Path, **options: Any) -> str:
    said = io.StringIO()
    with pytest.raises(CommandError) as caught:
        call_command(
            "propose", *map(str, files), **{"reason": "x", "user": "curie", **options}, stdout=said, stderr=said
        )
    assert not Proposal.objects.exists()
    return f"{said.getvalue()}{caught.value}"


def written(folder: Path, name: str, raw: bytes) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(raw)
    return file


def document(folder: Path, **values: Any) -> Path:
    data = made.project_data("from-a-file", **values)
    return written(folder, "projects/from-a-file.json", canonical.dump(data).encode())


def test_documents_and_tables_become_one_proposal_that_waits_for_review(tmp_path: Path) -> None:
    before = Revision.objects.current()
    document(tmp_path)
    table = written(tmp_path, "trials.csv", csv_of([*HEADERS, "page"], [*ROW, "x"], ["PARKER", "", "", "", ""]))
    said = run(tmp_path / "projects", table, kind="project", source="andersen-2019")
    proposal = Proposal.objects.get()
    assert f"Proposal {proposal.pk} waits for review: 2 new or changed, 1 unchanged." in said
    assert "passed over: page: the address of a record's page follows from its slug" in said
    assert (proposal.state, proposal.way, proposal.reason) == (State.SUBMITTED, Way.IMPORT, "To see it made.")
    assert [one.slug for one in ProposedDocument.objects.of(proposal)] == ["from-a-file", "a-new-trial"]
    assert Revision.objects.current() == before


def test_every_problem_of_every_file_is_listed_and_nothing_is_proposed(tmp_path: Path) -> None:
    document(tmp_path, tier="V9X")
    table = written(tmp_path, "trials.xlsx", xlsx_of(HEADERS, ROW, ["Bad", "It is.", "plot", "V2X"]))
    other = written(tmp_path, "old.csv", b"name\n\xfc")
    said = failure(tmp_path / "projects", table, other, kind="project", source="andersen-2019")
    assert "from-a-file.json: tier:" in said
    assert "trials.xlsx: C3 (record_type): this is none of the values the column takes (value: plot)." in said
    assert "old.csv: the file is not UTF-8" in said
    assert said.endswith("3 problems: nothing was proposed.")


def test_what_is_missing_or_misspelt_is_told_with_its_remedy(tmp_path: Path) -> None:
    table = written(tmp_path, "trials.csv", csv_of(["Titel", *HEADERS[1:]], ROW))
    assert "Say it with --kind" in failure(table)
    assert "Did you mean “project”?" in failure(table, kind="projct")
    assert "there is no such column (value: Titel)" in failure(table, kind="project")
    assert "the file has no such column (value: Title). Did you mean “Titel”?" in failure(
        table, kind="project", leave_out=["Title"]
    )
    assert "Did you mean “andersen-2019”?" in failure(table, kind="project", source="anderson-2019")
    assert "Did you mean “curie”?" in failure(table, kind="project", user="curry")
    assert "there is no such file" in failure(tmp_path / "none.json")
    assert "cannot be read" in failure(tmp_path / "none.csv", kind="project")


def test_somebody_without_a_role_proposes_nothing(tmp_path: Path) -> None:
    person(None, "stranger")
    assert "Your role does not include proposing" in failure(document(tmp_path), user="stranger")


def test_values_are_replaced_only_on_demand_and_columns_left_out(tmp_path: Path) -> None:
    table = written(tmp_path, "trials.csv", csv_of(["slug", "status", "Colour"], ["parker", "ongoing", "red"]))
    options: dict[str, Any] = {"kind": "project", "source": "andersen-2019", "leave_out": ["Colour"]}
    said = run(table, **options)
    assert "kept as they are, though cells differ: 1 rows" in said
    assert "0 changes: 1 unchanged. Nothing was proposed." in said
    assert not Proposal.objects.exists()
    assert "1 new or changed" in run(table, replace=True, **options)
    (proposed,) = ProposedDocument.objects.of(Proposal.objects.get())
    assert proposed.data
    assert proposed.data["status"] == "ongoing"
    assert proposed.base == Record.objects.at("project", "parker").get().version
