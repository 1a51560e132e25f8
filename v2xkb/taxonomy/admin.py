"""Lists of terms and codings for curators."""

from django.contrib import admin

from v2xkb.records.admin import ProjectedAdmin
from v2xkb.taxonomy.models import Term, TermUsage


@admin.register(Term)
class TermAdmin(ProjectedAdmin):
    list_display = ("__str__", "scheme", "broader")
    list_filter = ("scheme",)
    list_select_related = ("record", "broader")
    search_fields = ("label", "slug", "alt_labels__label", "pid")


@admin.register(TermUsage)
class TermUsageAdmin(ProjectedAdmin):
    list_display = ("__str__", "coder")
    list_filter = ("codings__sense",)
    list_select_related = ("record", "reference")
    search_fields = ("reference__title", "slug")
