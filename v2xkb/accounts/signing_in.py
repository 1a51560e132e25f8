"""Signing in: a password, and what there is to say where it was tried too often."""

from http import HTTPStatus
from math import ceil
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.contrib import admin
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from v2xkb.accounts.pending import begin
from v2xkb.accounts.second_factor import has_one, is_required


class SignIn(LoginView):
    """Django's own form lets only staff in; this one everybody, and each page asks who may see it."""

    template_name = "admin/login.html"
    authentication_form = AuthenticationForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **admin.site.each_context(self.request),
            **super().get_context_data(**kwargs),
            "title": gettext("Log in"),
            "subtitle": None,
            "app_path": self.request.get_full_path(),
            "username": self.request.user.get_username(),
        }

    def get_default_redirect_url(self) -> str:
        return reverse("admin:index")

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        user = form.get_user()
        is_set_up = has_one(user)
        if is_set_up or is_required():
            begin(self.request, user, self.get_success_url())
            return redirect("admin:second_factor_code" if is_set_up else "admin:second_factor_set_up")
        return super().form_valid(form)

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        if getattr(self.request, "axes_locked_out", False):
            return locked_out(self.request, form.data.get("username", ""))
        return super().form_invalid(form)


def locked_out(request: HttpRequest, name: str) -> HttpResponse:
    """Says the same of names that are none."""
    seconds = AxesProxyHandler.get_implementation().seconds_left(request, {"username": name})
    context = {
        **admin.site.each_context(request),
        "minutes": ceil(seconds / 60),
        "title": gettext("Too many failed tries"),
    }
    response = render(request, "accounts/locked.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(seconds)
    return response
