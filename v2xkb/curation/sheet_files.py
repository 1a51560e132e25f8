"""From the bytes of a file to its sheet: what it is is told by what it holds, its name does not decide."""

from v2xkb.curation.sheet_archive import OLE, ZIP
from v2xkb.curation.sheet_csv import read_csv
from v2xkb.curation.sheet_xlsx import read_xlsx
from v2xkb.curation.sheets import MAX_BYTES, Sheet, refused


def read_sheet(raw: bytes, place: str, wanted: str = "") -> Sheet:
    """The table in a CSV or XLSX file; raises InvalidDocuments, and nothing of a refused file is used."""
    if len(raw) > MAX_BYTES:
        remedy = f"A file has at most {MAX_BYTES:,} bytes: split it."
        raise refused(place, "the file is too large", remedy, f"{len(raw):,} bytes")
    if not raw.strip():
        raise refused(place, "the file is empty", "Choose the file that holds the table.")
    if raw.startswith((ZIP, OLE)):
        return read_xlsx(raw, place, wanted)
    if raw.startswith((b"%PDF", b"<?xml", b"<!DOCTYPE", b"<html", b"{\\rtf")):
        raise refused(place, "this is no table: CSV or XLSX is expected", "Save the table as XLSX or CSV.")
    if wanted:
        raise refused(place, "a CSV file has no sheets", "Leave the name of the sheet out.", wanted)
    return read_csv(raw, place)
