"""The page about how publications use the terms, and its charts."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse

from projects.selection import Selection
from projects.selection_views import SelectionPageView, SelectionView, spoken_for
from projects.term_usage import UsageStatistics, asked, text_label
from projects.term_usage_charts import CHARTS
from projects.term_usage_plain import table
from v2xkb.charts.replies import CONTENT_TYPES, chart_reply
from v2xkb.records.facet_groups import group_of
from v2xkb.taxonomy.filtersets import TermUsageFilterSet


class CodingsView(SelectionView[Selection]):
    """What a filter of codings selects."""

    filterset_class = TermUsageFilterSet
    extra_context = {"section": "terms"}

    def asked(self, query: QueryDict, beside: Sequence[str] = ()) -> Selection:
        return asked(query, tuple(beside))


class TermUsagePageView(CodingsView, SelectionPageView[Selection]):
    template_name = "projects/term_usage.html"
    download_name = "term-usage"
    list_name = "taxonomy:usages"

    def lines(self, wanted: Selection, list_address: Callable[[str], str]) -> Iterable[list[str]]:
        return table(UsageStatistics(wanted))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wanted: Selection = kwargs["wanted"]
        statistics = UsageStatistics(wanted)
        return super().get_context_data(
            **kwargs,
            statistics=statistics,
            filterset=wanted.filterset,
            groups=[group_of(facet, wanted.filterset, ()) for facet in wanted.filterset.facets()],
            charts=[(make(statistics), f"{chart_address(name)}{wanted.query()}") for name, make in CHARTS.items()],
            texts=[(text_label(text), number) for text, number in statistics.texts.items()],
            agreements=[(one, statistics.names.get(one.term, "")) for one in statistics.agreements],
        )


class TermUsageChartView(CodingsView):
    """One chart, drawn or as data."""

    def answer(self, wanted: Selection, **parts: str) -> HttpResponse:
        make, form = CHARTS.get(parts["name"]), parts["form"]
        if make is None or form not in CONTENT_TYPES:
            raise Http404("There is no such chart.")
        with spoken_for(form):
            return chart_reply(make(UsageStatistics(wanted)), form)


def chart_address(name: str) -> str:
    """Of a chart without its form, to which the form is added where it is asked for."""
    return reverse("projects:term-usage-chart", args=[name, "svg"]).removesuffix(".svg")
