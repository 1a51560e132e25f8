"""Accounts in the admin: administrators of curation give roles and erase persons, and gain no rights by it."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import (
    ReadOnlyPasswordHashField,
    ReadOnlyPasswordHashWidget,
    UserChangeForm,
    UserCreationForm,
)
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.debug import sensitive_variables

from v2xkb.accounts.confirming import is_confirmed, to_confirm
from v2xkb.accounts.first_password import new_link
from v2xkb.accounts.models import AuditEntry
from v2xkb.curation.erasing import erase
from v2xkb.curation.people import ADMINISTER, is_erased
from v2xkb.records.admin import ReadOnlyAdmin

# What only a superuser gives: rights beyond the roles.
BEYOND_ROLES = ("is_superuser", "user_permissions")


class NewAccountForm(UserCreationForm[User]):
    """Without a password: its owner sets it, by a link."""

    password1 = password2 = None  # type: ignore[assignment]

    class Meta(UserCreationForm.Meta):
        fields = ("username", "first_name", "last_name", "email")

    def set_password_and_save(self, user: Any, password_field_name: str = "", commit: bool = True) -> Any:
        user.set_unusable_password()
        if commit:
            user.save()
        return user


class PasswordShown(ReadOnlyPasswordHashWidget):
    """Leads to a link by which its owner sets one; to the form that changes it, where it is one's own."""

    def get_context(self, *field: Any) -> dict[str, Any]:
        return {**super().get_context(*field), "button_label": "New password"}


class AccountForm(UserChangeForm[User]):
    password = ReadOnlyPasswordHashField(label="Password", widget=PasswordShown)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "password" in self.fields:
            self.fields["password"].help_text = "Only its owner sets it, by a link that you give them."


class AskingAdmin(admin.ModelAdmin[Any]):
    """Whoever may change something here has just shown that it is they."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        may = self.has_change_permission(request) if object_id else self.has_add_permission(request)
        if may and not is_confirmed(request):
            return to_confirm(request, request.get_full_path())
        return super().changeform_view(request, object_id, form_url, extra_context)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        if self.has_delete_permission(request) and not is_confirmed(request):
            return to_confirm(request, request.get_full_path())
        return super().delete_view(request, object_id, extra_context)

    def response_action(self, request: HttpRequest, queryset: QuerySet[Any], *rest: Any) -> Any:
        if not is_confirmed(request):
            return to_confirm(request, request.get_full_path())
        return super().response_action(request, queryset, *rest)


class RoleAdmin(AskingAdmin, GroupAdmin):
    """What roles allow is for superusers to change."""


class AccountAdmin(AskingAdmin, UserAdmin):
    """Whoever is no superuser can neither make one nor touch one's account; nobody chooses another's password."""

    form = AccountForm
    add_form = NewAccountForm
    add_form_template = None
    add_fieldsets = ((None, {"fields": NewAccountForm.Meta.fields}),)
    actions = ("erase_persons",)
    list_display = ("username", "email", "first_name", "last_name", "roles", "is_active", "last_login")
    list_filter = ("groups", "is_active", "is_staff")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="roles")
    def roles(self, user: Any) -> str:
        return ", ".join(group.name for group in user.groups.all())

    def has_administer_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(ADMINISTER)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not obj.is_superuser or request.user.is_superuser)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = super().get_readonly_fields(request, obj)
        return fixed if request.user.is_superuser else (*fixed, *BEYOND_ROLES)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        return self.link_shown(request, obj, new_link(request, obj))

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:  # noqa: A002
        """Makes a link instead, by which its owner sets another."""
        user = self.get_object(request, unquote(id))
        if user is None or not self.has_change_permission(request, user):
            raise PermissionDenied
        if user.pk == request.user.pk:
            return redirect("admin:password_change")
        if not is_confirmed(request):
            return to_confirm(request, request.get_full_path())
        return self.link_shown(request, user, new_link(request, user) if request.method == "POST" else "")

    @sensitive_variables("link", "context")
    def link_shown(self, request: HttpRequest, person: Any, link: str) -> HttpResponse:
        """The reply to making it is the only place where it stands."""
        title = "A link to set a password"
        context = {**self.admin_site.each_context(request), "title": title, "person": person, "link": link}
        return TemplateResponse(request, "curation/password_link.html", context)

    @admin.action(description="Erase persons: name, e-mail and ways in go, history stays", permissions=["administer"])
    def erase_persons(self, request: HttpRequest, queryset: QuerySet[User]) -> HttpResponse | None:
        chosen = list(queryset.order_by("username"))
        refusals = [reason for user in chosen if (reason := why_not(user, request.user))]
        if refusals:
            messages.error(request, " ".join(["Nobody was erased.", *refusals]))
            return None
        if "confirmed" not in request.POST:
            context = {
                **self.admin_site.each_context(request),
                "title": "Erase persons",
                "chosen": chosen,
                "action_checkbox_name": helpers.ACTION_CHECKBOX_NAME,
                "opts": self.model._meta,
            }
            return TemplateResponse(request, "curation/erase.html", context)
        for user in chosen:
            erase(user)
        messages.success(request, f"Erased: {len(chosen)}. What they did stays, signed by nobody in particular.")
        return None


def why_not(user: Any, by: Any) -> str:
    """Why this person may not erase that one; empty where they may."""
    if is_erased(user):
        return f"{user} is erased already."
    if user.pk == by.pk:
        return "Somebody else has to erase you, so that one administrator stays."
    if user.is_superuser and not by.is_superuser:
        return f"Only a superuser can erase {user}, who is one."
    return ""


class AuditEntryAdmin(ReadOnlyAdmin):
    """What happened to accounts, for administrators of curation: it says who was where."""

    list_display = ("at", "event", "account", "by", "address", "detail")
    list_filter = ("event", "at")
    search_fields = ("account__username", "by__username", "address", "detail")
    ordering = ("-at", "-pk")

    def get_queryset(self, request: HttpRequest) -> Any:
        return AuditEntry.objects.for_list()

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request) and request.user.has_perm(ADMINISTER)
