"""Proposals in the admin: a list to find them; their pages are curation's own."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest

from v2xkb.curation.accounts_admin import AccountAdmin
from v2xkb.curation.models import Proposal
from v2xkb.curation.people import REVIEW
from v2xkb.records.admin import ReadOnlyAdmin

admin.site.unregister(User)
admin.site.register(User, AccountAdmin)


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
