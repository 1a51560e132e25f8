"""A table with one term a row becomes codings: rows of one publication and coder are joined, faults name their row."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from tests.curation.sheets_made import csv_of, xlsx_of
from tests.records import made
from v2xkb.curation.models import ProposedDocument
from v2xkb.curation.proposals import Draft, problems_of, propose
from v2xkb.curation.sheet_files import read_sheet
from v2xkb.curation.sheet_layouts import laid_out
from v2xkb.curation.sheet_mapping import mapped, mapping_problems, suggested
from v2xkb.curation.sheet_plan import Outcome, Plan, PlannedRow
from v2xkb.curation.sheet_proposals import Options, documents_of_files
from v2xkb.records import registry
from v2xkb.records.apply import apply_documents
from v2xkb.records.problems import InvalidDocuments
from v2xkb.taxonomy.models import TermUsage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

HEADERS = ["publication", "coder", "term", "sense", "reason"]
PAPER = "aljanad-2015"
DOI = "https://doi.org/10.19026/rjaset.10.1841"
ROWS = [
    [PAPER, "Ann", "V2G", "umbrella", "The only word for discharge."],
    [PAPER, "Ann", "v2h", "not in the text seen", "No home is named."],
    ["hassija-2020", "Ann", "v2g", "unclear", ""],
    [DOI, "Bob", "v2x", "used", "It stands in the title."],
    ["hassija-2020", "ann", "v2x", "not-used", "Nothing of it."],
]


def planned(*rows: Sequence[Any], headers: Sequence[str] = HEADERS, source: str = "") -> list[PlannedRow]:
    kind = registry.kind("term-usage")
    sheet = laid_out(kind, read_sheet(csv_of(headers, *rows), "table"))
    uses = suggested(kind, sheet.headers)
    assert mapping_problems(kind, "table", sheet.headers, uses) == []
    return list(Plan(kind, sheet, mapped(kind, sheet.headers, uses), source).rows())


def said(rows: Sequence[PlannedRow]) -> list[str]:
    return [f"{problem.cell}: {problem.message}. {problem.remedy}" for row in rows for problem in row.problems]


def test_rows_of_one_publication_and_coder_are_one_coding() -> None:
    first, second, third = planned(*ROWS)
    assert said([first, second, third]) == []
    assert [row.outcome for row in (first, second, third)] == [Outcome.NEW] * 3
    # The first reading of the paper has its slug; the fourth row names the same publication by its DOI.
    assert [(row.number, row.slug) for row in (first, second, third)] == [
        *((2, f"{PAPER}-2"), (4, "hassija-2020"), (5, f"{PAPER}-3"))
    ]
    assert first.data
    assert first.data["codings"] == [{"term": "v2g", "sense": "umbrella"}, {"term": "v2h", "sense": "not-used"}]
    assert first.data["basis"]["codings"] == [
        {"kind": "classified", "reason": "V2G: The only word for discharge.; V2H: No home is named."}
    ]
    assert second.data
    assert [one["term"] for one in second.data["codings"]] == ["v2g", "v2x"]
    assert third.data
    assert (third.data["reference"], third.data["coder"]) == (PAPER, "Bob")


def test_codings_in_a_workbook_can_be_handed_in_and_applied(author: User) -> None:
    kind = registry.kind("term-usage")
    sheet = laid_out(kind, read_sheet(xlsx_of([*HEADERS, "text_seen"], *([*row, "full"] for row in ROWS)), "table"))
    rows = list(Plan(kind, sheet, mapped(kind, sheet.headers, suggested(kind, sheet.headers))).rows())
    drafts = [Draft("term-usage", row.pid, row.data) for row in rows]
    proposal = propose(author, "Read again.", drafts)
    assert problems_of(proposal) == []
    documents = [made.made(document.data or {}) for document in ProposedDocument.objects.of(proposal)]
    apply_documents(documents, reason="test", by="tester")
    assert set(TermUsage.objects.values_list("reading", flat=True)) >= {
        *(f"{PAPER} ann", f"{PAPER} bob", "hassija-2020 ann")
    }


def test_the_same_file_again_changes_nothing() -> None:
    apply_documents([made.made(row.data or {}) for row in planned(*ROWS)], reason="test", by="tester")
    again = planned(*ROWS)
    assert said(again) == []
    assert [row.outcome for row in again] == [Outcome.SAME] * 3


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ([PAPER, "Ann", "v2g", "implicit", "R."], "D2: row 3 has a sense that there is not. Did you mean “explicit”?"),
        ([PAPER, "Ann", "v2h", "unclear", "R."], "D2: row 3 codes the term a second time. Keep one of the rows."),
        ([PAPER, "Ann", "", "unclear", "R."], "D2: row 3 lacks a term or a sense. Fill both, or leave the row out."),
        ([PAPER, "Ann", "v2q", "used", "R."], "D2: there is no term of “charging-term” of this name."),
        (["no-such", "Ann", "v2g", "used", "R."], "A3: there is no reference of this name."),
        (["", "Ann", "v2g", "used", "R."], "A3: field required. Fill the column reference."),
        (["hassija-2020", "Cyd", "v2g", "used", ""], "A3: the value has no basis (and those in B3, D3)."),
    ],
)
def test_a_fault_names_its_row_its_value_and_the_remedy(row: list[str], told: str) -> None:
    found = said(planned([PAPER, "Ann", "v2h", "used", "R."], row))
    assert any(told in one for one in found), found


def test_what_rows_of_one_coding_must_say_alike_is_not_chosen_among() -> None:
    rows = planned(
        [PAPER, "Ann", "v2g", "used", "R.", "full"],
        [PAPER, "Ann", "v2h", "used", "R.", "title"],
        headers=[*HEADERS, "text_seen"],
    )
    assert said(rows)[0] == "F2: rows 2, 3 are one coding and say different things. Write the same in each."


@pytest.mark.parametrize("headers", [HEADERS[1:], [*HEADERS, "doi"]])
def test_one_column_says_which_publication_was_coded(headers: list[str]) -> None:
    with pytest.raises(InvalidDocuments, match="Give one column of publication, doi, reference"):
        laid_out(registry.kind("term-usage"), read_sheet(csv_of(headers), "table"))


def test_other_tables_stay_as_they_are() -> None:
    sheet = read_sheet(csv_of(["slug", "coder", "codings"]), "table")
    assert laid_out(registry.kind("term-usage"), sheet) is sheet
    sheet = read_sheet(csv_of(HEADERS), "table")
    assert laid_out(registry.kind("project"), sheet) is sheet


def test_the_shell_takes_the_same_table(tmp_path: Path) -> None:
    file = tmp_path / "codings.csv"
    file.write_bytes(csv_of(HEADERS, *ROWS))
    assert len(documents_of_files([file], Options(kind="term-usage")).documents) == 3
