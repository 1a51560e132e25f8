"""Lists of barriers, measures and research topics for curators."""

from django.contrib import admin

from barriers.models import Barrier, BarrierSet, Measure, ResearchTopic
from v2xkb.records.admin import ProjectedAdmin


@admin.register(Barrier)
class BarrierAdmin(ProjectedAdmin):
    list_display = ("__str__", "listed", "typology", "from_paper", "set")
    list_filter = ("from_paper", "typology", "set")
    list_select_related = ("record", "typology", "set")
    search_fields = ("name", "slug", "pid")


@admin.register(Measure)
class MeasureAdmin(ProjectedAdmin):
    list_filter = ("barriers", "actors")
    search_fields = ("name", "slug", "pid")


@admin.register(BarrierSet, ResearchTopic)
class NamedAdmin(ProjectedAdmin):
    search_fields = ("name", "slug", "pid")
