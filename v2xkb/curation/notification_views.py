"""A curator's private feed of waiting work; its address is its own key."""

from uuid import uuid5

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from v2xkb.curation.models import NotificationChoice
from v2xkb.curation.secret_links import hash_of
from v2xkb.curation.waiting import backlogs_of, work_address
from v2xkb.records.feeds import NAMES, NEVER, ListFeed
from v2xkb.records.keyed import unkeyed


@unkeyed
@require_safe
def curator_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """What waits for whoever made the address, what waits shortest first; 404 once it is revoked."""
    choice = NotificationChoice.objects.with_feed(hash_of(secret))
    if choice is None:
        raise Http404("There is no feed at this address.")
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
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
