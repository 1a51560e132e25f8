"""The pages of the queues, and the way to what waits longest for a review."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from v2xkb.curation.models import Proposal
from v2xkb.curation.people import REVIEW
from v2xkb.curation.queues import queues

PER_PAGE = 50


@require_safe
def queue(request: HttpRequest, name: str) -> HttpResponse:
    """What waits in one queue; a page beyond the last shows the last."""
    found = queues().get(name)
    if found is None:
        raise Http404(f"There is no queue “{name}”. Known: {', '.join(queues())}.")
    if not request.user.has_perm(found.right):
        raise PermissionDenied("Your role does not work on this queue.")
    page = Paginator(found.rows(request.user), PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    found.complete(page.object_list)
    context = {**admin.site.each_context(request), "title": found.title, "queue": found, "page": page}
    return render(request, "curation/queue.html", context)


@require_safe
def next_to_review(request: HttpRequest) -> HttpResponse:
    """Leads to what waits longest for this person's review, but not to the one they come `from`."""
    user: Any = request.user
    if not user.has_perm(REVIEW):
        raise PermissionDenied("Your role does not review proposals.")
    waiting = Proposal.objects.to_review_by(user, four_eyes=settings.FOUR_EYES)
    found = waiting.besides(request.GET.get("from", "")).first() or waiting.first()
    if found is None:
        messages.info(request, "Nothing waits for your review.")
        return redirect("admin:index")
    return redirect(found)
