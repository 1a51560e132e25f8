"""Pages of the document editor: one draft in its form, and what is offered while links are written."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlsplit

from django.contrib import admin, messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from v2xkb.curation import editor_post
from v2xkb.curation.editor import Editing, Meeting, met, named, opened, save
from v2xkb.curation.editor_post import Button
from v2xkb.curation.form_links import Named
from v2xkb.curation.form_post import posted_state
from v2xkb.curation.form_state import state_of
from v2xkb.curation.models import ProposedDocument
from v2xkb.curation.opening import made_beside
from v2xkb.curation.people import PROPOSE
from v2xkb.curation.proposals import Overtaken
from v2xkb.curation.states import Refused, may_edit, may_see
from v2xkb.numbers import LARGEST_KEY, whole_number_in
from v2xkb.records import registry
from v2xkb.records.documents import LinkTo
from v2xkb.records.folding import sort_key
from v2xkb.records.identifiers import is_valid
from v2xkb.records.search import Unsearchable
from v2xkb.records.search_suggestions import offers

View = Callable[..., HttpResponse]
# What a browser sends of a form that is no value of the document.
NOT_TYPED = frozenset({"csrfmiddlewaretoken"})


def for_curators(view: View) -> View:
    """Lets those in who may propose; what somebody sends whose session has ended is given back to them."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not admin.site.has_permission(request):
            return given_back(request) if request.method == "POST" else redirect_to_login(request.get_full_path())
        if not request.user.has_perm(PROPOSE):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def given_back(request: HttpRequest) -> HttpResponse:
    """What was typed, ready to be sent again once one has signed in; only to pages of our own."""
    if not is_from_here(request):
        raise PermissionDenied
    typed = [(name, text) for name, texts in request.POST.lists() if name not in NOT_TYPED for text in texts]
    context = {"typed": typed, "login": f"{reverse('admin:login')}?next={quote(reverse('admin:index'))}"}
    response = render(request, "curation/given_back.html", context, status=HTTPStatus.FORBIDDEN)
    if request.headers.get("HX-Request"):
        response["HX-Retarget"], response["HX-Reswap"], response["HX-Reselect"] = "#editor", "outerHTML", "#editor"
    return response


def is_from_here(request: HttpRequest) -> bool:
    """Whether a page of this very site sent it: browsers say so with whatever they post."""
    said = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(said).netloc == request.get_host()


@for_curators
@require_http_methods(["GET", "HEAD", "POST"])
def document(request: HttpRequest, proposal: int, pid: str) -> HttpResponse:
    """One draft in its form."""
    proposed = ProposedDocument.objects.for_editor(proposal, pid).first()
    if proposed is None or not may_see(proposed.proposal, request.user):
        raise Http404("No proposal of yours holds such a record.")
    if request.method == "POST":
        return _posted(request, proposed)
    if not proposed.text:
        messages.warning(request, f"{proposed} is to be withdrawn: there is nothing to edit.")
        return HttpResponseRedirect(proposed.proposal.get_absolute_url())
    return _page(request, opened(proposed))


def _page(request: HttpRequest, editing: Editing, **more: Any) -> HttpResponse:
    """The editor; only its inner part where that alone is swapped."""
    proposed = editing.document
    asked = request.GET.get("back", "")
    back = ProposedDocument.objects.for_editor(proposed.proposal_id, asked).first() if is_valid(asked) else None
    status = more.pop("status", HTTPStatus.OK)
    context = {
        **admin.site.each_context(request),
        "title": f"Edit {named(proposed).label}",
        "document": proposed,
        "kind": registry.kind(proposed.kind),
        "editing": editing,
        "editable": may_edit(proposed.proposal, request.user),
        "form": editing.view(),
        "back": back,
        "back_at": request.GET.get("at", ""),
        "back_name": named(back).label if back else "",
        **more,
    }
    template = "curation/_editor.html" if request.headers.get("HX-Request") else "curation/editor.html"
    return render(request, template, context, status=status)


def _posted(request: HttpRequest, proposed: ProposedDocument) -> HttpResponse:
    typed = posted_state(proposed.declaration, {name: request.POST[name] for name in request.POST})
    editing = Editing(proposed, typed, whole_number_in(request.POST.get("draft", ""), LARGEST_KEY) or 0)
    button = Button.read(request.POST.get("do", ""))
    ticked = request.POST.getlist("tick")
    try:
        if editing.number != proposed.number:
            return _overtaken(request, editing)
        return _done(request, editing, button, ticked)
    except Overtaken:
        proposed.refresh_from_db()
        return _overtaken(request, editing)
    except Refused as refused:
        return _page(request, editing, refused=str(refused), ticked=ticked, status=HTTPStatus.CONFLICT)


def _done(request: HttpRequest, editing: Editing, button: Button, ticked: list[str]) -> HttpResponse:
    proposed, state = editing.document, editing.state
    complaint = focus = success = ""
    others = []
    state.followed = list(ticked)
    try:
        if button.word == editor_post.MAKE:
            made = made_beside(editing, button.name)
            others = [made] if made else []
        else:
            focus = editor_post.pressed(state, button, proposed)
    except KeyError:
        complaint = "That field is no longer there: what you typed is saved, and nothing else was done."
    if button.word == editor_post.CITE:
        complaint, success = _cited(request, editing)
        focus = "cite-reference"
    data = editing.settle(empty_parts=button.word == editor_post.SAVE)
    save(editing, data, request.user, others)
    if success:
        messages.success(request, success)
    address = reverse("admin:curation_document", args=[proposed.proposal_id, proposed.pid])
    if others:
        new = reverse("admin:curation_document", args=[proposed.proposal_id, others[0].pid])
        return _to(request, f"{new}?back={proposed.pid}&at={quote(button.name)}")
    if complaint:
        proposed = _fresh(proposed)
        shown = {name: request.POST.get(name, "") for name in ("cite-reference", "cite-place", "cite-read")}
        shown = {name.replace("-", "_"): text for name, text in shown.items()}
        return _page(request, opened(proposed), complaint=complaint, focus=focus, ticked=state.followed, **shown)
    if request.headers.get("HX-Request"):
        return _page(request, opened(_fresh(proposed)), focus=focus, saved=True)
    messages.success(request, "Saved in the draft; nothing is public yet.")
    query = request.GET.urlencode()
    return HttpResponseRedirect(f"{address}{'?' if query else ''}{query}#{'f-' + quote(focus) if focus else 'editor'}")


def _fresh(proposed: ProposedDocument) -> ProposedDocument:
    return ProposedDocument.objects.for_editor(proposed.proposal_id, proposed.pid).get()


def _to(request: HttpRequest, address: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _cited(request: HttpRequest, editing: Editing) -> tuple[str, str]:
    """Cite one source for the ticked values; returns what stands in the way, and else what was done."""
    reference = request.POST.get("cite-reference", "").strip()
    names = editing.state.followed
    if not names:
        return "Tick the values that the source speaks for first.", ""
    if not reference:
        return "Write which reference speaks for the ticked values: its slug, id or title.", ""
    found = editing.meant(LinkTo("reference"), reference)
    if len(found) != 1:
        candidates = ", ".join(f"{one.slug} ({one.label})" for one in found[:8])
        told = f"More than one reference is called so: {candidates}. Write the slug of one."
        return (told if found else f"There is no reference of this slug, id or title: {reference[:80]}."), ""
    place, read = (request.POST.get(name, "").strip() for name in ("cite-place", "cite-read"))
    try:
        count = editor_post.cite(editing.state, names, found[0].slug, place, read)
    except KeyError:
        return "A ticked value is no longer there: tick anew.", ""
    editing.state.followed = []
    return "", f"{found[0].label}: newly cited for {count} of {len(names)} ticked values."


def _overtaken(request: HttpRequest, editing: Editing) -> HttpResponse:
    """Another draft was saved since this form was made: show both joined, and save nothing yet."""
    proposed = _fresh(editing.document)
    editing.document = proposed
    data = editing.settle(empty_parts=True)
    meeting: Meeting = met(editing, {**data, "kind": proposed.kind, "id": proposed.pid})
    if meeting.nothing_typed:
        if request.headers.get("HX-Request"):
            return _page(request, opened(proposed), saved=True)
        return HttpResponseRedirect(request.get_full_path())
    joined = Editing(proposed, state_of(proposed.declaration, meeting.merged), proposed.number)
    return _page(request, joined, meeting=meeting, status=HTTPStatus.CONFLICT)


@for_curators
@require_safe
def names(request: HttpRequest, kind: str) -> HttpResponse:
    """Records of a kind to link to, as options of a form's list, those that the proposal makes first."""
    if kind not in registry.kind_names():
        raise Http404("There is no such kind.")
    text = request.GET.get(request.headers.get("HX-Trigger-Name", "q"), request.GET.get("q", ""))
    number = whole_number_in(request.GET.get("proposal", ""), LARGEST_KEY)
    try:
        live = [Named(one.kind, one.subtype, one.slug, one.pid, one.label) for one in offers(kind, text)]
    except Unsearchable:
        live = []
    new: list[Named] = []
    if number is not None:
        held = ProposedDocument.objects.new_of_kind(number, kind)
        mine = [one for one in held.select_related("proposal") if may_see(one.proposal, request.user)]
        new = [one for one in map(named, mine) if _begins(one, text)]
    return render(request, "curation/_names.html", {"records": [*new, *live], "new": {one.pid for one in new}})


def _begins(record: Named, text: str) -> bool:
    """Whether all words of a text begin words of a record's name or slug."""
    words = f" {record.sort_key} {record.slug.replace('-', ' ')}"
    return all(f" {word}" in words for word in sort_key(text).split())
