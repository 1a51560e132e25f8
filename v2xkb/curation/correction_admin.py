"""The curators' queue of public corrections: what waits longest first, and an answer for each."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.text import Truncator

from v2xkb.curation import corrections
from v2xkb.curation.choices import Stage
from v2xkb.curation.correction_models import Correction
from v2xkb.curation.correction_values import as_text, values
from v2xkb.curation.people import PROPOSE, REVIEW
from v2xkb.curation.states import Refused
from v2xkb.numbers import LARGEST_KEY, whole_number_in
from v2xkb.records.admin import ReadOnlyAdmin
from v2xkb.records.models import Record
from v2xkb.records.pages import page_of

ALL = "all"
SHOWN = 80


class StageFilter(admin.SimpleListFilter):
    """Without a choice, the queue: what nobody has answered yet."""

    title = "stage"
    parameter_name = "stage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        answered = [(stage.value, str(stage.label)) for stage in Stage if stage != Stage.RECEIVED]
        return [*answered, (ALL, "all")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        match self.value():
            case None:
                return queryset.waiting()
            case str(stage) if stage in Stage.values:
                return queryset.at_stage(stage)
        return queryset

    def choices(self, changelist: Any) -> Any:
        first, *rest = super().choices(changelist)
        yield {**first, "display": "waiting for an answer"}
        yield from rest


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    list_display = ("label", "path", "begins", "received_at", "stage_name")
    list_filter = (StageFilter,)
    search_fields = ("label", "path", "pid")
    list_select_related = ("proposal",)
    ordering = ("received_at", "pk")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(REVIEW) or request.user.has_perm(PROPOSE)

    @admin.display(description="the sender writes")
    def begins(self, correction: Correction) -> str:
        return Truncator(" ".join(correction.text.split())).chars(SHOWN)

    @admin.display(description="stage")
    def stage_name(self, correction: Correction) -> str:
        return str(correction.stage.label)

    def get_urls(self) -> list[URLPattern]:
        answer = path("<int:pk>/answer/", self.admin_site.admin_view(self.answer), name="curation_correction_answer")
        return [answer, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {**(extra_context or {}), "title": "Corrections by readers"})

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """One correction: what was seen, what is live now, what the sender writes, what can be done."""
        if not self.has_view_permission(request) or request.method == "POST":
            raise PermissionDenied
        return self.detail(request, self._found(object_id))

    def detail(self, request: HttpRequest, correction: Correction, answer: str = "", status: int = 200) -> HttpResponse:
        record = Record.objects.with_pids([correction.pid]).select_related("revision").first()
        node = values(page_of(record)).get(correction.path) if record else None
        now = as_text(node) if node is not None else ""
        context = {
            **self.admin_site.each_context(request),
            "title": f"Correction {correction.pk}: {correction.label}",
            "opts": self.opts,
            "correction": correction,
            "record": record,
            "now": now,
            "is_changed": now != correction.shown and not now.startswith(correction.shown or "\0"),
            "may_review": request.user.has_perm(REVIEW),
            "may_propose": request.user.has_perm(PROPOSE),
            "may_answer": correction.is_open or (correction.stage == Stage.DECLINED and not correction.outcome),
            "answer": answer,
        }
        return TemplateResponse(request, "curation/answer_correction.html", context, status=status)

    def answer(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One of the buttons below a correction."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        correction = self._found(pk)
        right = PROPOSE if request.POST.get("do") == "propose" else REVIEW
        if not request.user.has_perm(right):
            raise PermissionDenied
        answer, by = request.POST.get("answer", ""), request.user
        actions: dict[str, tuple[Callable[[], Any], str]] = {
            "propose": (lambda: corrections.make_proposal(pk, by), "A proposal was made: change the record there."),
            "decline": (lambda: corrections.decline(pk, answer, by), "Declined; the sender can read why."),
            "already-right": (lambda: corrections.already_right(pk, answer, by), "Answered: it is right already."),
            "reopen": (lambda: corrections.reopen(pk, by), "The answer was taken back."),
            "forget": (lambda: corrections.forget_email(correction), "The sender's e-mail was deleted."),
        }
        action, told = actions.get(request.POST.get("do", ""), (None, ""))
        if action is None:
            raise Http404("There is no such answer.")
        try:
            action()
        except Refused as refused:
            messages.error(request, str(refused))
            return self.detail(request, self._found(pk), answer, status=409)
        messages.success(request, told)
        after = self._found(pk)
        made = after.proposal if request.POST["do"] == "propose" else None
        return HttpResponseRedirect((made or after).get_absolute_url())

    def _found(self, key: Any) -> Correction:
        number = whole_number_in(str(key), LARGEST_KEY)
        correction = None if number is None else Correction.objects.with_proposal().of_keys([number]).first()
        if correction is None:
            raise Http404("There is no such correction.")
        return correction
