"""The page of any record, and what its former addresses answer."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.generic.base import ContextMixin, TemplateResponseMixin, View

from v2xkb.records import registry
from v2xkb.records.models import Record, Redirect
from v2xkb.records.pages import page_of, sections


class RecordDetailView(TemplateResponseMixin, ContextMixin, View):
    """One record of `kind`; a former address leads on with 301, one that is gone answers 410."""

    kind: str

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        record = Record.objects.at(self.kind, slug).first()
        if record is None:
            return self.former(request, slug)
        return self.render_to_response(self.get_context_data(record=record))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """`page` is what the template shows; subclasses add what other tables know of the record."""
        record: Record = kwargs["record"]
        added = {"page": page_of(record), "sections": list(sections(record))}
        return super().get_context_data(**kwargs, **added, **self.beside(record))

    def beside(self, record: Record) -> dict[str, Any]:
        return {}

    def former(self, request: HttpRequest, slug: str) -> HttpResponse:
        redirect = Redirect.objects.at(self.kind, slug).first()
        if redirect is None:
            raise Http404(f"There is no {registry.kind(self.kind)} at this address.")
        target = Record.objects.with_pids([redirect.target_pid]).first()
        if target is None:
            context = {"redirect": redirect, "kind": registry.kind(self.kind)}
            return render(request, "410.html", context, status=410)
        return HttpResponsePermanentRedirect(target.get_absolute_url())
