"""The same two made-up publications in every form that databases export, and files made up line by line."""

import csv
from collections.abc import Sequence
from pathlib import Path

from v2xkb.literature.importers.entries import Entry, Refusal
from v2xkb.literature.importers.exports import export_of
from v2xkb.literature.importers.lines import examine

EXPORTS = Path(__file__).parent / "exports"
FORMATS = {
    "scopus-2018.csv": "Scopus CSV",
    "scopus-2020.csv": "Scopus CSV",
    "scopus-2023.csv": "Scopus CSV",
    "scopus.bib": "BibTeX",
    "wos.bib": "BibTeX",
    "wos.txt": "Web of Science",
    "scopus.ris": "RIS",
    "openalex.json": "OpenAlex JSON",
    "openalex.jsonl": "OpenAlex JSON Lines",
    "openalex.csv": "OpenAlex CSV",
    "csl.json": "CSL-JSON",
    "plain.csv": "CSV",
}
SCOPUS = ("Authors", "Title", "Year", "Source title", "Cited by", "DOI", "Author Keywords", "Index Keywords", "EID")


def read(path: Path, encoding: str = "") -> list[Entry | Refusal]:
    source = examine(path, encoding)
    return list(export_of(source).read(source, None))


def entries(path: Path) -> list[Entry]:
    return [row for row in read(path) if isinstance(row, Entry)]


def refusals(path: Path) -> list[str]:
    return [str(row.problem) for row in read(path) if isinstance(row, Refusal)]


def scopus_row(title: str = "A trial", **cells: str) -> list[str]:
    told = {"Authors": "Doe J.", "Title": title, "Year": "2020", "Source title": "Letters"} | {
        name.replace("_", " "): cell for name, cell in cells.items()
    }
    return [told.get(name, "") for name in SCOPUS]


def scopus(path: Path, *rows: Sequence[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([SCOPUS, *rows])
    return path
