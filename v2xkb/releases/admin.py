"""Releases in the admin: publishers ask for one, everybody with a role sees how far it is."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from v2xkb.accounts.audit import note
from v2xkb.accounts.choices import Happening
from v2xkb.curation.choices import Signature
from v2xkb.curation.people import signature
from v2xkb.curation.states import Refused
from v2xkb.records.admin import ReadOnlyAdmin
from v2xkb.releases.making import MOST_NOTES, may_release, refusal
from v2xkb.releases.models import Release
from v2xkb.releases.tasks import start

PROGRESS = ("state", "step", "done", "total", "fault")


class ReleaseForm(forms.ModelForm[Release]):
    """Which release to make; one that failed is begun again under its version."""

    class Meta:
        model = Release
        fields = ("version", "notes")
        help_texts = {
            "version": "Year and number, such as 2026.1; above the latest.",
            "notes": "What readers should know of it. Everything that is live is frozen, and stays as it is for ever.",
        }

    def clean_version(self) -> str:
        version = self.cleaned_data["version"]
        if why := refusal(version):
            raise forms.ValidationError(why)
        return version

    def clean_notes(self) -> str:
        notes = self.cleaned_data["notes"]
        if len(notes) > MOST_NOTES:
            raise forms.ValidationError(f"Write at most {MOST_NOTES:,} characters; these are {len(notes):,}.")
        return notes

    def validate_unique(self) -> None:
        """One that is not made may be begun again."""


@admin.register(Release)
class ReleaseAdmin(ReadOnlyAdmin):
    form = ReleaseForm
    list_display = ("version", "how_far", "revision", "by", "asked_at", "made_at")
    ordering = ("-asked_at",)
    list_select_related = ("revision",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may_release(request.user)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        told = ("version", "notes", "by", *PROGRESS, "made_at", "revision", "identity", "doi")
        return told if obj else ("version", "notes")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Asks the worker, which makes it."""
        user: Any = request.user
        try:
            obj.pk = start(obj.version, obj.notes, signature(user, Signature.ROLE)).pk
            note(Happening.PUBLISHED, by=user, detail=f"release {obj.version} asked for")
        except Refused as error:
            # Somebody else was quicker since the form was checked.
            messages.error(request, str(error))

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return super().log_addition(request, obj, message) if obj.pk else None

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        if obj.pk:
            messages.success(request, f"The worker makes release {obj.version}. Look here again for how far it is.")
        return redirect("admin:releases_release_changelist")

    @admin.display(description="state", ordering="state")
    def how_far(self, release: Release) -> str:
        if release.is_interrupted:
            return "interrupted: add it again to begin anew"
        if release.is_at_work and release.total:
            return f"{release.get_state_display()}: {release.step}, {release.done} of {release.total}"
        return str(release.get_state_display())
