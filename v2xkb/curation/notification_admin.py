"""Where curators choose how they are told of work, and make or revoke the password of their private feed."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from v2xkb.accounts.confirming import is_confirmed, to_confirm
from v2xkb.curation.notification_models import NotificationChoice
from v2xkb.curation.people import PROPOSE
from v2xkb.curation.secret_codes import hash_of, new_secret
from v2xkb.records.admin import ReadOnlyAdmin


class ChoiceForm(forms.ModelForm[NotificationChoice]):
    class Meta:
        model = NotificationChoice
        fields = ("how",)
        widgets = {"how": forms.RadioSelect}


@admin.register(NotificationChoice)
class NotificationChoiceAdmin(ReadOnlyAdmin):
    """A page of one's own instead of a list: nobody sees what others chose."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(PROPOSE)

    def get_urls(self) -> list[URLPattern]:
        own = self.admin_site.admin_view
        return [
            path("", own(self.page), name="curation_notificationchoice_changelist"),
            # Answers 403 like every other table's.
            path("add/", own(self.add_view), name="curation_notificationchoice_add"),
            path("feed/", own(self.feed), name="curation_notificationchoice_feed"),
        ]

    def page(self, request: HttpRequest) -> HttpResponse:
        choice = self._mine(request)
        form = ChoiceForm(request.POST if request.method == "POST" else None, instance=choice)
        if request.method == "POST" and form.is_valid():
            form.save()
            messages.success(request, "Your choice was saved.")
            return HttpResponseRedirect(reverse("admin:curation_notificationchoice_changelist"))
        return self._shown(request, choice, form)

    def feed(self, request: HttpRequest) -> HttpResponse:
        """Make a new password, which ends the former one, or revoke it; it is shown this once."""
        choice = self._mine(request)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not is_confirmed(request):
            return to_confirm(request, reverse("admin:curation_notificationchoice_changelist"))
        secret = new_secret() if request.POST.get("do") == "make" else ""
        choice.feed_hash = hash_of(secret) if secret else ""
        choice.feed_made_at = timezone.now() if secret else None
        choice.save()
        if secret:
            return self._shown(request, choice, ChoiceForm(instance=choice), secret)
        messages.success(request, "The password of your feed was revoked: it opens no more.")
        return HttpResponseRedirect(reverse("admin:curation_notificationchoice_changelist"))

    def _mine(self, request: HttpRequest) -> NotificationChoice:
        if not self.has_view_permission(request):
            raise PermissionDenied
        mine = NotificationChoice.objects.of([request.user.pk or 0]).first()
        return mine or NotificationChoice(user_id=request.user.pk or 0)

    def _shown(self, request: HttpRequest, choice: NotificationChoice, form: Any, password: str = "") -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": "My notifications",
            "opts": self.opts,
            "form": form,
            "choice": choice,
            "feed_address": request.build_absolute_uri(reverse("curator-feed")),
            "feed_password": password,
            "mails_have_links": bool(settings.SITE_ADDRESS),
        }
        return TemplateResponse(request, "curation/notifications.html", context)
