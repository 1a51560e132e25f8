"""Reads exports that are tables, row by row; what their columns are called is each layout's own file."""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from v2xkb.literature.importers.entries import Entry, Refusal, checked, refused
from v2xkb.literature.importers.lines import LONGEST_LINE
from v2xkb.records.problems import InvalidDocuments, Problem

SEPARATORS = ",;\t"
BLANK = "\ufeff \t\r\n"

Cells = Mapping[str, str]


@dataclass(frozen=True)
class Layout:
    """A table's columns by their headers, in lower case: those that show it, and what fills an entry from a row."""

    name: str
    signs: frozenset[str]
    fill: Callable[[Entry, Cells], None]

    def separator(self, first_line: str) -> str:
        """What stands between the headers; nothing where this is no such table."""
        for separator in SEPARATORS:
            if self.signs <= set(headers_of(first_line, separator)):
                return separator
        return ""

    def read(self, lines: Iterable[str]) -> Iterator[Entry | Refusal]:
        """Every row; raises InvalidDocuments where rows can no longer be told apart."""
        numbered = enumerate(lines, start=1)
        # The format was told by what follows all that is blank at the beginning.
        at, first = next((number, line) for number, line in numbered if line.strip(BLANK))
        begun = first.lstrip(BLANK)
        separator = self.separator(begun)
        # Columns without a header may stand before it.
        unnamed = first.removesuffix(begun).count(separator)
        headers = [""] * unnamed + headers_of(begun, separator)
        if twice := sorted(name for name, times in Counter(headers).items() if name and times > 1):
            problem = Problem(f"line {at}", "", "a header stands twice", "Rename one of the columns.", twice[0])
            raise InvalidDocuments([problem])
        for line, cells in rows_of((line for _, line in numbered), separator, at):
            if not any(cells):
                continue
            if len(cells) != len(headers):
                remedy = f"The header has {len(headers)}: look for a quote or a separator that is too much or missing."
                yield refused(f"line {line}", "", "the row has another number of cells", remedy, len(cells))
                continue
            entry = Entry(f"line {line}")
            self.fill(entry, dict(zip(headers, cells, strict=True)))
            yield checked(entry)


def headers_of(first_line: str, separator: str) -> list[str]:
    take_long_cells()
    cells = next(csv.reader([first_line], delimiter=separator), [])
    return [" ".join(cell.lower().split()) for cell in cells]


def take_long_cells() -> None:
    """A cell can be as long as a line: lists of references and of affiliations outgrow what Python takes by itself.

    The limit is the process's own, which any library may have changed since: what bounds a row is a count of ours.
    """
    csv.field_size_limit(max(LONGEST_LINE, csv.field_size_limit()))


def rows_of(lines: Iterable[str], separator: str, before: int) -> Iterator[tuple[int, list[str]]]:
    """(line in which it begins, cells) of each row below so many lines; none is longer than a line may be."""
    take_long_cells()
    length = 0

    def counted() -> Iterator[str]:
        nonlocal length
        for line in lines:
            length += len(line)
            if length > LONGEST_LINE:
                raise csv.Error(f"it is longer than {LONGEST_LINE:,} characters")
            yield line

    reader = csv.reader(counted(), delimiter=separator, strict=True)
    while True:
        line, length = before + reader.line_num + 1, 0
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            remedy = "Mend the quotes there: a cell with quotes stands in quotes, and each quote within it twice."
            raise InvalidDocuments([Problem(f"line {line}", "", f"the row cannot be read: {error}", remedy)]) from error
        yield line, cells
