"""A curator's private feed of waiting work, for feed readers: they know a user name and a password of its own."""

from base64 import b64decode
from http import HTTPStatus
from uuid import uuid5

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from v2xkb.curation.models import NotificationChoice
from v2xkb.curation.secret_codes import hash_of
from v2xkb.curation.waiting import backlogs_of, work_address
from v2xkb.records.feeds import NAMES, NEVER, ListFeed
from v2xkb.records.keyed import unkeyed

UNNAMED = "Give your user name, and as password that of your feed, which “My notifications” in the admin makes.\n"
ASKS = {"WWW-Authenticate": 'Basic realm="v2xkb feed", charset="UTF-8"'}
FORMER = (
    "Feeds have one address now, {address}: give your user name, and as password the last part of the former address.\n"
)


@unkeyed
@require_safe
def former_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Addresses that held the password, as they were until 1.0."""
    address = request.build_absolute_uri(reverse("curator-feed"))
    return HttpResponse(FORMER.format(address=address), "text/plain; charset=utf-8", HTTPStatus.GONE)


@unkeyed
@require_safe
def curator_feed(request: HttpRequest) -> HttpResponse:
    """What waits for whoever made the feed, what waits shortest first; its password opens nothing else."""
    choice = _whose(request.headers.get("Authorization", ""))
    if choice is None:
        return HttpResponse(UNNAMED, "text/plain; charset=utf-8", HTTPStatus.UNAUTHORIZED, headers=ASKS)
    backlogs = backlogs_of(choice.user)
    waiting = [(backlog, one) for backlog in backlogs for one in backlog.oldest]
    waiting.sort(key=lambda pair: pair[1].since, reverse=True)
    counts = ", ".join(f"{backlog.name}: {backlog.total}" for backlog in backlogs)
    feed = ListFeed(
        title="v2xkb: work that waits for you",
        link=request.build_absolute_uri(work_address()),
        description="",
        subtitle=f"{counts or 'Nothing waits for you'}.",
        feed_guid=uuid5(NAMES, f"work/{choice.pk}").urn,
        language="en",
        author_name="v2xkb",
        updated=max((one.since for _, one in waiting), default=NEVER),
    )
    for backlog, one in waiting:
        feed.add_item(
            title=one.title,
            link=request.build_absolute_uri(one.address),
            description=backlog.name,
            unique_id=uuid5(NAMES, one.key).urn,
            updateddate=one.since,
        )
    response = HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _whose(header: str) -> NotificationChoice | None:
    """Whose feed a user name and its password open, as RFC 7617 writes them."""
    scheme, _, sent = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, _, password = b64decode(sent, validate=True).decode().partition(":")
    except ValueError:
        return None
    choice = NotificationChoice.objects.with_feed(hash_of(password))
    return choice if choice and choice.user.get_username() == name else None
