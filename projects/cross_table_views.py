"""The page of the cross-table: numbers, a drawing of them, the gaps, downloads; its address says it all."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from projects.cross_table import CrossTable
from projects.cross_table_chart import chart, is_drawable
from projects.cross_table_plain import table
from projects.cross_table_request import CrossRequest, View, asked, crossable
from projects.selection import WrongSelection
from projects.selection_views import SelectionPageView, refusal, spoken_for
from v2xkb.charts.replies import chart_reply
from v2xkb.records.facet_groups import group_of
from v2xkb.records.keyed import refusing_unknown
from v2xkb.records.rate_middleware import expensive

VIEWS = {View.TABLE: _("Numbers"), View.GAPS: _("Gaps only")}
OFTEN_ASKED = [
    ("scenario", "connector"),
    ("service", "country"),
    ("scenario", "service"),
    ("barrier", "stance"),
    ("barrier", "actor"),
    ("connector", "power_flow"),
    ("tier", "status"),
    ("active", "scenario"),
]


class CrossTableView(SelectionPageView[CrossRequest]):
    is_expensive = True
    template_name = "projects/cross_table.html"
    extra_context = {"section": "statistics"}
    download_name = "cross-table"

    def asked(self, query: QueryDict, beside: Sequence[str] = ()) -> CrossRequest:
        return asked(query, views=list(View), beside=beside)

    def lines(self, wanted: CrossRequest, list_address: Callable[[str], str]) -> Iterable[list[str]]:
        return table(CrossTable(wanted), list_address)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wanted: CrossRequest = kwargs["wanted"]
        cross_table = CrossTable(wanted)
        facets = crossable(wanted.filterset)
        labels = {facet.name: str(facet.label) for facet in facets}
        return super().get_context_data(
            **kwargs,
            cross_table=cross_table,
            facets=facets,
            others=[pair for pair in wanted.selection.pairs if pair[0] not in ("rows", "columns")],
            filterset=wanted.filterset,
            groups=[group_of(facet, wanted.filterset, ()) for facet in wanted.filterset.facets()],
            kept=wanted.kept,
            turned=wanted.query(rows=[wanted.columns.name], columns=[wanted.rows.name]),
            views=[(label, wanted.query(view=[view]), view == wanted.view) for view, label in VIEWS.items()],
            often_asked=[
                (labels[rows], labels[columns], wanted.query(rows=[rows], columns=[columns]))
                for rows, columns in OFTEN_ASKED
            ],
            chart=chart(cross_table) if wanted.view == View.TABLE and is_drawable(cross_table) else None,
            without_pixels=not is_drawable(cross_table, "png"),
            chart_address=f"{reverse('projects:cross-table')}chart{wanted.query(view=[View.TABLE])}",
            gaps_address=wanted.query(view=[View.GAPS]),
        )


@refusing_unknown
@expensive
@require_safe
def cross_table_chart(request: HttpRequest, form: str) -> HttpResponse:
    """The drawing of the table that the same query shows on the page."""
    try:
        cross_table = CrossTable(asked(request.GET))
    except WrongSelection as error:
        return refusal(request, error, {"section": "statistics"})
    with spoken_for(form):
        if not is_drawable(cross_table, form):
            raise Http404("There is nothing to draw, or more than can be read.")
        return chart_reply(chart(cross_table), form)
