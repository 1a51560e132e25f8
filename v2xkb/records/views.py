"""The page of any record, and what its former addresses answer."""

from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.generic.base import ContextMixin, TemplateResponseMixin

from v2xkb.records import registry
from v2xkb.records.citation import FORMS, Citation, citations
from v2xkb.records.citation_text import Item
from v2xkb.records.documents import Document
from v2xkb.records.exports import FORMAT
from v2xkb.records.identifiers import is_valid
from v2xkb.records.languages import in_data_language
from v2xkb.records.linked_data import Data, Shown, address_of, linked_data
from v2xkb.records.models import Record, Redirect, Version
from v2xkb.records.negotiating import JSON, JSON_LD, TURTLE, Form, Negotiated, by_interface, in_suffix, linked
from v2xkb.records.pages import Page, page_of, sections
from v2xkb.records.problems import nearest, shown


class RecordDetailView(TemplateResponseMixin, ContextMixin, Negotiated):
    """One record of `kind`; a former address leads on with 301, one that is gone answers 410."""

    kind: str
    # The pages above it, each the name of an address and what that page is called.
    parents: Sequence[tuple[str, Any]] = ()
    forms = (JSON, JSON_LD, TURTLE)

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        record = Record.objects.at(self.kind, slug).first()
        if record is None:
            return self.former(request, slug)
        if FORMAT in request.GET:
            return self.citation(request, record)
        response = self.render_to_response(self.get_context_data(record=record))
        response["Link"] = ", ".join(self.links(record))
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """`page` is what the template shows; subclasses add what other tables know of the record."""
        record: Record = kwargs["record"]
        page = page_of(record)
        with in_data_language():
            data = linked_data(page, self.request.build_absolute_uri, self.described(page))
        added = {
            "page": page,
            "sections": list(sections(record)),
            "citations": self.citations(record, page.document),
            "linked_data": data,
            "api_address": reverse(f"api:{self.kind}-detail", args=[record.slug]),
        }
        return super().get_context_data(**kwargs, **added, **self.beside(record))

    def in_form(self, form: Form, **kwargs: Any) -> HttpResponseBase:
        """The document, or what the page tells software in linked data."""
        record = Record.objects.at(self.kind, kwargs["slug"]).first()
        if record is None:
            return self.former(self.request, kwargs["slug"])
        if form == JSON:
            return by_interface(self.request, f"{self.kind}-detail", [record.slug])
        page = page_of(record)
        with in_data_language():
            data = linked_data(page, self.request.build_absolute_uri, self.described(page))
        return linked(form, data, self.statements(page))

    def statements(self, page: Page) -> list[Data]:
        """What is told of the record beside schema.org's words, where there is more to tell."""
        return []

    def described(self, page: Page) -> Data | None:
        """What the record describes in schema.org's words; None where it has none, and the page alone is told of."""
        return None

    def publication(self, document: Document) -> Item | None:
        """The publication that a document describes, to be cited itself."""
        return None

    def links(self, record: Record) -> Iterator[str]:
        """What else stands for the record, for software: the document and the citations."""
        document = self.request.build_absolute_uri(reverse(f"api:{self.kind}-detail", args=[record.slug]))
        yield f'<{document}>; rel="alternate"; type="application/json"'
        yield from self.alternates(record.get_absolute_url())
        for form in FORMS:
            cite = self.request.build_absolute_uri(f"{record.get_absolute_url()}?{FORMAT}={form.name}")
            yield f'<{cite}>; rel="describedby"; type="{form.content_type.partition(";")[0]}"'

    def citations(self, record: Record, document: Document) -> list[Citation]:
        address = address_of(record, self.request.build_absolute_uri)
        return citations(record, address, self.publication(document))

    def citation(self, request: HttpRequest, record: Record) -> HttpResponse:
        """The citation in the form that the address asks for."""
        document = registry.kind(record.kind).document.model_validate_json(record.document)
        return citation_file(request, record, self.citations(record, document), self.extra_context or {})

    def beside(self, record: Record) -> dict[str, Any]:
        return {}

    def former(self, request: HttpRequest, slug: str) -> HttpResponse:
        """A permanent id leads to the record that has it or answers for it, as a former slug does."""
        if record := Record.objects.identified(self.kind, slug):
            return self.leading_on(record)
        redirect = Redirect.objects.called(self.kind, slug)
        if redirect is None:
            raise Http404(f"There is no {registry.kind(self.kind)} at this address.")
        target = Record.objects.with_pids([redirect.target_pid]).first()
        if target is None:
            context = {"redirect": redirect, "kind": registry.kind(self.kind)}
            return render(request, "410.html", context, status=410)
        return self.leading_on(target)

    def leading_on(self, record: Record) -> HttpResponse:
        """To the page of a record, in the form that was asked for."""
        page = record.get_absolute_url()
        return HttpResponsePermanentRedirect(in_suffix(page, self.suffix) if self.suffix else page)


@require_safe
def thing(request: HttpRequest, pid: str) -> HttpResponse:
    """What a record tells of, by permanent id: its page tells more (303), in the form that the request accepts."""
    if not is_valid(pid):
        raise Http404("This is no permanent id.")
    kind = Version.objects.newest_kinds([pid]).get(pid)
    if kind is None:
        raise Http404("No record ever had this permanent id.")
    record = Record.objects.identified(kind, pid)
    page = record.get_absolute_url() if record else registry.kind(kind).page(pid)
    response = redirect(page)
    response.status_code = HTTPStatus.SEE_OTHER
    return response


def citation_file(
    request: HttpRequest, record: Shown, cited: Sequence[Citation], context: Mapping[str, Any]
) -> HttpResponse:
    """One of these citations in the form that the address asks for; one that is not offered answers 400."""
    offered = {file.name: file for one in cited for file in one.downloads}
    asked = request.GET.getlist(FORMAT)
    if len(asked) > 1 or asked[0] not in offered:
        context = {
            **context,
            "record": record,
            "asked": [shown(name) for name in asked],
            "offered": offered.values(),
            "remedy": nearest(asked[0], offered) if len(asked) == 1 else "",
        }
        return render(request, "records/no_such_format.html", context, status=400)
    file = offered[asked[0]]
    response = HttpResponse(file.content, content_type=file.form.content_type)
    response["Content-Disposition"] = f'attachment; filename="{file.file_name}"'
    return response
