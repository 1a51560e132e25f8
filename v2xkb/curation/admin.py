"""Lists of curation in the admin, to find things; most pages of curation are its own."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest

from v2xkb.accounts.models import AuditEntry
from v2xkb.curation.accounts_admin import AccountAdmin, AuditEntryAdmin, RoleAdmin
from v2xkb.curation.correction_admin import CorrectionAdmin
from v2xkb.curation.models import LinkCheck, Proposal
from v2xkb.curation.notification_admin import NotificationChoiceAdmin
from v2xkb.curation.people import REVIEW
from v2xkb.records.admin import ReadOnlyAdmin

__all__ = ("CorrectionAdmin", "LinkCheckAdmin", "NotificationChoiceAdmin", "ProposalAdmin")

admin.site.unregister([Group, User])
admin.site.register(Group, RoleAdmin)
admin.site.register(User, AccountAdmin)
admin.site.register(AuditEntry, AuditEntryAdmin)


@admin.register(Proposal)
class ProposalAdmin(ReadOnlyAdmin):
    list_display = ("number", "reason", "author", "state", "way", "record_count", "changed_at")
    list_display_links = ("number", "reason")
    list_filter = ("state", "way")
    search_fields = ("reason", "documents__slug", "author__username")
    ordering = ("-changed_at",)

    def get_queryset(self, request: HttpRequest) -> Any:
        user: Any = request.user
        return Proposal.objects.for_list().visible_to(user, reviews=user.has_perm(REVIEW))

    @admin.display(description="number", ordering="pk")
    def number(self, proposal: Proposal) -> int:
        return proposal.pk

    @admin.display(description="records", ordering="records")
    def record_count(self, proposal: Any) -> int:
        return proposal.records


@admin.register(LinkCheck)
class LinkCheckAdmin(ReadOnlyAdmin):
    list_display = ("url", "outcome", "status", "detail", "failures_in_a_row", "is_dead", "checked_at")
    list_filter = ("is_dead", "outcome")
    search_fields = ("url",)
    ordering = ("-is_dead", "failing_since", "pk")
