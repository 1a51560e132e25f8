"""The statistics page and its charts: numbers over exactly the records that the same filter lists."""

from contextlib import nullcontext
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.generic.base import ContextMixin, TemplateResponseMixin, View

from projects.selection import Selection, WrongSelection, read_selection
from projects.statistics import Statistics
from projects.statistics_charts import COVERAGE, TOPICS
from v2xkb.charts.replies import CONTENT_TYPES, DATA, chart_reply
from v2xkb.records.facet_values import Facet, Option
from v2xkb.records.languages import in_data_language
from v2xkb.records.lists import Address, Chip, Fault, has_blanks

# The filters most asked for, offered on the page itself; all others are on the list.
OFFERED = ("tier", "country", "scenario", "status", "record_type")


@dataclass(frozen=True)
class Menu:
    """A filter of which one value can be chosen on the page."""

    facet: Facet
    options: list[Option]


class SelectionView(View):
    """What a filter of projects selects; a wrong parameter answers 400 as the list does."""

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponseBase:
        address = Address(request.GET)
        if has_blanks(request.GET):
            return HttpResponseRedirect(f"{request.path}{address.canonical}")
        try:
            selection = read_selection(request.GET, {})
        except WrongSelection as error:
            faults = [Fault(name, list(messages), address.without(name)) for name, messages in error.faults.items()]
            context = {"faults": faults, "section": "statistics"}
            return render(request, "records/bad_request.html", context, status=400)
        return self.answer(selection, **kwargs)

    def answer(self, selection: Selection, **kwargs: str) -> HttpResponse:
        raise NotImplementedError


class StatisticsView(TemplateResponseMixin, ContextMixin, SelectionView):
    template_name = "projects/statistics.html"
    extra_context = {"section": "statistics"}

    def answer(self, selection: Selection, **kwargs: str) -> HttpResponse:
        return self.render_to_response(self.get_context_data(selection=selection))

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
            chips=chips(selection),
            menus=menus,
            others=[pair for pair in selection.pairs if pair[0] not in offered],
            canonical=query,
            only_two_way=selection.query(tier=["V2X"]),
            coverage=COVERAGE,
        )


class StatisticsChartView(SelectionView):
    """One chart, drawn or as data."""

    def answer(self, selection: Selection, **kwargs: str) -> HttpResponse:
        topic = TOPICS.get(kwargs["name"])
        if topic is None or kwargs["form"] not in CONTENT_TYPES:
            raise Http404("There is no such chart.")
        # Drawings speak the language of the page they stand in, data does not.
        with in_data_language() if kwargs["form"] in DATA else nullcontext():
            return chart_reply(topic.chart(Statistics(selection, topic.facets)), kwargs["form"])


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


def chips(selection: Selection) -> list[Chip]:
    """The filters chosen, each with the address of the page without it."""
    labels = {name: str(declared.label) for name, declared in selection.filterset.filters.items()}
    found = []
    for name, value, label in selection.filterset.selected:
        others = [kept for kept in selection.chosen(name) if kept != value]
        found.append(Chip(labels[name], label, selection.query(**{name: others}) or "?"))
    return found
