"""Read-only lists of records for curators: to find, to filter, to follow links; editing comes by proposals."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponseNotAllowed
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from v2xkb.records import registry
from v2xkb.records.models import Projected, Record, Redirect, Revision, Version


class ReadOnlyAdmin(admin.ModelAdmin[Any]):
    """Shows rows and lets nobody change them here: every change goes through apply_documents."""

    change_form_template = "records/admin_row.html"
    list_per_page = 50
    show_full_result_count = True

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Only read: there are no actions to send."""
        if request.method == "POST":
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return super().changelist_view(request, extra_context)

    def record_of(self, row: Any) -> Record | None:
        """The record that a row is, which has a history and can be edited."""
        return None

    def may_propose(self, request: HttpRequest) -> bool:
        return request.user.has_perm("curation.propose")

    def render_change_form(self, request: HttpRequest, context: Any, *rest: Any, **named: Any) -> Any:
        record = self.record_of(context.get("original"))
        editor = reverse("admin:curation_edit", args=[record.kind, record.slug]) if record else ""
        more = {"record": record, "editor": editor if self.may_propose(request) else ""}
        return super().render_change_form(request, {**context, **more}, *rest, **named)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """All of it is public; whoever may enter may look."""
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class ValuesFilter(admin.AllValuesFieldListFilter):
    """Offers the texts that stand in a column, and “-” for none."""

    def choices(self, changelist: Any) -> Any:
        for choice in super().choices(changelist):
            yield {**choice, "display": choice["display"] or self.empty_value_display}


class NamedRecordsFilter(admin.RelatedOnlyFieldListFilter):
    """Offers the records that some row of the list names, not all of their kind; “-” where some row names none."""

    include_empty_choice = False

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        self.include_empty_choice = model_admin.get_queryset(request).naming_none(self.field_path).exists()
        return super().field_choices(field, request, model_admin)


def names_records(field: Any) -> bool:
    return bool(field.remote_field) and issubclass(field.related_model, Projected)


admin.FieldListFilter.register(names_records, NamedRecordsFilter, take_priority=True)


class ProjectedAdmin(ReadOnlyAdmin):
    """A kind's list: the name leads to the columns here, the address to the public page, “edit” to the editor."""

    change_list_template = "records/admin_list.html"
    list_display: tuple[str, ...] = ("__str__",)
    list_select_related: ClassVar[tuple[str, ...]] = ("record",)
    search_fields: ClassVar[tuple[str, ...]] = ("slug", "sort_key", "pid")
    ordering = ("sort_key", "pid")

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        columns = ("__str__", *self.list_display[1:], "public_page", "stored_document")
        return (*columns, "editor") if self.may_propose(request) else columns

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Also the key of a named record: as it is a record's itself, Django takes it for a step to a further table."""
        return super().lookup_allowed(lookup.removesuffix("__record__exact"), value, request)

    def record_of(self, row: Any) -> Record | None:
        return row.record

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        kind = next(kind for kind in registry.kinds() if kind.projection.model is self.model)
        new = reverse("admin:curation_new", args=[kind.name]) if self.may_propose(request) else ""
        more = {"new_record": new, "kind_words": kind.name.replace("-", " ")}
        return super().changelist_view(request, {**more, **(extra_context or {})})

    @admin.display(description="editor")
    def editor(self, row: Any) -> SafeString:
        address = reverse("admin:curation_edit", args=[row.record.kind, row.slug])
        return format_html('<a href="{}" aria-label="Edit {}">edit</a>', address, row)

    @admin.display(description="public page", ordering="slug")
    def public_page(self, row: Any) -> SafeString:
        return format_html('<a href="{}">{}</a>', row.record.get_absolute_url(), row.slug)

    @admin.display(description="document")
    def stored_document(self, row: Any) -> SafeString:
        address = reverse("admin:records_record_change", args=[row.record.pk])
        return format_html('<a href="{}">version {}</a>', address, row.record.version)


@admin.register(Record)
class RecordAdmin(ReadOnlyAdmin):
    list_display = ("label", "kind", "subtype", "slug", "pid", "version", "revision", "origin")
    list_filter = ("kind", "origin")
    search_fields = ("slug", "label", "sort_key", "pid")
    list_select_related = ("revision",)

    def record_of(self, row: Any) -> Record | None:
        return row


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    list_display = ("number", "at", "by", "reason", "origin")
    list_filter = ("origin", "at")
    search_fields = ("reason", "by")


@admin.register(Version)
class VersionAdmin(ReadOnlyAdmin):
    list_display = ("kind", "slug", "number", "revision", "pid")
    list_filter = ("kind",)
    search_fields = ("slug", "pid")
    list_select_related = ("revision",)


@admin.register(Redirect)
class RedirectAdmin(ReadOnlyAdmin):
    list_display = ("kind", "slug", "target_pid", "revision")
    list_filter = ("kind",)
    search_fields = ("slug", "pid", "target_pid")
    list_select_related = ("revision",)
