"""What is replied where there is no map: refused, or not yet made."""

from http import HTTPStatus
from typing import TypeVar

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from v2xkb.literature.keyword_maps import KeywordMap, Question
from v2xkb.literature.map_answers import answer
from v2xkb.literature.map_refusals import Refusal
from v2xkb.literature.map_tasks import QueueFull
from v2xkb.literature.models import MapJob

Response = TypeVar("Response", bound=HttpResponseBase)
# After which a map may be there, and after which there may be room for another.
SECONDS_TO_LOOK, SECONDS_TO_QUEUE = 1, 30


class NoMap(Exception):
    """There is no map: refused, or not yet made, or (None) nothing is known of it, as too many wait."""

    def __init__(self, answer: Refusal | MapJob | None) -> None:
        super().__init__(answer)
        self.refusal = answer if isinstance(answer, Refusal) else None
        self.job = answer if isinstance(answer, MapJob) else None

    @property
    def text(self) -> str:
        if self.refusal:
            return self.refusal.text
        return _("The map is being made.") if self.job else _("Many maps are being made. Look again in a minute.")

    def noted(self, response: Response) -> Response:
        """With when to ask again, as something is there then."""
        if not self.refusal:
            response.status_code = HTTPStatus.ACCEPTED if self.job else HTTPStatus.SERVICE_UNAVAILABLE
            response["Retry-After"] = str(SECONDS_TO_LOOK if self.job else SECONDS_TO_QUEUE)
            response["Cache-Control"] = "no-store"
        return response


def made_of(question: Question) -> KeywordMap:
    """Raises NoMap."""
    try:
        found = answer(question)
    except QueueFull as error:
        raise NoMap(None) from error
    if isinstance(found, KeywordMap):
        return found
    raise NoMap(found)


def plainly(error: NoMap) -> HttpResponse:
    """As text, where no page is asked for: nothing is there where the rule itself makes no map."""
    status = HTTPStatus.NOT_FOUND if error.refusal else HTTPStatus.OK
    return error.noted(HttpResponse(error.text, status=status, content_type="text/plain; charset=utf-8"))
