"""Tags of replies (ETag): the same as long as data, code, day and query are."""

import hashlib
import json
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import parse_etags

from v2xkb.instance import build
from v2xkb.records.models import Revision


class Asked(NamedTuple):
    """A query with its variables, and the name of the operation to run."""

    query: str
    variables: dict[str, Any]
    name: str | None


def tag_of(asked: Asked) -> str:
    """One query: the data's revision, read before the data.

    What a writer changes in between is sent under the older tag, which no later request is given.
    """
    made_of = [build(), Revision.objects.current(), timezone.now().date().isoformat(), *asked]
    text = json.dumps(made_of, ensure_ascii=False, sort_keys=True)
    return f'"{hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:32]}"'


def is_known(request: HttpRequest, tag: str) -> bool:
    """Whether who asks has this reply already."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return "*" in known or tag in {one.removeprefix("W/") for one in known}


def tagged(response: HttpResponse, tag: str) -> HttpResponse:
    """Anybody may keep the reply, and asks by its tag whether it still stands."""
    response["ETag"] = tag
    response["Cache-Control"] = "public, no-cache"
    return response
