"""Spreadsheets as curators send them, their cells, and codings of terms."""

from collections.abc import Iterator
from math import isfinite
from typing import Any

from hypothesis import strategies as st

from tests.curation.sheets_made import csv_of, member, rewritten, xlsx_of
from tests.fuzz.archives import SIGNS, packed_otherwise
from tests.fuzz.judging import PLACE, check_said, check_shown, check_storable, refusing
from tests.fuzz.mangling import mangled, mangled_text, samples_and
from tests.fuzz.trying import Target
from v2xkb.curation.sheet_columns import columns_of
from v2xkb.curation.sheet_files import read_sheet
from v2xkb.curation.sheet_layouts import codings
from v2xkb.curation.sheet_values import Misread
from v2xkb.curation.sheets import Faulty, Row
from v2xkb.records import registry

HEADERS = ["slug", "name", "summary", "countries", "start", "chargers/kw", "sites", "partners"]
CELLS = [
    [
        "parker",
        "Parker",
        "A trial.",
        "DK; GB",
        "2016-08",
        "10",
        "arena (city: Frederiksberg, DK)",
        "NUVVE (aggregator)",
    ],
    ["scale", "SCALE", 'Of "many"', "", "2022", "7.4; 22", "", "x, y; z"],
]
BOOK = xlsx_of(HEADERS, *CELLS)
SHEET = "xl/worksheets/sheet1.xml"
MEMBERS = (
    SHEET,
    "xl/workbook.xml",
    "[Content_Types].xml",
    "xl/styles.xml",
    "xl/_rels/workbook.xml.rels",
    "_rels/.rels",
)
# Pieces of a workbook's XML, one a line.
XML = """
<c r='A1'>
<f>
</f>
<v>
</row>
<row r="99999999">
<mergeCell ref='A1:B2'/>
<!DOCTYPE a [<!ENTITY b "c">]>
&b;
t="s"
t="e"
t="d"
t="b"
s="99"
<![CDATA[
encoding="utf-7"
encoding="x"
<is><t>
XFE1048577
"""


def read_table(raw: bytes) -> None:
    with refusing():
        sheet = read_sheet(raw, PLACE)
        check_storable([sheet.headers, sheet.described])
        for row in sheet.rows():
            assert len(row.cells) == len(sheet.headers)
            check_storable([cell for cell in row.cells if isinstance(cell, str)])
            assert all(isfinite(cell) for cell in row.cells if isinstance(cell, float))


@st.composite
def mangled_books(draw: st.DrawFn) -> bytes:
    """The archive, or what stands in one of its members, changed."""
    if draw(st.booleans()):
        return draw(mangled(packed_otherwise(BOOK), SIGNS))
    name = draw(st.sampled_from(MEMBERS))
    return rewritten(BOOK, {name: draw(mangled([member(BOOK, name)], samples_and(*XML.strip().splitlines())))})


class NoNames:
    """Where no record is known by any name."""

    def slug_of(self, link: Any, text: str) -> str:
        raise Misread("there is no such record", "Name another.", text)


READINGS = [
    (f"{kind.name} {name}", column.reading)
    for kind in registry.kinds()
    for name, column in columns_of(kind.document).items()
]
VALUES = st.one_of(
    mangled_text(
        ["; ".join(cells) for cells in CELLS], samples_and("(", ")", ": ", "; ", "DK", "2019..2020", "2,5", "'=1")
    ),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.sampled_from([10**30, -(10**400), 1e300, 43_831, 2019, 2019.0, 0, -0.0]),
)


def read_cell(made_up: tuple[tuple[str, Any], Any]) -> None:
    (_, reading), value = made_up
    try:
        check_shown(reading.read(value, NoNames()))
    except Misread as error:
        check_said(error.message, error.remedy)
        check_shown(error.value)


def read_codings(cells: list[tuple[str, str]]) -> None:
    rows = [Row(number, pair) for number, pair in enumerate(cells, start=2)]
    found = codings(rows, lambda row, header: str(row.cells[header == "sense"]))
    if isinstance(found, Faulty):
        check_said(found.message, found.remedy)
        check_shown(found.value)


def targets() -> Iterator[Target]:
    table = csv_of(HEADERS, *CELLS)
    words = samples_and("; ", '"', "\n", "slug,")
    yield Target("sheet CSV", mangled([table, table.replace(b",", b";")], words), read_table, share=1.5)
    yield Target("sheet XLSX", mangled_books(), read_table, share=0.7)
    yield Target("cell of a sheet", st.tuples(st.sampled_from(READINGS), VALUES), read_cell, share=1.5)
    word = mangled_text(["v2g (explicit)", "umbrella"], samples_and("v2g", "explicit", "; "))
    yield Target("codings", st.lists(st.tuples(word, word), max_size=6), read_codings, share=0.7)
