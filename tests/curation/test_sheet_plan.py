"""What the rows of a table would do: new, changed, the same or wrong, each by its cell; and nothing unasked."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from django.test import Client

from tests.curation.sheets_made import csv_of, xlsx_of
from tests.curation.written_cells import row_of
from tests.records import made
from v2xkb.curation import sheet_plan
from v2xkb.curation.sheet_files import read_sheet
from v2xkb.curation.sheet_mapping import Use, mapped, mapping_problems, suggested
from v2xkb.curation.sheet_merging import Policy
from v2xkb.curation.sheet_plan import Outcome, Plan, PlannedRow
from v2xkb.records import registry
from v2xkb.records.apply import apply_documents
from v2xkb.records.models import Record
from v2xkb.records.problems import Problem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

SOURCE = "andersen-2019"
CITED = [{"kind": "cited", "references": [SOURCE]}]


def planned(
    raw: bytes, kind: str = "project", *, source: str = SOURCE, replace: Sequence[str] = ()
) -> list[PlannedRow]:
    declared, sheet = registry.kind(kind), read_sheet(raw, "table")
    uses: dict[str, Use | None] = suggested(declared, sheet.headers)
    for header in replace:
        uses[header] = Use(header, Policy.REPLACE)
    assert mapping_problems(declared, "table", sheet.headers, uses) == []
    return list(Plan(declared, sheet, mapped(declared, sheet.headers, uses), source).rows())


def one(values: Mapping[str, Any], kind: str = "project", **options: Any) -> PlannedRow:
    (row,) = planned(xlsx_of(list(values), list(values.values())), kind, **options)
    return row


def new(**values: Any) -> dict[str, Any]:
    needed = {"name": "A new trial", "summary": "It is made up.", "record_type": "pilot", "tier": "V2X"}
    return {**needed, **{name.replace("__", "/"): value for name, value in values.items()}}


def said(row: PlannedRow) -> dict[str, str]:
    return {problem.cell: f"{problem.message}. {problem.remedy}" for problem in row.problems}


def document_of(row: PlannedRow) -> dict[str, Any]:
    assert row.data is not None, [str(problem) for problem in row.problems]
    return row.data


def header_problems(headers: Sequence[str], kind: str = "project") -> list[Problem]:
    sheet = read_sheet(csv_of(headers), "table")
    return mapping_problems(registry.kind(kind), "table", sheet.headers, suggested(registry.kind(kind), sheet.headers))


def test_our_own_csv_of_all_projects_changes_nothing(client: Client) -> None:
    raw = b"".join(client.get("/projects/?format=csv"))
    rows = planned(raw, source="")
    assert len(rows) == Record.objects.of_kind("project").count()
    assert {row.outcome for row in rows} == {Outcome.SAME}
    assert [row for row in rows if row.changes] == []


@pytest.mark.parametrize("kind", registry.kinds(), ids=str)
def test_what_columns_say_of_a_live_record_is_what_they_read_of_it(kind: registry.Kind) -> None:
    """Every column of every kind: what its cell would say of each live record changes nothing."""
    records = [record.data for record in Record.objects.of_kind(kind.name)]
    headers, rows = row_of(kind, records)
    found = planned(xlsx_of(headers, *rows), kind.name, source="", replace=[])
    assert len(found) == len(records)
    wrong = [(row.slug, [str(problem) for problem in row.problems], row.changes) for row in found]
    assert [entry for entry in wrong if entry[1] or entry[2]] == []


def test_a_new_record_gets_a_slug_an_id_and_a_basis_for_every_value() -> None:
    row = one(new(countries="Denmark; SE", start=2019, partners="DTU (coordinator-partner)", sites="Lyngby (DK)"))
    assert (row.outcome, row.slug, row.base) == (Outcome.NEW, "a-new-trial", 0)
    document = document_of(row)
    assert document["countries"] == ["DK", "SE"]
    assert document["start"] == {"value": "2019"}
    assert document["partners"] == [{"key": "dtu", "organisation": "dtu", "role": "coordinator-partner"}]
    assert document["sites"] == [{"key": "lyngby", "name": "Lyngby", "country": "DK"}]
    assert set(document["basis"]) == {
        "countries", "name", "partners", "record_type", "sites", "start", "summary", "tier"
    }  # fmt: skip
    assert all(entries == CITED for entries in document["basis"].values())


def test_a_row_may_name_its_own_source_place_and_reading() -> None:
    reference = Record.objects.at("reference", SOURCE).get().data
    place = {"place": "p. 3", "read": dt.date(2024, 5, 6)}
    for name in filter(None, (SOURCE, reference.get("url"), reference.get("doi"))):
        document = document_of(one(new(source=name, **place), source=""))
        assert document["basis"]["name"] == [{**CITED[0], "place": "p. 3", "read": "2024-05-06"}]


def test_a_value_without_a_basis_is_an_error_with_its_cells() -> None:
    row = one(new(), source="")
    assert row.outcome == Outcome.ERROR
    assert said(row) == {
        "A2": "the value has no basis (and those in B2, C2, D2). Fill the column source, or reason, or choose one "
        "reference for the whole file."
    }


def test_a_source_that_does_not_exist_is_an_error_naming_the_nearest() -> None:
    assert said(one(new(source="anderson-2019"))) == {
        "E2": "there is no reference of this name. Did you mean “andersen-2019”?"
    }


def test_an_empty_cell_changes_nothing() -> None:
    row = one({"slug": "parker", "status": None, "countries": "", "start": " "}, replace=["status", "countries"])
    assert (row.outcome, row.changes) == (Outcome.SAME, [])


def test_a_value_that_differs_is_kept_unless_replacing_was_asked_for() -> None:
    row = one({"slug": "parker", "status": "ongoing", "countries": "SE"})
    assert row.outcome == Outcome.SAME
    assert [(change.cell, change.path, change.old, change.new, change.verdict) for change in row.changes] == [
        ("B2", "status", "completed", "ongoing", "kept"),
        ("C2", "countries", "DK", "SE", "kept"),
    ]
    row = one({"slug": "parker", "status": "ongoing", "countries": "SE"}, replace=["countries"])
    assert row.outcome == Outcome.CHANGED
    assert [change.verdict for change in row.changes] == ["kept", "replaced"]
    document = document_of(row)
    assert (document["status"], document["countries"]) == ("completed", ["SE"])
    assert document["basis"]["countries"] == CITED


def test_a_gap_is_filled_and_everything_else_stays_as_it_was() -> None:
    live = Record.objects.at("project", "parker").get().data
    row = one({"slug": "parker", "start/kind": "launch", "funding": "By a programme."})
    document = document_of(row)
    assert document["start"] == {"value": "2016", "kind": "launch"}
    assert document["basis"]["start"] == live["basis"]["start"]
    assert document["basis"]["start/kind"] == document["basis"]["funding"] == CITED
    changed = {"start", "funding", "basis"}
    assert {name: value for name, value in document.items() if name not in changed} == {
        name: value for name, value in live.items() if name not in changed
    }
    assert {path: entries for path, entries in live["basis"].items() if document["basis"].get(path) != entries} == {}


def test_parts_that_stay_keep_their_basis_and_new_ones_get_the_rows() -> None:
    live = Record.objects.at("project", "parker").get().data
    cell = "frequency-containment; peak-shaving"
    document = document_of(one({"slug": "parker", "services": cell}, replace=["services"]))
    assert document["services"] == ["frequency-containment", "peak-shaving"]
    assert document["basis"]["services"] == live["basis"]["services"]
    assert document["basis"]["services/peak-shaving"] == CITED
    document = document_of(
        one({"slug": "parker", "chargers/counts": "10; 7 (connector, planned)"}, replace=["chargers/counts"])
    )
    assert document["chargers"]["counts"] == [
        {"key": "c1", "value": 10},
        {"key": "c2", "value": 7, "state": "planned", "unit": "connector"},
    ]
    assert document["basis"]["chargers/counts"] == live["basis"]["chargers/counts"]
    assert document["basis"]["chargers/counts/c2"] == CITED


def test_a_list_that_is_replaced_as_a_whole_rests_on_the_new_source_alone() -> None:
    document = document_of(one({"slug": "parker", "partners": "abb (charger-maker-partner)"}, replace=["partners"]))
    assert document["partners"] == [{"key": "abb", "organisation": "abb", "role": "charger-maker-partner"}]
    assert [path for path in document["basis"] if path.startswith("partners")] == ["partners"]
    assert document["basis"]["partners"] == CITED


def test_what_a_part_does_not_have_yet_is_a_gap() -> None:
    document = document_of(one({"slug": "parker", "chargers/counts": "10 (charger, installed)"}))
    assert document["chargers"]["counts"] == [{"key": "c1", "value": 10, "state": "installed", "unit": "charger"}]
    assert document["basis"]["chargers/counts/c1/unit"] == CITED
    assert said(one({"slug": "parker", "scenarios": "v2g (possible)"})) == {}
    assert one({"slug": "parker", "scenarios": "v2g (possible)"}).changes[0].verdict == "kept"


def test_a_field_of_one_part_has_a_column_by_the_parts_key() -> None:
    document = document_of(
        one({"slug": "parker", "sites/lyngby/city": "Kongens Lyngby"}, replace=["sites/lyngby/city"])
    )
    assert [site["city"] for site in document["sites"]] == ["Frederiksberg", "Kongens Lyngby"]
    assert document["basis"]["sites/lyngby/city"] == CITED
    document = document_of(one({"slug": "parker", "findings/f99/text": "A new one (2020); with more."}))
    assert document["findings"][-1] == {"key": "f99", "text": "A new one (2020); with more."}


def test_every_fault_of_a_row_is_told_at_once_by_its_cell() -> None:
    row = one(
        new(
            tier="V9X",
            countries="DK; Narnia",
            start="20x",
            partners="dtuu (coordinator-partner)",
            chargers__kw="ten",
            sites="Lyngby",
            vehicles__counts="3 (planed)",
        )
    )
    assert row.outcome == Outcome.ERROR
    assert said(row) == {
        "D2": "this is none of the values the column takes. Did you mean “V2X”?",
        "E2": "this is no country. Did you mean “Lithuania”?",
        "F2": "start/value: this is no date of the form YYYY, YYYY-MM or YYYY-MM-DD. Write YYYY, YYYY-MM or "
        "YYYY-MM-DD with a month from 01 to 12.",
        "G2": "there is no organisation of this name. Did you mean “dtu”?",
        "H2": "this is no number. Write digits only.",
        "I2": said(row)["I2"],
        "J2": said(row)["J2"],
    }
    assert said(row)["I2"].startswith("sites/lyngby/country: field required. Write it in brackets")
    assert said(row)["J2"].startswith("this part of the cell cannot be read. In brackets stand state (one of planned")


def test_required_values_that_no_column_gives_are_told() -> None:
    row = one({"name": "Only a name", "tier": "V2X"})
    assert [(problem.cell, problem.message, problem.remedy) for problem in row.problems] == [
        ("A2", "record_type: field required", "Add the column record_type."),
        ("A2", "summary: field required", "Add the column summary."),
    ]


@pytest.mark.parametrize(
    ("value", "becomes"),
    [
        (2019, "2019"),
        ("2019-03", "2019-03"),
        (dt.date(2019, 3, 4), "2019-03-04"),
        (dt.datetime(2019, 3, 4, 0, 0), "2019-03-04"),
    ],
)
def test_a_date_is_read_from_a_date_cell_or_as_it_is_written(value: Any, becomes: str) -> None:
    assert document_of(one(new(start=value)))["start"]["value"] == becomes


@pytest.mark.parametrize(
    ("value", "remedy"),
    [
        (43529, "as one it would be 2019-03-05."),
        (2019.5, "Write YYYY, YYYY-MM or YYYY-MM-DD."),
        (dt.datetime(2019, 3, 4, 5, 6), "Leave the time out."),
        (True, "Write YYYY, YYYY-MM or YYYY-MM-DD."),
        (dt.time(5, 6), "Write YYYY, YYYY-MM or YYYY-MM-DD."),
    ],
)
def test_a_number_that_was_a_date_is_not_guessed_at(value: Any, remedy: str) -> None:
    assert said(one(new(start=value)))["E2"].endswith(remedy)


def test_a_date_where_text_is_wanted_is_an_error() -> None:
    assert "which is not wanted here" in said(one(new(full_name=dt.date(2019, 3, 4))))["E2"]


@pytest.mark.parametrize(
    ("value", "remedy"),
    [("7,4", "Write the decimals after a point: 7.4."), ("7 kW", "Write digits only, without unit or separator")],
)
def test_a_number_says_how_it_is_written(value: str, remedy: str) -> None:
    assert remedy in said(one(new(chargers__kw=value)))["E2"]


def test_blanks_around_a_value_and_decomposed_letters_are_no_difference() -> None:
    document = document_of(one(new(full_name="  Zu\u0308rich  ")))
    assert document["full_name"] == "Zürich"


def test_an_apostrophe_before_a_formula_is_taken_back_and_no_other() -> None:
    assert document_of(one(new(full_name="'=Equal")))["full_name"] == "=Equal"
    assert document_of(one(new(full_name="'t Hooft")))["full_name"] == "'t Hooft"
    assert document_of(one(new(full_name="'-5")))["full_name"] == "'-5"


def test_rows_are_matched_by_id_then_slug_then_by_the_slug_of_their_name() -> None:
    live = Record.objects.at("project", "parker").get()
    for row in ({"id": live.pid}, {"slug": "parker"}, {"name": "PARKER"}):
        assert (found := one(row)).pid == live.pid
        assert (found.outcome, found.base) == (Outcome.SAME, live.version)


def test_who_a_row_is_about_must_be_beyond_doubt() -> None:
    live = Record.objects.at("project", "parker").get()
    assert "there is no live record with this id" in said(one({"id": "000000000"}))["A2"]
    assert "the record with this id has another slug" in said(one({"id": live.pid, "slug": "prker"}))["B2"]
    assert "is a organisation" in said(one({"id": Record.objects.at("organisation", "dtu").get().pid}))["A2"]
    (problem,) = one({"name": "Parker!"}).problems
    assert problem.message == "a record of nearly this name exists: PARKER"
    assert "nothing says which record" in said(one({"slug": None, "tier": "V2X"}))["A2"]
    rows = planned(csv_of(["slug", "tier"], ["parker", ""], ["parker", "V2X"]))
    assert [said(row)["A" + str(row.number)] for row in rows] == [
        "row 3 is about the same record. Join the rows.",
        "row 2 is about the same record. Join the rows.",
    ]


def test_a_former_slug_is_no_new_record() -> None:
    renamed = {**Record.objects.at("project", "parker").get().data, "slug": "parker-denmark"}
    referring = [
        record.data for record in Record.objects.pointing_at([Record.objects.at("project", "parker").get().pk])
    ]
    text = [dict_with(data, "parker", "parker-denmark") for data in referring]
    apply_documents([made.made(renamed), *map(made.made, text)], reason="Renamed.", by="test")
    assert "this is a former slug of a record" in said(one({"slug": "parker"}))["A2"]


def dict_with(value: Any, old: str, fresh: str) -> Any:
    if isinstance(value, dict):
        return {name: dict_with(item, old, fresh) for name, item in value.items()}
    if isinstance(value, list):
        return [dict_with(item, old, fresh) for item in value]
    return fresh if value == old else value


def test_rows_may_name_records_that_come_with_the_same_file() -> None:
    rows = planned(
        csv_of(["name", "part_of"], ["First Made Body", "second-made-body"], ["Second Made Body", ""]), "organisation"
    )
    assert [row.outcome for row in rows] == [Outcome.NEW, Outcome.NEW]
    assert document_of(rows[0])["part_of"] == "second-made-body"


def test_a_circle_of_wider_records_is_an_error() -> None:
    rows = planned(csv_of(["name", "part_of"], ["One Body", "two-body"], ["Two Body", "one-body"]), "organisation")
    assert {row.outcome for row in rows} == {Outcome.ERROR}
    assert "comes back to the record" in said(rows[0])["B2"]


@pytest.mark.parametrize("at_once", [1, 200])
def test_a_doi_that_another_record_or_row_has_is_an_error(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_plan, "AT_ONCE", at_once)
    taken = next(r.data["doi"] for r in Record.objects.of_kind("reference") if "doi" in r.data)
    lines = [["A", "report", taken], ["B", "report", "10.9999/x"], ["C", "report", "10.9999/x"]]
    rows = planned(csv_of(["title", "type", "doi"], *lines), "reference", source="")
    assert "more than one record has this value" in said(rows[0])["C2"]
    assert rows[2].outcome == Outcome.ERROR
    if at_once == 1:
        assert said(rows[2])["C4"] == "row 3 has this value too. Only one record may have it."


def test_a_reference_needs_no_source_and_its_authors_are_read() -> None:
    row = one({"title": "A report", "type": "report", "author": "Doe, J.; European Commission"}, "reference", source="")
    assert document_of(row)["author"] == [{"family": "Doe", "given": "J."}, {"literal": "European Commission"}]


def test_a_cell_without_a_header_and_a_faulty_cell_are_errors_of_their_row() -> None:
    (row,) = planned(b"slug,tier\nparker,V2X,x\n")
    assert said(row) == {"C2": "the row is longer than the header. Give the column a header, or empty the cell."}


def test_unknown_headers_are_refused_with_the_nearest_known() -> None:
    problems = header_problems(["slug", "contries", "start", "start/value"])
    assert [(problem.path, problem.message) for problem in problems] == [
        ("B1", "there is no such column"),
        ("D1", "this column and C1 “start” fill the same field, start/value"),
    ]
    assert problems[0].remedy == "Did you mean “countries”? Or leave the column out."
    assert header_problems(["tier"])[0].message == "no column says which record a row is about"


def test_columns_that_our_downloads_compute_are_passed_over_with_a_word() -> None:
    sheet = read_sheet(b"slug,page,revision\nparker,x,7\n", "table")
    kind = registry.kind("project")
    columns = mapped(kind, sheet.headers, suggested(kind, sheet.headers))
    assert columns.passed_over == [
        "page: the address of a record's page follows from its slug",
        "revision: revisions are counted when proposals are applied",
    ]


def test_a_column_that_says_another_kind_is_an_error() -> None:
    assert said(one({"slug": "parker", "kind": "term"}))["B2"].startswith("this row is about another kind than project")
    assert one({"slug": "parker", "kind": "project"}).outcome == Outcome.SAME


def test_the_same_file_again_changes_nothing() -> None:
    raw = xlsx_of(list(new(countries="DK")), list(new(countries="DK").values()), ["PARKER"])
    first, _ = planned(raw)
    apply_documents([made.made(document_of(first))], reason="Imported.", by="test")
    assert [row.outcome for row in planned(raw)] == [Outcome.SAME, Outcome.SAME]
