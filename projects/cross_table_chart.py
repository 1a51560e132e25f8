"""The cross-table as a drawing: the same numbers, darker where there are more, a dash where there is none."""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.cross_table import CrossTable
from projects.matrix_drawing import GAP, Axis, Field, by_number, matrix
from v2xkb.charts.chart import Cell, Chart
from v2xkb.records.facet_crossing import Value

# More cells would be too small to read.
MOST_CELLS = 1600
# As pixels, more would take a second to draw, and megabytes.
MOST_IN_PIXELS = 600


def is_drawable(cross_table: CrossTable, form: str = "svg") -> bool:
    rows, columns = cross_table.sides
    return 0 < len(rows.values) * len(columns.values) <= (MOST_IN_PIXELS if form == "png" else MOST_CELLS)


def chart(cross_table: CrossTable) -> Chart:
    rows, columns = cross_table.sides
    row_names, column_names = distinct(rows.values), distinct(columns.values)
    table: list[tuple[Cell, ...]] = [
        (name, *(cell.records for cell in cells))
        for name, (_head, cells) in zip(row_names, cross_table.rows, strict=True)
    ]
    return Chart(
        name="cross-table",
        title=cross_table.finding,
        alt=alternative(cross_table),
        spec=matrix(
            [
                Field(row, column, str(cell.records or GAP), 0 if cell.is_missing else cell.records)
                for row, (_head, cells) in zip(row_names, cross_table.rows, strict=True)
                for column, cell in zip(column_names, cells, strict=True)
            ],
            rows=Axis(rows.label, row_names),
            columns=Axis(columns.label, column_names),
            colours=by_number(cross_table.most),
        ),
        columns=(rows.label, *column_names),
        rows=table,
        note=cross_table.note,
    )


def alternative(cross_table: CrossTable) -> str:
    rows, columns = cross_table.sides
    shape = ngettext(
        "A grid with %(rows)s row and %(columns)s columns; each field holds a number of records.",
        "A grid with %(rows)s rows and %(columns)s columns; each field holds a number of records.",
        len(rows.values),
    )
    most = _("The largest is %(most)s.") % {"most": cross_table.most}
    return " ".join(
        (f"{cross_table.subject}.", shape % {"rows": len(rows.values), "columns": len(columns.values)}, most)
    )


def distinct(values: Sequence[Value]) -> list[str]:
    """Labels, of which those that several values share say which value they are."""
    often = Counter(value.label for value in values)
    return [f"{value.label} ({value.value})" if often[value.label] > 1 else value.label for value in values]
