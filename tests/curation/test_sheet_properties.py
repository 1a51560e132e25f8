"""Whatever a table holds: what is written from a record reads back the same, and no row ends in anything but a word."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.curation.sheets_made import csv_of, xlsx_of
from tests.curation.written_cells import row_of
from v2xkb.curation.sheet_columns import columns_of, known_headers
from v2xkb.curation.sheet_files import read_sheet
from v2xkb.curation.sheet_mapping import Use, mapped, mapping_problems, suggested
from v2xkb.curation.sheet_merging import Policy
from v2xkb.curation.sheet_plan import Outcome, Plan, PlannedRow
from v2xkb.records import registry
from v2xkb.records.exports import csv_line
from v2xkb.records.models import Record
from v2xkb.records.problems import InvalidDocuments
from v2xkb.records.reading import validated

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

SLOW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
KINDS = st.sampled_from(registry.kinds())
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30)
WORDS = st.sampled_from(
    ["", "DK; SE", "v2g (demonstrated)", "10 (two-way)", "parker", "2019-02-30", "=1+1", "'=1+1", "7,4", "a (b", "a)b("]
)
CELLS = st.one_of(st.none(), TEXTS, WORDS, st.integers(), st.floats(allow_nan=False, allow_infinity=False))


def plan(raw: bytes, kind: registry.Kind, policy: Policy = Policy.FILL) -> list[PlannedRow]:
    sheet = read_sheet(raw, "table")
    uses: dict[str, Use | None] = {
        header: Use(use.name, policy) if use else None for header, use in suggested(kind, sheet.headers).items()
    }
    assert mapping_problems(kind, "table", sheet.headers, uses) == []
    return list(Plan(kind, sheet, mapped(kind, sheet.headers, uses), "andersen-2019").rows())


@SLOW
@given(data=st.data(), kind=KINDS, policy=st.sampled_from(Policy))
def test_any_columns_of_any_records_in_any_order_read_back_as_no_change(
    data: st.DataObject, kind: registry.Kind, policy: Policy
) -> None:
    records = [record.data for record in Record.objects.of_kind(kind.name)[:40]]
    some = data.draw(st.lists(st.sampled_from(records), min_size=1, max_size=4, unique_by=lambda one: one["id"]))
    headers, rows = row_of(kind, some)
    order = [0, *data.draw(st.permutations(range(1, len(headers))))][: data.draw(st.integers(2, len(headers)))]
    table = [[headers[place] for place in order], *([row[place] for place in order] for row in rows)]
    neutral = "".join(csv_line("" if cell is None else str(cell) for cell in row) for row in table).encode()
    for raw in (xlsx_of(*table), neutral):
        found = plan(raw, kind, policy)
        assert [(row.outcome, row.changes, row.problems) for row in found] == [(Outcome.SAME, [], [])] * len(some)


@QUICK
@given(data=st.data(), kind=KINDS, policy=st.sampled_from(Policy))
def test_any_cells_end_in_a_valid_document_or_in_words(
    data: st.DataObject, kind: registry.Kind, policy: Policy
) -> None:
    label = kind.document.label_field
    names = [name for name in known_headers(kind) if name not in kind.columns]
    headers = [label, *data.draw(st.lists(st.sampled_from(names), max_size=6, unique=True))]
    headers = list(dict.fromkeys(headers))
    live = data.draw(st.sampled_from([record.data for record in Record.objects.of_kind(kind.name)[:20]]))
    first = [live.get(label) if header == label else data.draw(CELLS) for header in headers]
    rows = [first, *data.draw(st.lists(st.lists(CELLS, min_size=len(headers), max_size=len(headers)), max_size=3))]
    try:
        found = plan(csv_of(headers, *([("" if cell is None else cell) for cell in row] for row in rows)), kind, policy)
    except InvalidDocuments as error:
        assert_told(error)
        return
    for row in found:
        assert (row.outcome == Outcome.ERROR) == bool(row.problems)
        assert all(problem.cell and problem.message for problem in row.problems)
        if row.outcome in (Outcome.NEW, Outcome.CHANGED):
            assert row.data is not None
            assert validated(row.data, "row", kind.name).content() == row.data
        if policy == Policy.FILL and row.outcome == Outcome.CHANGED:
            assert_nothing_was_lost(Record.objects.with_pids([row.pid]).get().data, row.data)


def assert_told(error: InvalidDocuments) -> None:
    assert all(problem.message and problem.remedy for problem in error.problems)


def assert_nothing_was_lost(live: Any, becomes: Any) -> None:
    """Every value that was there is there still, at its place."""
    if isinstance(live, dict):
        for name, value in live.items():
            assert_nothing_was_lost(value, becomes[name])
    elif isinstance(live, list) and live and isinstance(live[0], dict):
        for part in live:
            key = json.dumps(part.get("key", part), sort_keys=True)
            match = [one for one in becomes if json.dumps(one.get("key", one), sort_keys=True) == key]
            if "key" in part:
                assert_nothing_was_lost(part, match[0])
    else:
        assert live == becomes


@QUICK
@given(raw=st.one_of(st.binary(max_size=300), st.binary(max_size=200).map(lambda tail: b"PK\x03\x04" + tail)))
def test_any_bytes_are_a_table_or_are_refused_with_a_word(raw: bytes) -> None:
    try:
        list(read_sheet(raw, "table").rows())
    except InvalidDocuments as error:
        assert_told(error)


def test_every_kind_has_columns_that_can_hold_all_that_it_requires() -> None:
    for kind in registry.kinds():
        own = columns_of(kind.document)
        required = [name for name, info in kind.document.model_fields.items() if info.is_required()]
        assert {name for name in required if name not in ("id", "slug")} <= {column.path[0] for column in own.values()}
