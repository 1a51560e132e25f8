"""The page of the barrier map: a table, the side of an actor, a download; all of its state stands in the address."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.generic.base import ContextMixin, TemplateResponseMixin, View

from projects.actor_side import actor_sides
from projects.barrier_map import BarrierMap
from projects.barrier_map_request import FORMAT, By, Layer, MapRequest, asked
from projects.barrier_map_table import table
from projects.selection import WrongSelection
from v2xkb.records.exports import csv_line, file_name, reply
from v2xkb.records.languages import in_data_language
from v2xkb.records.lists import Address, Chip, Fault, has_blanks
from v2xkb.taxonomy.choices import Scheme
from v2xkb.taxonomy.models import Term

LAYERS = {Layer.LITERATURE: "What the paper and literature link", Layer.PROJECTS: "What projects report"}
AXES = {By.ACTOR: "By actor", By.SCENARIO: "By scenario"}
CSV = "csv"


class BarrierMapView(TemplateResponseMixin, ContextMixin, View):
    template_name = "projects/barrier_map.html"
    extra_context = {"section": "barriers"}

    def get(self, request: HttpRequest) -> HttpResponseBase:
        address = Address(request.GET)
        if has_blanks(request.GET):
            return HttpResponseRedirect(f"{request.path}{address.canonical}")
        try:
            wanted = asked(request.GET, of_the_map=[FORMAT])
            if request.GET.getlist(FORMAT) not in ([], [CSV]):
                raise WrongSelection({FORMAT: [f"Give “{CSV}”, once, or leave it out."]})
        except WrongSelection as error:
            return self.refusal(request, address, error)
        barrier_map = BarrierMap(wanted)
        if FORMAT in request.GET:
            return self.download(request, barrier_map)
        return self.render_to_response(self.get_context_data(barrier_map=barrier_map, wanted=wanted))

    def refusal(self, request: HttpRequest, address: Address, error: WrongSelection) -> HttpResponse:
        faults = [Fault(name, list(messages), address.without(name)) for name, messages in error.faults.items()]
        return render(request, "records/bad_request.html", {"faults": faults, **self.extra_context}, status=400)

    def download(self, request: HttpRequest, barrier_map: BarrierMap) -> HttpResponseBase:
        with in_data_language():
            home = request.build_absolute_uri(reverse("projects:list"))
            lines = [csv_line(cells) for cells in table(barrier_map, lambda query: f"{home}{query}")]
        name = file_name("barrier-map", Address(request.GET).pairs, CSV)
        return reply(lines, "text/csv; charset=utf-8; header=present", name)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wanted: MapRequest = kwargs["wanted"]
        barrier_map: BarrierMap = kwargs["barrier_map"]
        chosen_actors = wanted.chosen("actor")
        sides = actor_sides(barrier_map)
        actors = list(Term.objects.in_scheme(Scheme.ACTOR).in_order())
        return super().get_context_data(
            **kwargs,
            layers=[(label, wanted.query(layer=[layer]), layer == wanted.layer) for layer, label in LAYERS.items()],
            axes=[(label, wanted.query(by=[by]), by == wanted.by) for by, label in AXES.items()],
            sets=[(one, wanted.query(set=[one.slug]), one == wanted.shown_set) for one in wanted.sets],
            actors=[(term, term.slug in chosen_actors) for term in actors],
            others=[pair for pair in wanted.selection.pairs if pair[0] != "actor"],
            chips=chips(wanted),
            sides=sides,
            marked=[side.actor.slug for side in sides],
            canonical=wanted.query(),
            download=wanted.query(format=[CSV]),
            list_query=wanted.list_query(),
        )


def chips(wanted: MapRequest) -> list[Chip]:
    """The filters chosen, each with the address of the map without it."""
    labels = {name: str(declared.label) for name, declared in wanted.filterset.filters.items()}
    found = []
    for name, value, label in wanted.filterset.selected:
        others = [kept for kept in wanted.chosen(name) if kept != value]
        found.append(Chip(labels[name], label, wanted.query(**{name: others}) or "?"))
    return found
