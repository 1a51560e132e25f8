"""The pages on which curators decide whether two records are one."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from v2xkb.curation.deciding import decide
from v2xkb.curation.duplicate_models import DuplicateCandidate, DuplicateDecision, Verdict
from v2xkb.curation.duplicate_page import page_of
from v2xkb.curation.duplicate_tasks import look_for_duplicates
from v2xkb.curation.people import REVIEW
from v2xkb.curation.states import Refused

QUEUE = ("admin:curation_queue", "duplicates")


@require_http_methods(["GET", "HEAD", "POST"])
def pair(request: HttpRequest, one: str, other: str) -> HttpResponse:
    """Two records side by side, and the decision about them."""
    _let_in(request)
    low, high = sorted((one, other))
    typed = request.POST
    if request.method == "POST":
        try:
            made = decide(
                low, high, typed.get("verdict", ""), request.user, typed.get("reason", ""), typed.get("keep", "")
            )
        except Refused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"Noted: {made.get_verdict_display()}.")
            return _onwards(made)
    try:
        shown = page_of(low, high)
    except Refused as error:
        messages.error(request, str(error))
        return redirect(*QUEUE)
    title = f"{shown.first.label} and {shown.second.label}"
    context = {"title": title, "shown": shown, "verdicts": Verdict, "typed": typed}
    status = 400 if request.method == "POST" else 200
    return render(request, "curation/pair.html", {**admin.site.each_context(request), **context}, status=status)


@require_POST
def looking(request: HttpRequest) -> HttpResponse:
    """Ask the worker to look for duplicates again."""
    _let_in(request)
    look_for_duplicates.enqueue()
    messages.success(request, "The worker looks through all records. This page shows what it found once it is done.")
    return redirect(*QUEUE)


def _let_in(request: HttpRequest) -> None:
    if not request.user.has_perm(REVIEW):
        raise PermissionDenied("Your role does not decide about duplicates.")


def _onwards(made: DuplicateDecision) -> HttpResponse:
    """To the merge that was begun, else to the next pair, else to the empty queue."""
    if made.proposal:
        return redirect(made.proposal)
    following = DuplicateCandidate.objects.to_decide(DuplicateDecision.objects.all()).first()
    target: Any = (following,) if following else QUEUE
    return redirect(*target)
