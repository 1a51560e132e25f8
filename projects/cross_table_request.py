"""What the cross-table can be asked: which two facets, what of them, and every filter of the list of projects."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.http import QueryDict
from django.utils.translation import gettext as _

from projects.filtersets import ProjectFilterSet
from projects.selection import Selection, WrongSelection, read_selection
from v2xkb.records.facet_filters import FacetFilter

# What is crossed unless the address says otherwise.
FIRST_CHOICE = ("scenario", "connector")


class View(StrEnum):
    """What is shown of two facets crossed."""

    TABLE = "table"
    GAPS = "gaps"


@dataclass(frozen=True)
class CrossRequest:
    """Two different facets, and the projects they are counted of."""

    rows: FacetFilter
    columns: FacetFilter
    view: View
    selection: Selection

    @property
    def filterset(self) -> ProjectFilterSet:
        return self.selection.filterset

    def list_query(self, **instead: Iterable[str]) -> str:
        """The query of the list of projects that the same filters give, those named replaced."""
        return self.selection.list_query(**instead)

    def query(self, **instead: Iterable[str]) -> str:
        """The query of the page itself, both facets in it, some parameters replaced."""
        usual = (("view", View.TABLE.value),)
        return self.selection.query(*usual, **self._crossed | instead)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What a form of filters hands on."""
        crossed = [(name, value) for name, (value,) in self._crossed.items()]
        return [*crossed, ("view", self.view.value)] if self.view != View.TABLE else crossed

    @property
    def _crossed(self) -> dict[str, list[str]]:
        return {"rows": [self.rows.name], "columns": [self.columns.name]}


def crossable(filterset: ProjectFilterSet) -> list[FacetFilter]:
    """The facets of which any two can be crossed."""
    return filterset.facet_filters


def asked(query: QueryDict, *, views: Sequence[View] = (), beside: Sequence[str] = ()) -> CrossRequest:
    """What a query asks; `views` are those an interface offers, `beside` what else it takes. Raises WrongSelection."""
    names = [facet.name for facet in crossable(ProjectFilterSet())]
    own = {"rows": names, "columns": names} | ({"view": [view.value for view in views]} if views else {})
    selection = read_selection(query, own, beside)
    rows, columns = selection.given.get("rows"), selection.given.get("columns")
    if rows and rows == columns:
        message = _("“{facet}” stands in the rows already. Choose another facet.").format(facet=columns)
        raise WrongSelection({"columns": [message]})
    rows = rows or next(name for name in FIRST_CHOICE if name != columns)
    columns = columns or next(name for name in reversed(FIRST_CHOICE) if name != rows)
    facets = selection.filterset.filters
    return CrossRequest(facets[rows], facets[columns], View(selection.given.get("view", View.TABLE)), selection)
