"""The page of the barrier map: a table, a drawing of it, the side of an actor, downloads; its address says it all."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from projects.actor_side import actor_sides
from projects.barrier_map import BarrierMap
from projects.barrier_map_chart import chart, folded
from projects.barrier_map_request import By, Layer, MapRequest, asked
from projects.barrier_map_table import table
from projects.selection import WrongSelection
from projects.selection_views import SelectionPageView, refusal, spoken_for
from v2xkb.charts.replies import chart_reply
from v2xkb.records.keyed import refusing_unknown
from v2xkb.taxonomy.choices import Scheme
from v2xkb.taxonomy.models import Term

LAYERS = {Layer.LITERATURE: _("What the paper and literature link"), Layer.PROJECTS: _("What projects report")}
AXES = {By.ACTOR: _("By actor"), By.SCENARIO: _("By scenario")}


class BarrierMapView(SelectionPageView[MapRequest]):
    template_name = "projects/barrier_map.html"
    extra_context = {"section": "barriers"}
    download_name = "barrier-map"

    def asked(self, query: QueryDict, beside: Sequence[str] = ()) -> MapRequest:
        return asked(query, of_the_map=beside)

    def lines(self, wanted: MapRequest, list_address: Callable[[str], str]) -> Iterable[list[str]]:
        return table(BarrierMap(wanted), list_address)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wanted: MapRequest = kwargs["wanted"]
        barrier_map = BarrierMap(wanted, folds=True)
        chosen_actors = wanted.chosen("actor")
        sides = actor_sides(barrier_map)
        actors = list(Term.objects.in_scheme(Scheme.ACTOR).in_order())
        return super().get_context_data(
            **kwargs,
            barrier_map=barrier_map,
            layers=[(label, wanted.query(layer=[layer]), layer == wanted.layer) for layer, label in LAYERS.items()],
            axes=[(label, wanted.query(by=[by]), by == wanted.by) for by, label in AXES.items()],
            sets=[(one, wanted.query(set=[one.slug]), one == wanted.shown_set) for one in wanted.sets],
            layer_label=LAYERS[wanted.layer],
            axis_label=AXES[wanted.by],
            actors=[(term, term.slug in chosen_actors) for term in actors],
            others=[pair for pair in wanted.selection.pairs if pair[0] != "actor"],
            sides=sides,
            folded=folded(barrier_map),
            crossed=f"{reverse('projects:cross-table')}{wanted.list_query(rows=['barrier'], columns=['scenario'])}",
            marked=[side.actor.slug for side in sides],
            chart=chart(barrier_map) if barrier_map.barriers else None,
            chart_address=f"{reverse('projects:barrier-map')}chart{wanted.query()}",
        )


@refusing_unknown
@require_safe
def barrier_map_chart(request: HttpRequest, form: str) -> HttpResponse:
    """The drawing of the map that the same query shows on the page."""
    try:
        wanted = asked(request.GET)
    except WrongSelection as error:
        return refusal(request, error, {"section": "barriers"})
    with spoken_for(form):
        return chart_reply(chart(BarrierMap(wanted, folds=True)), form)
