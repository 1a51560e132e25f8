"""Django's admin as the curators' workplace: open to everybody with a role, its first page their queues."""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from v2xkb.accounts import urls as accounts
from v2xkb.accounts.audit import noting_who
from v2xkb.accounts.own_language import in_own_language
from v2xkb.accounts.second_factor import HOW, is_required
from v2xkb.accounts.signing_in import SignIn
from v2xkb.curation.admin_urls import urls_of
from v2xkb.curation.people import PROPOSE
from v2xkb.curation.queues import waiting_for

READING = ("GET", "HEAD")
# Django's own pages that only show something, though they would answer to any method.
ONLY_READ = {"RedirectView", "app_index", "history_view", "i18n_javascript", "index", "password_change_done"}


class CurationSite(admin.AdminSite):
    site_header = "v2xkb curation"
    site_title = "v2xkb curation"
    index_title = "Your work"
    enable_nav_sidebar = False
    index_template = "curation/index.html"

    def has_permission(self, request: HttpRequest) -> bool:
        """Staff, and everybody with a role in curation, who has shown the second factor where it is required."""
        user = request.user
        may_enter = user.is_active and (user.is_staff or user.has_perm(PROPOSE))
        return may_enter and not (is_required() and HOW not in request.session)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Also refuses methods that nothing in the admin is for: Django's views take PUT as POST, others as GET."""
        name = getattr(getattr(view, "view_class", view), "__name__", "")
        sending = [] if name in ONLY_READ else ["POST"]
        return require_http_methods([*READING, *sending])(noting_who(super().admin_view(view, cacheable)))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [*accounts.urls_of(self.admin_view), *urls_of(self), *super().get_urls()]

    @method_decorator(require_http_methods([*READING, "POST"]))
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.method == "GET" and self.has_permission(request):
            return redirect("admin:index")
        return in_own_language(SignIn.as_view())(request)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        return super().index(request, {"queues": waiting_for(request.user), **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Apps in the order of settings, which is that of the rooms, curation first."""
        order = [config.label for config in apps.get_app_configs()]
        return sorted(super().get_app_list(request, app_label), key=lambda entry: order.index(entry["app_label"]))
