"""The page of one's own tokens: make one, see its secret once, revoke it."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from v2xkb.accounts.confirming import is_confirmed, to_confirm
from v2xkb.curation.import_models import ApiToken
from v2xkb.curation.import_views import for_proposers
from v2xkb.curation.states import Refused
from v2xkb.curation.tokens import LIFETIMES, make, revoke
from v2xkb.numbers import whole_number_in


@for_proposers
@sensitive_variables("secret")
def tokens(request: HttpRequest) -> HttpResponse:
    """The reply to making one is the only place where its secret ever stands."""
    secret, status = "", 200
    if request.method == "POST" and not is_confirmed(request):
        # A token outlasts the session that it is made in.
        return to_confirm(request, reverse("admin:curation_tokens"))
    if request.method == "POST":
        days = whole_number_in(request.POST.get("days", ""), max(LIFETIMES)) or 0
        try:
            _, secret = make(request.user, request.POST.get("name", ""), days)
        except Refused as error:
            messages.error(request, str(error))
            status = 400
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": "Tokens for programs",
        "tokens": ApiToken.objects.of(request.user),
        "secret": secret,
        "lifetimes": LIFETIMES,
        "name": "" if secret else request.POST.get("name", ""),
    }
    return render(request, "curation/tokens.html", context, status=status)


@require_POST
@for_proposers
def revoking(request: HttpRequest, pk: int) -> HttpResponse:
    if revoke(request.user, pk):
        messages.success(request, "The token is revoked: no program gets in with it any more.")
    else:
        messages.error(request, "You have no such token that still holds.")
    return redirect("admin:curation_tokens")
