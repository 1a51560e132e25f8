"""A list of projects as a workbook: a sheet for each grain, and one about the file itself."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel

from projects.documents import BarrierReport, ChargerCount, Partner, Site
from projects.exports import MEANINGS, row
from v2xkb.records.basis import plain_kind_at
from v2xkb.records.citation import AUTHOR, KNOWLEDGE_BASE, LICENCE, LICENCE_ADDRESS
from v2xkb.records.documents import Basis, Conflict
from v2xkb.records.exports import Export, Listing, joined
from v2xkb.records.long_books import Cell, LongBook
from v2xkb.records.xlsx_books import CONTENT_TYPE

PROJECT = {"project": "Slug of the project."}
BASIS = {"basis": "Strongest kind of basis of the row: cited, derived or classified."}
ABOUT, ABOUT_COLUMNS = "about", ("subject", "column", "says")

Plain = Mapping[str, Any]
Rows = Callable[[Plain, str], Iterable[list[Cell]]]


@dataclass(frozen=True)
class Sheet:
    """One sheet: what a row of it is, its columns with their meaning, and the rows of a document and its address."""

    name: str
    grain: str
    columns: Mapping[str, str]
    rows: Rows


def fields_of(model: type[BaseModel]) -> dict[str, str]:
    return {name: field.description or "" for name, field in model.model_fields.items()}


def cell(value: Any) -> Cell:
    """Numbers stay numbers, several values become one text."""
    return joined(map(str, value)) if isinstance(value, list) else value


def parts_at(document: Plain, path: str) -> list[Plain]:
    value: Any = document
    for name in path.split("/"):
        value = value.get(name, {})
    return value or []


def part_sheet(name: str, grain: str, model: type[BaseModel], path: str) -> Sheet:
    """A row for each part at a path."""
    fields = fields_of(model)

    def rows(document: Plain, address: str) -> Iterator[list[Cell]]:
        for part in parts_at(document, path):
            basis = plain_kind_at(document, f"{path}/{part['key']}")
            yield [document["slug"], *(cell(part.get(field)) for field in fields), basis]

    return Sheet(name, grain, PROJECT | fields | BASIS, rows)


def count_rows(document: Plain, address: str) -> Iterator[list[Cell]]:
    for counted in ("chargers", "vehicles"):
        for part in parts_at(document, f"{counted}/counts"):
            basis = plain_kind_at(document, f"{counted}/counts/{part['key']}")
            yield [document["slug"], counted, *(cell(part.get(field)) for field in fields_of(ChargerCount)), basis]


def basis_rows(document: Plain, address: str) -> Iterator[list[Cell]]:
    for path, entries in document.get("basis", {}).items():
        for entry in entries:
            yield [document["slug"], path, *(cell(entry.get(field)) for field in fields_of(Basis))]


def conflict_rows(document: Plain, address: str) -> Iterator[list[Cell]]:
    for conflict in document.get("conflicts", []):
        yield [document["slug"], *(cell(conflict.get(field)) for field in fields_of(Conflict))]


COUNTED = {"counted": "Chargers or vehicles; rows are never to be added up."}
PATH = {"path": "Where in the document; the basis covers what is under it."}
SHEETS = (
    Sheet("projects", "a project, as in the CSV", MEANINGS, lambda document, address: [list(row(document, address))]),
    part_sheet("sites", "a site of a project", Site, "sites"),
    Sheet(
        "counts", "a number of chargers or vehicles", PROJECT | COUNTED | fields_of(ChargerCount) | BASIS, count_rows
    ),
    part_sheet("partners", "an organisation in one role in a project", Partner, "partners"),
    part_sheet("barrier reports", "a project's account of meeting a barrier", BarrierReport, "barriers_met"),
    Sheet("bases", "one reason why a value stands", PROJECT | PATH | fields_of(Basis), basis_rows),
    Sheet("conflicts", "a value that another source gives", PROJECT | fields_of(Conflict), conflict_rows),
)


def pieces(listing: Listing) -> Iterator[bytes]:
    """The whole book is made before its first piece; raises CannotHold."""
    headers = {sheet.name: tuple(sheet.columns) for sheet in SHEETS} | {ABOUT: ABOUT_COLUMNS}
    book = LongBook(KNOWLEDGE_BASE, headers, listing.at)
    try:
        for document, address in listing:
            for sheet in SHEETS:
                for cells in sheet.rows(document, address):
                    book.add(sheet.name, cells)
        for about in about_rows(listing, book.rows):
            book.add(ABOUT, about)
        return book.pieces()
    except BaseException:
        book.drop()
        raise


def about_rows(listing: Listing, rows: Mapping[str, int]) -> Iterator[list[Cell]]:
    yield ["title", None, KNOWLEDGE_BASE]
    yield ["revision", None, listing.revision]
    yield ["list", None, listing.page]
    yield ["filter", None, urlsplit(listing.page).query or "none"]
    yield ["projects in this file", None, listing.total]
    yield ["projects in all", None, listing.everything]
    yield ["author", None, AUTHOR]
    yield ["licence", None, f"{LICENCE}, {LICENCE_ADDRESS}"]
    yield ["empty cell", None, "not reported"]
    yield ["several values in a cell", None, "joined by “; ”"]
    for sheet in SHEETS:
        yield [sheet.name, None, f"a row is {sheet.grain}"]
        yield [sheet.name, "rows", rows[sheet.name]]
        for column, meaning in sheet.columns.items():
            yield [sheet.name, column, meaning]


WORKBOOK = Export("xlsx", "XLSX", CONTENT_TYPE, pieces)
