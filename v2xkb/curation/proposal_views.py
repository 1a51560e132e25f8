"""The pages of one proposal: read it, comment on it, take it a step further, settle what collides."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from v2xkb.curation import admin_pages
from v2xkb.curation.adding import to_edit, to_withdraw
from v2xkb.curation.choices import Action, Signature, State
from v2xkb.curation.draft_history import drafts_of
from v2xkb.curation.models import Proposal, ProposedDocument
from v2xkb.curation.proposal_page import PER_PAGE, page_of
from v2xkb.curation.proposals import act, bring_up_to_date, comment, drop, explain, keep, problems_of
from v2xkb.curation.rebasing import MovedOn, rebase
from v2xkb.curation.settling import choices_of, settled
from v2xkb.curation.states import STEPS, Refused, may_edit, may_rebase, may_see
from v2xkb.records import registry
from v2xkb.records.problems import InvalidDocuments, Problem

# A larger proposal is checked when it is handed in, not each time its page is shown.
CHECKED_AT_ONCE = 200
View = Callable[..., HttpResponse]


def of_proposal(view: View) -> View:
    """Gives a view the proposal that the address names, for people who may see it."""

    @wraps(view)
    def guarded(request: HttpRequest, pk: int, **rest: Any) -> HttpResponse:
        proposal = get_object_or_404(Proposal.objects.for_list(), pk=pk)
        if not may_see(proposal, request.user):
            raise PermissionDenied("Only its author and reviewers see a proposal.")
        return view(request, proposal, **rest)

    return guarded


@require_safe
@of_proposal
def proposal(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    return _page(request, proposal)


@require_POST
@of_proposal
def step(request: HttpRequest, proposal: Proposal, action: str) -> HttpResponse:
    if action not in STEPS:
        raise PermissionDenied("There is no such step.")
    note = request.POST.get("note", "")
    try:
        if "reason" in request.POST and may_edit(proposal, request.user):
            _explain(request, proposal)
        done = act(proposal.pk, action, request.user, note)
    except Refused as error:
        messages.error(request, str(error))
        return _page(request, Proposal.objects.for_list().get(pk=proposal.pk), note=note, status=409)
    except InvalidDocuments as error:
        count = len(error.problems)
        messages.error(request, f"Not {Action(action).label}: {count} problem{'s' if count > 1 else ''}.")
        now = Proposal.objects.for_list().get(pk=proposal.pk)
        return _page(request, now, error.problems, note=note, status=400)
    except MovedOn:
        messages.error(request, "Others changed the same meanwhile: settle what collides first.")
        return redirect("admin:curation_collisions", proposal.pk)
    else:
        messages.success(request, f"Proposal {done.pk} is “{State(done.state).label}” now.")
        if action in (Action.APPROVE, Action.ASK, Action.REJECT) and "next" in request.POST:
            return redirect(f"{reverse('admin:curation_next')}?from={done.pk}")
    return redirect(proposal)


@require_POST
@of_proposal
def commenting(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    pid, path = request.POST.get("pid", ""), request.POST.get("path", "")
    return _try(
        request,
        proposal,
        lambda: comment(proposal.pk, request.POST.get("note", ""), request.user, pid[:20], path[:300]),
    )


@require_POST
@of_proposal
def reason(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    return _try(request, proposal, lambda: _explain(request, proposal))


@require_POST
@of_proposal
def adding(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """A record joins the proposal, or a new one is begun in it."""
    kind, name = request.POST.get("kind", ""), request.POST.get("name", "")
    if request.POST.get("do") == "new" and kind in registry.kind_names():
        asked = urlencode({"name": name, "proposal": proposal.pk})
        return redirect(f"{reverse('admin:curation_new', args=[kind])}?{asked}")
    try:
        if request.POST.get("do") == "withdraw":
            keep(proposal.pk, [to_withdraw(kind, name, request.POST.get("answers", ""))], request.user)
            return redirect(proposal)
        draft = to_edit(kind, name)
        keep(proposal.pk, [draft], request.user)
    except Refused as error:
        messages.error(request, str(error))
        return redirect(proposal)
    return redirect("admin:curation_document", proposal.pk, draft.pid)


@require_POST
@of_proposal
def dropping(request: HttpRequest, proposal: Proposal, pid: str) -> HttpResponse:
    return _try(request, proposal, lambda: drop(proposal.pk, pid, request.user))


@of_proposal
def collisions(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """What this proposal and what became live since both changed: each path is decided for one of the two."""
    if not may_rebase(proposal, request.user):
        raise PermissionDenied("Only the author, or a reviewer, can bring an open proposal up to date.")
    chosen = choices_of(request.POST) if request.method == "POST" else {}
    if request.method == "POST":
        try:
            bring_up_to_date(proposal.pk, request.user, chosen)
        except MovedOn:
            messages.error(request, "Decide every path below: nothing was changed yet.")
        except Refused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, "The proposal stands on what is live now.")
            return redirect(proposal)
    context = {"rebased": settled(rebase(proposal), chosen)}
    return _render(request, proposal, "curation/collisions.html", context)


@require_safe
@of_proposal
def drafts(request: HttpRequest, proposal: Proposal, pid: str) -> HttpResponse:
    """Every state of one record in this proposal, from the first draft on."""
    document = get_object_or_404(ProposedDocument.objects.of(proposal).called(pid))
    page = Paginator(document.versions.select_related("by"), PER_PAGE).get_page(request.GET.get("page"))
    context = {"document": document, "drafts": drafts_of(document, list(page)), "page": page}
    return _render(request, proposal, "curation/drafts.html", context)


def _render(request: HttpRequest, proposal: Proposal, template: str, context: dict[str, Any], status: int = 200) -> Any:
    title, base = f"Proposal {proposal.pk}", {"proposal": proposal, "kinds": registry.kinds()}
    return admin_pages.page(request, template, title, {**base, **context}, status)


def _page(
    request: HttpRequest, proposal: Proposal, problems: list[Problem] | None = None, note: str = "", status: int = 200
) -> HttpResponse:
    """With the problems that were found, or those that are found now, and the note as it was written."""
    documents = Paginator(ProposedDocument.objects.of(proposal), PER_PAGE).get_page(request.GET.get("page"))
    is_small = problems is not None or documents.paginator.count <= CHECKED_AT_ONCE
    if problems is None:
        problems = problems_of(proposal) if is_small and may_edit(proposal, request.user) else []
    context = {
        "shown": page_of(proposal, list(documents), problems, request.user),
        "documents": documents,
        "is_small": is_small,
        "signatures": Signature.choices,
        "commenting": (request.GET.get("pid", ""), request.GET.get("path", "")) if "comment" in request.GET else None,
        "note": note,
    }
    return _render(request, proposal, "curation/proposal.html", context, status)


def _explain(request: HttpRequest, proposal: Proposal) -> Proposal:
    """The reason and signature that were sent; both stand beside the steps, and go with each."""
    signed = request.POST.get("signed", "")
    if signed not in Signature:
        signed = proposal.signed
    return explain(proposal.pk, request.POST.get("reason", ""), signed, request.user)


def _try(request: HttpRequest, proposal: Proposal, change: Callable[[], Any]) -> HttpResponse:
    try:
        change()
    except Refused as error:
        messages.error(request, str(error))
    return redirect(proposal)
