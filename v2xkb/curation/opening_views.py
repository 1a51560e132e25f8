"""Pages that lead into the editor: which proposal shall hold the record that somebody wants to edit or make."""

from http import HTTPStatus
from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from v2xkb.curation.editor_views import for_curators
from v2xkb.curation.models import Proposal, ProposedDocument
from v2xkb.curation.opening import draft_of, new_draft, put_into_work, words
from v2xkb.curation.proposals import Draft
from v2xkb.curation.states import Refused
from v2xkb.numbers import LARGEST_KEY, whole_number_in
from v2xkb.records import registry
from v2xkb.records.models import Record

NEW = "new"


@for_curators
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Put a live record into a proposal of one's own, and open it there."""
    record = Record.objects.called(kind, slug)
    if record is None:
        raise Http404("There is no such record.")
    context = {
        "title": f"Edit {record.label}",
        "record": record,
        "drafts": ProposedDocument.objects.in_work_of(request.user, record.pid),
    }
    if request.method == "POST":
        return _put(request, draft_of(record), context)
    return _page(request, context)


@for_curators
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """Begin a record of a kind in a proposal of one's own."""
    if kind not in registry.kind_names():
        raise Http404("There is no such kind of record.")
    asked = request.POST if request.method == "POST" else request.GET
    name, slug = asked.get("name", ""), asked.get("slug", "")
    context = {"title": f"New {words(kind)}", "new_kind": registry.kind(kind), "name": name, "slug": slug}
    if request.method != "POST":
        return _page(request, context)
    try:
        return _put(request, new_draft(kind, name, slug), context)
    except Refused as refused:
        return _page(request, {**context, "refused": str(refused)}, HTTPStatus.CONFLICT)


def _put(request: HttpRequest, draft: Draft, context: dict[str, Any]) -> HttpResponse:
    number = whole_number_in(request.POST.get("proposal", NEW), LARGEST_KEY)
    held = ProposedDocument.objects.in_work_of(request.user, draft.pid)
    try:
        for one in held:
            # Sent twice, or edited there already: what stands there is not overwritten by what is live.
            if number == one.proposal_id or (number is None and one.number == 1 and request.POST.get("reason") == ""):
                return _to(one.proposal_id, draft.pid)
        number = put_into_work(draft, request.user, proposal=number, reason=request.POST.get("reason", ""))
    except (Refused, Proposal.DoesNotExist) as refused:
        said = str(refused) if isinstance(refused, Refused) else "That proposal is no longer there: choose another."
        return _page(request, {**context, "refused": said}, HTTPStatus.CONFLICT)
    return _to(number, draft.pid)


def _to(proposal: int, pid: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:curation_document", args=[proposal, pid]))


def _page(request: HttpRequest, context: dict[str, Any], status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    proposals = Proposal.objects.in_work_of(request.user)
    asked = request.POST if request.method == "POST" else request.GET
    context = {
        **admin.site.each_context(request),
        "proposals": proposals,
        "chosen": asked.get("proposal", NEW),
        "reason": asked.get("reason", ""),
        **context,
    }
    return render(request, "curation/open.html", context, status=status)
