"""The page where pasted BibTeX, RIS or CSL-JSON becomes new references in a proposal."""

from hashlib import sha256
from http import HTTPStatus
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from v2xkb.curation.models import Proposal
from v2xkb.curation.pasting import MOST_CHARACTERS, MOST_REFERENCES, Preview, chosen, preview
from v2xkb.curation.people import PROPOSE
from v2xkb.curation.proposals import keep, propose
from v2xkb.curation.states import Refused
from v2xkb.numbers import LARGEST_KEY, whole_number_in
from v2xkb.records.problems import InvalidDocuments

NEW = "new"


@require_http_methods(["GET", "HEAD", "POST"])
def references(request: HttpRequest) -> HttpResponse:
    """Shows what a pasted text holds; then puts what was chosen into a proposal."""
    if not request.user.has_perm(PROPOSE):
        raise PermissionDenied("Your role does not include proposing changes.")
    if request.method != "POST":
        return _page(request, {})
    text = request.POST.get("text", "").replace("\r\n", "\n")
    try:
        found = preview(text, request.user)
    except InvalidDocuments as error:
        return _page(request, {"text": text, "refused": error.problems}, HTTPStatus.BAD_REQUEST)
    context = {"text": text, "found": found, "seen": seen(text), "taken": None}
    if request.POST.get("do") != "propose":
        return _page(request, context)
    if request.POST.get("seen") != seen(text):
        messages.warning(request, "The text is another than the one you chose from: look at it and choose again.")
        return _page(request, context, HTTPStatus.CONFLICT)
    return _proposed(request, found, {**context, "taken": set(request.POST.getlist("take"))})


def seen(text: str) -> str:
    """Tells the text that a choice was made from."""
    return sha256(text.encode(errors="replace")).hexdigest()


def _proposed(request: HttpRequest, found: Preview, context: dict[str, Any]) -> HttpResponse:
    drafts = chosen(found, context["taken"])
    if not drafts:
        messages.error(request, "No reference is chosen: tick at least one.")
        return _page(request, context, HTTPStatus.BAD_REQUEST)
    into = whole_number_in(request.POST.get("proposal", NEW), LARGEST_KEY)
    try:
        if into is not None:
            proposal = keep(into, drafts, request.user)
        else:
            proposal = propose(request.user, request.POST.get("reason", ""), drafts)
    except (Refused, Proposal.DoesNotExist) as error:
        messages.error(request, str(error) if isinstance(error, Refused) else "There is no such proposal any more.")
        return _page(request, context, HTTPStatus.CONFLICT)
    count = len(drafts)
    messages.success(request, f"{count} new reference{'s' if count > 1 else ''} put into proposal {proposal.pk}.")
    return redirect(proposal)


def _page(request: HttpRequest, context: dict[str, Any], status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    context = {
        **admin.site.each_context(request),
        "title": "New references from BibTeX, RIS or CSL-JSON",
        "proposals": Proposal.objects.in_work_of(request.user),
        "into": asked.get("proposal", NEW),
        "reason": asked.get("reason", "New references"),
        "most_characters": f"{MOST_CHARACTERS:,}",
        "most_references": MOST_REFERENCES,
        **context,
    }
    return render(request, "curation/references.html", context, status=status)
