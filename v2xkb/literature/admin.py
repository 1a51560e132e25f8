"""Lists of references for curators."""

from django.contrib import admin

from v2xkb.literature.models import Reference
from v2xkb.records.admin import ProjectedAdmin


@admin.register(Reference)
class ReferenceAdmin(ProjectedAdmin):
    list_display = ("__str__", "type", "year", "publisher", "text_seen")
    list_filter = ("type", "text_seen", "year")
    search_fields = ("title", "slug", "doi", "url", "publisher", "pid")
