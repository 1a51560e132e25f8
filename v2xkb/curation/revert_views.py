"""The page from which a curator proposes to return to an earlier version; public pages hold a link to it only."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from v2xkb.curation.choices import Signature
from v2xkb.curation.people import PROPOSE
from v2xkb.curation.reverting import propose_revert, return_to
from v2xkb.curation.shown_differences import shown
from v2xkb.curation.states import Refused
from v2xkb.records import registry
from v2xkb.records.differences import differences
from v2xkb.records.lineages import lineage_called
from v2xkb.records.models import Version


@require_http_methods(["GET", "HEAD", "POST"])
def revert(request: HttpRequest, pid: str, number: int) -> HttpResponse:
    """Shows what returning would change; sent, it makes the proposal and goes there."""
    if not request.user.has_perm(PROPOSE):
        raise PermissionDenied("Proposing changes takes a role in curation.")
    version = Version.objects.numbered(pid, number)
    lineage = lineage_called(registry.kind(version.kind), pid) if version else None
    if lineage is None:
        raise Http404("There is no such version.")
    signed = request.POST.get("signed", Signature.NAME)
    try:
        if request.method == "POST" and signed in Signature:
            proposal = propose_revert(pid, number, request.user, request.POST.get("reason", ""), signed)
            messages.success(request, "This is the draft: read it, change it where needed, then submit it.")
            return redirect(proposal)
        found = return_to(pid, number)
    except Refused as error:
        messages.error(request, str(error))
        return redirect(lineage.address)
    live = found.record.data if found.record else {}
    context = {
        **admin.site.each_context(request),
        "title": f"Return to version {number}",
        "lineage": lineage,
        "found": found,
        "rows": shown(found.declaration, differences(found.declaration, live, found.version.data)),
        "problems": found.problems,
        "signatures": Signature.choices,
    }
    return render(request, "curation/revert.html", context)
