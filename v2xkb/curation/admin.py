"""Curation in the admin: proposals, public corrections, and what each curator is told."""

from django.contrib import admin

from v2xkb.curation.correction_admin import CorrectionAdmin
from v2xkb.curation.models import Proposal
from v2xkb.curation.notification_admin import NotificationChoiceAdmin
from v2xkb.records.admin import ReadOnlyAdmin

__all__ = ("CorrectionAdmin", "NotificationChoiceAdmin", "ProposalAdmin")


@admin.register(Proposal)
class ProposalAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "reason", "author", "way", "state", "changed_at")
    list_filter = ("state", "way")
    search_fields = ("reason",)
    list_select_related = ("author",)
