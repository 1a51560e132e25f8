"""Lists of projects, organisations, rules, collections and claims for curators."""

from django.contrib import admin

from projects.models import Claim, Collection, DerivationRule, Organisation, Project
from v2xkb.records.admin import ProjectedAdmin, ValuesFilter


@admin.register(Project)
class ProjectAdmin(ProjectedAdmin):
    list_display = ("__str__", "tier", "record_type", "realisation", "status", "start", "end")
    list_filter = ("tier", "record_type", "realisation", "status", "scenarios", "connectors", "start_year")
    search_fields = ("name", "full_name", "slug", "altname_rows__name", "organisations__name", "pid")


@admin.register(Organisation)
class OrganisationAdmin(ProjectedAdmin):
    list_display = ("__str__", "full_name", "country")
    list_filter = (("country", ValuesFilter),)
    search_fields = ("name", "full_name", "slug", "pid")


@admin.register(Claim)
class ClaimAdmin(ProjectedAdmin):
    list_display = ("__str__", "section", "subject")
    list_filter = ("subject", "section")
    search_fields = ("name", "statement", "slug", "pid")


@admin.register(Collection)
class CollectionAdmin(ProjectedAdmin):
    search_fields = ("name", "slug", "pid")


@admin.register(DerivationRule)
class DerivationRuleAdmin(ProjectedAdmin):
    search_fields = ("condition", "slug", "pid")
