"""How somebody comes to a first password, or a new one, that nobody else chose: a code that holds once, for a day."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from v2xkb.accounts.audit import note
from v2xkb.accounts.backends import Backend
from v2xkb.accounts.choices import Happening
from v2xkb.accounts.own_language import in_own_language
from v2xkb.accounts.second_factor_views import shown
from v2xkb.numbers import LARGEST_KEY, whole_number_in


@sensitive_variables("code")
def new_link(request: HttpRequest, user: Any) -> str:
    """The person's present password holds no longer, nor do sessions. Browsers send what follows `#` to nobody."""
    user.set_unusable_password()
    user.save(update_fields=["password"])
    note(Happening.PASSWORD, user, request=request, detail="to be set by a link")
    code = f"{user.pk}-{default_token_generator.make_token(user)}"
    return request.build_absolute_uri(reverse("admin:first_password")) + f"#{code}"


@sensitive_variables("code", "token")
def whose(code: str) -> Any:
    """Whose password a code sets; None once it was set, or after a day."""
    number, _, token = code.strip().partition("-")
    key = whole_number_in(number, LARGEST_KEY)
    if key is None:
        return None
    user = Backend().get_user(key)
    return user if default_token_generator.check_token(user, token) else None


@in_own_language
@sensitive_post_parameters("code", "new_password1", "new_password2")
@sensitive_variables("user", "form")
@require_http_methods(["GET", "HEAD", "POST"])
def first_password(request: HttpRequest) -> HttpResponse:
    """Takes the code from a form, not from the address, which would be kept wherever addresses are."""
    user = whose(request.POST.get("code", ""))
    form: Any = SetPasswordForm(user, request.POST if user else None)
    if user and form.is_valid():
        form.save()
        messages.success(request, gettext("Your password is set. Sign in as %(name)s.") % {"name": user})
        return redirect("admin:login")
    is_sent = request.method == "POST"
    context = {"form": form, "code": request.POST.get("code", ""), "is_wrong": is_sent and user is None}
    return shown(request, "first_password", gettext("Set your password"), status=400 if is_sent else 200, **context)
