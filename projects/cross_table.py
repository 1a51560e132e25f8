"""Two facets of projects crossed: every number with its list, and the combinations that no project reported."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from projects.cross_table_request import CrossRequest
from projects.filtersets import PARTNERS, REPORTS, SCENARIOS
from v2xkb.records.facet_crossing import Crossing, Gap, Side, Value, cross
from v2xkb.records.facet_values import NOT_REPORTED

MOST_GAPS = 50
# Where fewer would be expected, none says nothing.
LEAST_EXPECTED = 0.5
# Shades by which cells are told apart besides their numbers.
SHADES = 5
# What one row is where both facets read the same rows.
ON_ONE = {
    SCENARIOS: gettext_lazy("Both stand in one and the same scenario of a project."),
    PARTNERS: gettext_lazy("Both stand in one and the same partner of a project."),
    REPORTS: gettext_lazy("Both stand in one and the same barrier report of a project."),
}


# Columns of a page's width, of those with short names.
MOST_IN_VIEW = 12


@dataclass(frozen=True)
class Head:
    """A value with the query of the list of the records that have it."""

    value: Value
    list_query: str

    @property
    def is_missing(self) -> bool:
        return self.value.value == NOT_REPORTED


@dataclass(frozen=True)
class Cell:
    """How many records have both values, and the query of the list of them.

    `shade` grows with the number from 1; it is 0 where there is none, or where a value is not reported.
    """

    row: Value
    column: Value
    records: int
    list_query: str
    shade: int

    @property
    def is_missing(self) -> bool:
        return NOT_REPORTED in (self.row.value, self.column.value)


@dataclass(frozen=True)
class LinkedGap:
    """Two values that no record has together, with the lists of the records that have one of them."""

    gap: Gap
    row: Head
    column: Head


class CrossTable:
    """The table that a request asks for."""

    def __init__(self, request: CrossRequest) -> None:
        self.request = request

    @cached_property
    def crossing(self) -> Crossing:
        return cross(self.request.filterset, self.request.rows, self.request.columns)

    @property
    def total(self) -> int:
        return self.crossing.total

    @cached_property
    def heads(self) -> list[Head]:
        """The columns."""
        return [self.head(self.crossing.columns, value) for value in self.crossing.columns.values]

    @property
    def is_wide(self) -> bool:
        """Whether some columns may be out of view on a wide screen, too."""
        return len(self.heads) > MOST_IN_VIEW

    @cached_property
    def rows(self) -> list[tuple[Head, list[Cell]]]:
        return [(self.head(self.crossing.rows, row), list(self._cells(row))) for row in self.crossing.rows.values]

    def head(self, side: Side, value: Value) -> Head:
        return Head(value, self.request.list_query(**{side.name: [value.value]}))

    def _cells(self, row: Value) -> Iterator[Cell]:
        rows, columns = self.crossing.rows, self.crossing.columns
        for column in columns.values:
            records = self.crossing.records(row, column)
            query = self.request.list_query(**{rows.name: [row.value], columns.name: [column.value]})
            shade = 0 if NOT_REPORTED in (row.value, column.value) else self._shade(records)
            yield Cell(row, column, records, query if records else "", shade)

    def _shade(self, records: int) -> int:
        return -(-records * SHADES // self.most) if records else 0

    @cached_property
    def most(self) -> int:
        """The largest number in a cell of two reported values."""
        return max((count for pair, count in self.crossing.counts.items() if NOT_REPORTED not in pair), default=0)

    @cached_property
    def gaps(self) -> list[LinkedGap]:
        rows, columns = self.crossing.rows, self.crossing.columns
        return [LinkedGap(gap, self.head(rows, gap.row), self.head(columns, gap.column)) for gap in self.crossing.gaps]

    @cached_property
    def first_gaps(self) -> list[LinkedGap]:
        """As many as a page can hold, of those that are worth a look."""
        return [linked for linked in self.gaps[:MOST_GAPS] if linked.gap.expected >= LEAST_EXPECTED]

    @property
    def combinations(self) -> int:
        """How many pairs of reported values there are."""
        sides = (self.crossing.rows, self.crossing.columns)
        rows, columns = (sum(value.value != NOT_REPORTED for value in side.values) for side in sides)
        return rows * columns

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.crossing.rows, self.crossing.columns

    @property
    def list_address(self) -> str:
        return reverse("projects:list")

    @cached_property
    def on_one(self) -> str:
        """Whether both values must stand on one row of a project, in words."""
        same = self.request.rows.rows == self.request.columns.rows
        return str(ON_ONE.get(self.request.rows.rows, "")) if same else ""

    @cached_property
    def subject(self) -> str:
        """What is crossed."""
        return _("%(rows)s by %(columns)s") % {"rows": self.crossing.rows.label, "columns": self.crossing.columns.label}

    @cached_property
    def finding(self) -> str:
        """The most frequent pair of reported values, and how many pairs have no record, in words."""
        pairs = [(cell.records, cell.row.label, cell.column.label) for cell in self._reported()]
        if not self.most:
            return _("%(subject)s: no record here reports both") % {"subject": self.subject}
        records, row, column = max(pairs, key=lambda pair: pair[0])
        told = _("%(subject)s: %(row)s with %(column)s most often, in %(records)s of %(total)s records") % {
            "subject": self.subject,
            "row": row,
            "column": column,
            "records": records,
            "total": self.total,
        }
        empty = ngettext(
            "%(gaps)s of %(combinations)s combinations reported by none",
            "%(gaps)s of %(combinations)s combinations reported by none",
            len(self.gaps),
        ) % {"gaps": len(self.gaps), "combinations": self.combinations}
        return f"{told}; {empty}"

    def _reported(self) -> Iterable[Cell]:
        return (cell for _head, cells in self.rows for cell in cells if not cell.is_missing)

    @cached_property
    def note(self) -> str:
        """What a number counts, of how many records, by which filters."""
        counts = ngettext(
            "Numbers count records that have both values, of %(total)s record; a record can count in several cells.",
            "Numbers count records that have both values, of %(total)s records; a record can count in several cells.",
            self.total,
        )
        words = self.request.selection.words
        chosen = _("Filters: %(filters)s.") % {"filters": words} if words else _("No filter.")
        return " ".join(part for part in (counts % {"total": self.total}, self.on_one, chosen) if part)
