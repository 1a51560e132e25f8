"""What an XLSX file is before anybody unpacks it: an archive that may be a bomb, a trap or something else."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from v2xkb.curation.sheets import MAX_COLUMNS, MAX_ROWS, column_letters, refused, too_many_rows
from v2xkb.numbers import whole_number_in
from v2xkb.records.problems import InvalidDocuments, Problem

ZIP = b"PK\x03\x04"
# Old Office files and encrypted new ones share one container.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# Other ways would claim as much memory as a file asks for.
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
MAX_MEMBERS = 1000
MAX_UNPACKED = 100_000_000
# Sheets of ten thousand equal rows shrink to a hundredth; a bomb shrinks to a thousandth.
MAX_RATIO = 250
RATIO_FROM = 1_000_000
AT_ONCE = 64 * 1024
# Rows of sheets are numbered up to 1,048,576.
MOST_NUMBERED = 9_999_999
NAMED = 5
SAVE_ANEW = "Save it as XLSX or CSV."
DOCTYPE = re.compile(rb"<\x00?!\x00?D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E", re.IGNORECASE)


def opened_archive(raw: bytes, place: str) -> zipfile.ZipFile:
    """The archive, after all that can be told without unpacking it; raises InvalidDocuments."""
    if raw.startswith(OLE):
        if ENCRYPTED in raw:
            raise refused(place, "the file is protected by a password", "Remove the password, and save it anew.")
        raise refused(place, "this is an Excel file of the old kind (.xls)", SAVE_ANEW)
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise refused(place, "the file is damaged: it is no XLSX file", SAVE_ANEW) from error
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise refused(place, "the file has too many parts inside", SAVE_ANEW, len(members))
    if any(member.flag_bits & 1 for member in members):
        raise refused(place, "the file is protected by a password", "Remove the password, and save it anew.")
    if any(member.compress_type not in PACKED for member in members):
        raise refused(place, "the file is packed in a way that no office program packs", SAVE_ANEW)
    size = sum(member.file_size for member in members)
    if size > MAX_UNPACKED:
        remedy = f"At most {MAX_UNPACKED:,} bytes are unpacked: split the table."
        raise refused(place, "the file becomes too large when unpacked", remedy, f"{size:,} bytes")
    for member in members:
        if member.file_size > RATIO_FROM and member.file_size > MAX_RATIO * member.compress_size:
            raise refused(
                place,
                "the file is packed more tightly than any table is",
                SAVE_ANEW,
                f"{member.filename}: {member.compress_size:,} bytes for {member.file_size:,}",
            )
    check_sort(archive, place)
    return archive


def check_sort(archive: zipfile.ZipFile, place: str) -> None:
    names = set(archive.namelist())
    if any(name.endswith("vbaProject.bin") for name in names):
        raise refused(place, "the file holds macros", "Save it as XLSX without macros.")
    if "mimetype" in names or "content.xml" in names:
        raise refused(place, "this is an OpenDocument file", SAVE_ANEW)
    if "xl/workbook.bin" in names:
        raise refused(place, "this is a binary Excel file (.xlsb)", SAVE_ANEW)
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        raise refused(place, "the file is an archive, but no XLSX file", SAVE_ANEW)
    for name in sorted(names):
        if name.lower().endswith((".xml", ".rels", ".vml")):
            check_plain(archive, name, place)


def check_plain(archive: zipfile.ZipFile, name: str, place: str) -> None:
    """No office program writes a DOCTYPE, and all that XML can be made to do to a reader begins with one."""
    try:
        with archive.open(name) as stream:
            tail = b""
            while piece := stream.read(AT_ONCE):
                if DOCTYPE.search(tail + piece):
                    raise refused(place, "the file declares XML entities, as no table needs", SAVE_ANEW, name)
                tail = piece[-32:]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise refused(place, "the file is damaged", SAVE_ANEW, name) from error


@dataclass
class Inspected:
    """What a sheet holds that a reader of values would not tell."""

    uncomputed: set[str] = field(default_factory=set)
    merged: list[str] = field(default_factory=list)


class SheetInspector:
    """Walks a sheet without keeping it: counts rows and columns, notes merged cells and formulas without a value."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.found = Inspected()
        self.row = 0
        self.column = 0
        self.cell = ""
        self.has_formula = False
        self.has_value = False
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.starts
        self.parser.EndElementHandler = self.ends
        self.parser.StartDoctypeDeclHandler = self.refuse_doctype
        self.parser.EntityDeclHandler = self.refuse_doctype

    def refuse_doctype(self, *_: Any) -> None:
        raise refused(self.place, "the file declares XML entities, as no table needs", SAVE_ANEW)

    def starts(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "c":
            self.column += 1
            self.cell = attributes.get("r") or f"{column_letters(self.column - 1)}{self.row}"
            # Three letters reach beyond the last column of any program.
            if self.column > MAX_COLUMNS * 4 or len(self.cell.rstrip("0123456789")) > 3 or len(self.cell) > 12:
                remedy = f"At most {MAX_COLUMNS} are read: leave the others out."
                raise refused(self.place, "there are too many columns", remedy, cell=self.cell[:20])
            self.has_formula = False
            # The result of a formula may be an empty text.
            self.has_value = attributes.get("t") == "str"
        elif tag == "f":
            self.has_formula = True
        elif tag in ("v", "is"):
            self.parser.CharacterDataHandler = self.reads
        elif tag == "row":
            number = whole_number_in(attributes.get("r", ""), MOST_NUMBERED)
            self.row = self.row + 1 if number is None else number
            self.column = 0
        elif tag == "mergeCell":
            self.found.merged.append(attributes.get("ref", "")[:40])

    def reads(self, text: str) -> None:
        self.has_value = True

    def ends(self, name: str) -> None:
        if name.endswith((" v", " is")) or name in ("v", "is"):
            self.parser.CharacterDataHandler = None
        elif name.endswith(" c") or name == "c":
            if self.row > MAX_ROWS + 1 and (self.has_value or self.has_formula):
                raise too_many_rows(self.place, self.row)
            if self.has_formula and not self.has_value:
                self.found.uncomputed.add(self.cell)


def inspect(archive: zipfile.ZipFile, name: str, place: str) -> Inspected:
    """One pass over the XML of a sheet; raises InvalidDocuments for merged cells and whatever is too much."""
    inspector = SheetInspector(place)
    try:
        with archive.open(name) as stream:
            inspector.parser.ParseFile(stream)
    except (expat.ExpatError, KeyError, zipfile.BadZipFile, zlib.error) as error:
        raise refused(place, "the sheet cannot be read: its XML is damaged", SAVE_ANEW, name) from error
    if inspector.found.merged:
        raise InvalidDocuments(merged_problems(inspector.found.merged, place))
    return inspector.found


def merged_problems(merged: list[str], place: str) -> Iterator[Problem]:
    remedy = "Unmerge them, and write the value into each cell it is meant for."
    for ref in merged[:NAMED]:
        yield Problem(place, ref.partition(":")[0], "cells are merged", remedy, ref)
    if len(merged) > NAMED:
        yield Problem(place, "", f"{len(merged) - NAMED} more ranges of cells are merged", remedy)
