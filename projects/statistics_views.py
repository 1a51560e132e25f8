"""The statistics page and its charts: numbers over exactly the records that the same filter lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.views.generic.base import TemplateResponseMixin

from projects.selection import Selection, read_selection
from projects.selection_views import SelectionView, chips, spoken_for
from projects.statistics import Statistics
from projects.statistics_charts import COVERAGE, TOPICS
from v2xkb.charts.replies import CONTENT_TYPES, chart_reply
from v2xkb.records.facet_values import Facet, Option

# The filters most asked for, offered on the page itself; all others are on the list.
OFFERED = ("tier", "country", "scenario", "status", "record_type")


@dataclass(frozen=True)
class Menu:
    """A filter of which one value can be chosen on the page."""

    facet: Facet
    options: list[Option]


class SelectedView(SelectionView[Selection]):
    """What a filter of projects selects, and nothing else."""

    extra_context = {"section": "statistics"}

    def asked(self, query: QueryDict, beside: Sequence[str] = ()) -> Selection:
        return read_selection(query, {}, beside)


class StatisticsView(TemplateResponseMixin, SelectedView):
    template_name = "projects/statistics.html"

    def answer(self, wanted: Selection, **parts: str) -> HttpResponse:
        return self.render_to_response(self.get_context_data(selection=wanted))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        selection: Selection = kwargs["selection"]
        statistics, query = Statistics(selection), selection.query()
        charts = [(topic, topic.chart(statistics), f"{chart_address(topic.name)}{query}") for topic in TOPICS.values()]
        groups = [(label, list(of_group)) for label, of_group in groupby(charts, key=lambda chart: chart[0].group)]
        menus = list(menus_of(selection))
        offered = {menu.facet.name for menu in menus} | {"cited_only"}
        return super().get_context_data(
            **kwargs,
            statistics=statistics,
            groups=groups,
            chips=list(chips(selection)),
            menus=menus,
            others=[pair for pair in selection.pairs if pair[0] not in offered],
            canonical=query,
            only_two_way=selection.query(tier=["V2X"]),
            coverage=COVERAGE,
        )


class StatisticsChartView(SelectedView):
    """One chart, drawn or as data."""

    def answer(self, wanted: Selection, **parts: str) -> HttpResponse:
        topic, form = TOPICS.get(parts["name"]), parts["form"]
        if topic is None or form not in CONTENT_TYPES:
            raise Http404("There is no such chart.")
        with spoken_for(form):
            return chart_reply(topic.chart(Statistics(wanted, topic.facets)), form)


def chart_address(name: str) -> str:
    """Of a chart without its form, to which the form is added where it is asked for."""
    return reverse("projects:statistics-chart", args=[name, "svg"]).removesuffix(".svg")


def menus_of(selection: Selection) -> list[Menu]:
    """Filters with at most one value chosen; with several they stay as they are."""
    return [
        Menu(facet, [option for option in facet.options if option.count or option.selected])
        for facet in selection.filterset.facets()
        if facet.name in OFFERED and not facet.every and len(selection.chosen(facet.name)) < 2
    ]
