"""The files of a release: the same whenever they are made, true to the records, and what their formats ask for."""

import csv
import io
import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from tests.records import made
from v2xkb.records import registry
from v2xkb.records.documents import Document
from v2xkb.records.models import Record
from v2xkb.releases.building import Built, build, canonical_files
from v2xkb.releases.contents import Role
from v2xkb.releases.states import State
from v2xkb.releases.tables import tables
from v2xkb.releases.verifying import MANIFEST, SUMS, digest

pytestmark = pytest.mark.usefixtures("knowledge_base")


def small(*documents: Document) -> State:
    return State({document.id: document for document in documents})


def test_documents_are_the_live_ones_byte_for_byte(built: Built) -> None:
    files = built.files[Role.CANONICAL]
    rows = Record.objects.values_list("kind", "slug", "document")
    wanted = {f"documents/{registry.kind(kind).folder}/{slug}.json": text.encode() for kind, slug, text in rows}
    assert {path: content for path, content in files.items() if path.startswith("documents/")} == wanted


def test_building_twice_gives_the_same_bytes(some: State) -> None:
    shuffled = State(dict(reversed(list(some.documents.items()))), some.withheld, some.revision, some.at)
    first, again = (build(state, "2026.1", "Notes.") for state in (some, shuffled))
    assert again.identity == first.identity
    assert list(again) == list(first)


def test_the_archive_is_stored_with_one_date_for_all_and_in_order(built: Built) -> None:
    with zipfile.ZipFile(io.BytesIO(built.files[Role.DERIVED]["v2xkb-2026.1.zip"])) as archive:
        infos = archive.infolist()
    assert {(info.date_time, info.compress_type) for info in infos} == {((1980, 1, 1, 0, 0, 0), zipfile.ZIP_STORED)}
    names = [info.filename for info in infos]
    assert names == sorted(names)
    held = {**built.files[Role.CANONICAL], **built.files[Role.BESIDE]}
    assert set(names) == {f"v2xkb-2026.1/{path}" for path in held}


def test_the_identity_knows_neither_revision_nor_time_nor_notes_and_every_record(state: State) -> None:
    first = small(made.reference())
    elsewhere = State(first.documents, {}, 77, state.at)
    assert build(first, "2026.1").identity == build(elsewhere, "2026.1", "Other notes.").identity
    other = small(made.reference(publisher="Somebody"))
    assert build(first, "2026.1").identity != build(other, "2026.1").identity


def test_the_identity_is_the_digest_of_the_manifest_that_lists_all_canonical_files(built: Built) -> None:
    beside, canonical = built.files[Role.BESIDE], built.files[Role.CANONICAL]
    assert built.identity == digest(beside[MANIFEST])
    wanted = [f"{digest(content)}  {path}" for path, content in sorted(canonical.items())]
    assert beside[MANIFEST].decode().splitlines() == wanted
    told = {line.split("  ")[1] for line in beside[SUMS].decode().splitlines()}
    assert told == set(beside) - {SUMS}
    assert built.identity in beside["README.md"].decode()
    assert json.loads(beside["release.json"])["identity"] == built.identity


def test_tables_hold_every_value_with_the_key_of_its_row(built: Built) -> None:
    def rows(name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(built.files[Role.CANONICAL][f"data/{name}.csv"].decode())))

    document = Record.objects.get(kind="project", slug="parker").data
    (row,) = [one for one in rows("projects") if one["slug"] == "parker"]
    assert (row["id"], row["start_value"]) == (document["id"], document["start"]["value"])
    counts = [one for one in rows("projects_chargers_counts") if one["record"] == "parker"]
    wanted = [(part["key"], str(part["value"])) for part in document["chargers"]["counts"]]
    assert [(one["key"], one["value"]) for one in counts] == wanted
    cited = [one["value"] for one in rows("projects_basis_references") if one["record"] == "parker"]
    assert cited == [
        slug for path in document["basis"] for entry in document["basis"][path] for slug in entry.get("references", [])
    ]
    scenarios = [one["term"] for one in rows("projects_scenarios") if one["record"] == "parker"]
    assert scenarios == [part["term"] for part in document["scenarios"]]


def test_every_declared_table_has_columns_of_different_names_and_a_key_among_them() -> None:
    for table in tables():
        names = [column.name for column in table.columns]
        assert len(names) == len(set(names)), table.name
        assert {*table.key, *table.owned_by} <= set(names), table.name
        assert all(column.description for column in table.columns if column.name != "kind"), table.name
    assert len({table.name for table in tables()}) == len(tables())


def test_cells_are_exact_even_where_a_spreadsheet_would_compute() -> None:
    files = canonical_files(small(made.reference(title="=1+1, “two”")), "2026.1")
    (row,) = csv.DictReader(io.StringIO(files["data/references.csv"].decode()))
    assert row["title"] == "=1+1, “two”"


def test_the_database_links_every_row_and_its_documents_are_the_same(built: Built, tmp_path: Path) -> None:
    file = tmp_path / "release.sqlite3"
    file.write_bytes(built.files[Role.DERIVED]["v2xkb-2026.1.sqlite3"])
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        links = database.execute('PRAGMA foreign_key_list("projects_partners")').fetchall()
        assert {(link[2], link[3], link[4]) for link in links} == {
            ("organisations", "organisation", "slug"),
            ("projects", "record", "slug"),
            ("terms", "role", "slug"),
        }
        held = dict(database.execute("SELECT id, document FROM documents"))
        told = dict(database.execute("SELECT name, value FROM about_release"))
    assert held == dict(Record.objects.values_list("pid", "document"))
    assert told["identity"] == built.identity
