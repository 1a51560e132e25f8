"""How far a map is, for scripts that wait for it: whoever asks first has it made."""

from typing import Any

from django.http import JsonResponse
from django.http.response import HttpResponseBase

from v2xkb.literature.keyword_maps import KeywordMap
from v2xkb.literature.map_answers import answer
from v2xkb.literature.map_refusals import Refusal
from v2xkb.literature.map_replies import NoMap
from v2xkb.literature.map_tasks import QueueFull
from v2xkb.literature.map_views import MapView, Wanted
from v2xkb.literature.models import MapJob


class MapProgressView(MapView):
    """The state of a map (made, waiting, making, refused, full) and what belongs to it; the worker makes it."""

    def answer(self, wanted: Wanted, **parts: str) -> HttpResponseBase:
        try:
            found = answer(wanted.question, in_worker=True)
        except QueueFull:
            full = NoMap(None)
            return full.noted(self.told({"state": "full", "reason": full.text}))
        if isinstance(found, MapJob):
            return NoMap(found).noted(
                self.told({"state": found.state, "step": found.step, "done": found.done, "of": found.of})
            )
        return self.told(self.ended(wanted, found))

    def ended(self, wanted: Wanted, found: KeywordMap | Refusal) -> dict[str, Any]:
        if isinstance(found, Refusal):
            return {"state": "refused", "reason": found.text}
        return {"state": "made", "json": wanted.address("map-file", form="json"), "page": wanted.address("map")}

    def told(self, said: dict[str, Any]) -> JsonResponse:
        return JsonResponse(said, headers={"Cache-Control": "no-store"})
