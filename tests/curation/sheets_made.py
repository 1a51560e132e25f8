"""Spreadsheets made for tests: honest ones, and ones that were made to do harm."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import openpyxl

CONTENT_TYPES = "[Content_Types].xml"
SHEET = "xl/worksheets/sheet1.xml"


def csv_of(*rows: Sequence[Any], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerows(rows)
    return written.getvalue().encode(encoding)


def xlsx_of(*rows: Sequence[Any], merge: str = "", more: Mapping[str, Iterable[Sequence[Any]]] | None = None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Records"
    for row in rows:
        sheet.append(list(row))
    if merge:
        sheet.merge_cells(merge)
    for title, others in (more or {}).items():
        other = book.create_sheet(title)
        for row in others:
            other.append(list(row))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def rewritten(xlsx: bytes, changes: Mapping[str, bytes], *, without: Sequence[str] = ()) -> bytes:
    """The archive with other bytes in some of its members, or with members more or fewer."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changes and name not in without:
                new.writestr(name, old.read(name))
        for name, content in changes.items():
            new.writestr(name, content)
    return written.getvalue()


def member(xlsx: bytes, name: str = SHEET) -> bytes:
    with zipfile.ZipFile(io.BytesIO(xlsx)) as archive:
        return archive.read(name)


def with_sheet(xml: bytes) -> bytes:
    """A workbook whose sheet is this XML."""
    return rewritten(xlsx_of(["name"]), {SHEET: xml})


def sheet_xml(rows: bytes, before: bytes = b"", after: bytes = b"") -> bytes:
    space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return before + b"<worksheet " + space + b"><sheetData>" + rows + b"</sheetData>" + after + b"</worksheet>"
