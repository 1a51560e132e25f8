"""REST for any kind: lists and documents, read only, strict about what is asked."""

from collections.abc import Sequence
from typing import Any, ClassVar, cast

from csp.decorators import csp_update
from django.http import HttpResponse
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from v2xkb.records import registry
from v2xkb.records.beside import (
    COUNTED,
    EXPAND,
    FACETS,
    FIELDS,
    LINKED,
    Beside,
    cut_down,
    document_parameters,
    expandable,
    linked,
    parameter,
    plain_facet,
    read_beside,
    with_only,
)
from v2xkb.records.documents import Document
from v2xkb.records.facet_singles import RELEVANCE
from v2xkb.records.facets import FacetedFilterSet
from v2xkb.records.history_api import HistoryActions, led_on
from v2xkb.records.models import Projected, Record, Redirect
from v2xkb.records.openapi import ADDRESS, TEXT, Operation, described, object_schema
from v2xkb.records.openapi_forms import RENDERERS, written
from v2xkb.records.paging import (
    CURSOR,
    PAGE,
    PAGE_SIZE,
    KeysetPages,
    Pages,
    cursor_parameter,
    page_parameters,
    page_schema,
)
from v2xkb.records.problem_details import WRONG_PARAMETER, Gone, WrongParameters, refuse_unknown
from v2xkb.records.problems import nearest
from v2xkb.records.schemas import component_of, document_schema
from v2xkb.records.tagging import OfCodeView, pairs_of, record_tag


class RecordViewSet(HistoryActions, GenericViewSet[Projected]):
    """The records of one `kind`, listed as `filterset_class` says."""

    kind: ClassVar[str]
    filterset_class: ClassVar[type[FacetedFilterSet]]
    # Queries of the list to show as examples.
    examples: ClassVar[Sequence[str]] = ("page_size=5",)
    lookup_url_kwarg = "name"
    pagination_class = Pages

    def state(self) -> Sequence[object] | None:
        """A document by itself is tagged by its version, once that is known."""
        is_alone = self.action in ("retrieve", "version") and EXPAND not in self.request.query_params
        return None if is_alone else super().state()

    def list(self, request: Request) -> Response:
        model = registry.kind(self.kind).projection.model
        filters = self.filterset_class(request.query_params, model._default_manager.with_record())
        facets = [facet.name for facet in filters.facet_filters]
        beside = read_beside(request.query_params, self.document, facets)
        known = [*filters.filters, PAGE, PAGE_SIZE, CURSOR, *self.beside_names, *([FACETS] if facets else [])]
        refuse_unknown(request.query_params, known)
        faults = cast(dict[str, list[str]], dict(filters.errors)) | dict(beside.faults)
        if CURSOR in request.query_params and filters.order == RELEVANCE:
            faults[CURSOR] = [
                "How well words match is not stored, so that no place in that order holds. Add sort=name."
            ]
        if faults:
            raise WrongParameters(faults)
        is_keyset = CURSOR in request.query_params
        pages = KeysetPages(filters.order.value, lambda: filters.total) if is_keyset else Pages()
        rows = filters.qs if is_keyset else filters.in_pages
        records = [row.record for row in pages.paginate_queryset(rows, request, self)]
        told: dict[str, Any] = {}
        if beside.expand:
            told["linked"] = self.linked(request, records, beside)
        if beside.facets:
            told["facets"] = [plain_facet(facet) for facet in filters.facets(beside.facets)]
        return pages.get_paginated_response([with_only(record.data, beside.fields) for record in records], **told)

    def retrieve(self, request: Request, name: str) -> Response | HttpResponse:
        refuse_unknown(request.query_params, self.beside_names)
        beside = read_beside(request.query_params, self.document)
        if beside.faults:
            raise WrongParameters(beside.faults)
        record = Record.objects.called(self.kind, name)
        if record is None:
            return self.former(request, name)
        if beside.expand:
            data = with_only(record.data, beside.fields)
            return Response(data | {"linked": self.linked(request, [record], beside)})
        self.tag = record_tag(record.pid, record.version, pairs_of(request), request.accepted_renderer.media_type)
        return Response(with_only(record.data, beside.fields) if beside.fields else record.document)

    @property
    def document(self) -> type[Document]:
        return registry.kind(self.kind).document

    @property
    def beside_names(self) -> Sequence[str]:
        return [FIELDS, *([EXPAND] if expandable(self.document) else [])]

    def linked(self, request: Request, records: Sequence[Record], beside: Beside) -> Sequence[dict[str, str]]:
        return linked([record.pk for record in records], beside.expand, lambda record: address_of(request, record))

    def former(self, request: Request, name: str) -> HttpResponse:
        """What a name that no record has any more answers."""
        redirect = Redirect.objects.called(self.kind, name)
        if redirect is None:
            remedy = nearest(name, Record.objects.slugs_of(self.kind))
            raise NotFound(f"There is no {spoken(self.kind)} called “{name}”. {remedy}")
        target = Record.objects.with_pids([redirect.target_pid]).first()
        if target is None:
            raise Gone(f"The {spoken(self.kind)} “{name}” was withdrawn.")
        return led_on(request, address_of(request, target))

    def operation(self) -> Operation:
        kind = registry.kind(self.kind)
        document = component_of(kind)
        if self.action in ("versions", "version"):
            return self.operation_of_history(whole=self.action == "versions")
        if self.action == "retrieve":
            return Operation(
                name=f"get_{kind.name.replace('-', '_')}",
                tag=kind.plural,
                summary=f"One {spoken(kind.name)}, whole or only some fields.",
                answer=cut_down(document),
                parameters=[self.named, *document_parameters(self.document)],
                examples=[f"{kind.folder}/{self.example}/", f"{kind.folder}/{self.example}/?fields=slug"],
                problems={400: WRONG_PARAMETER, 404: "It never existed.", 410: "It was withdrawn."},
            )
        facets = [facet.name for facet in self.filterset_class().facet_filters]
        counted = "Also count these facets' options over the whole list."
        return Operation(
            name=f"list_{kind.folder.replace('-', '_')}",
            tag=kind.plural,
            summary=f"The {kind.plural} that meet every parameter; several values of one mean any of them.",
            answer=page_schema(cut_down(document), linked=LINKED, facets=COUNTED),
            parameters=[
                *map(described, self.filterset_class.parameters()),
                *document_parameters(self.document),
                *([parameter(FACETS, facets, counted)] if facets else []),
                *page_parameters(),
                cursor_parameter(),
            ],
            examples=[f"{kind.folder}/?{query}" for query in self.examples],
            problems={400: WRONG_PARAMETER, 404: "There is no such page."},
        )


class RootView(OfCodeView):
    """What this interface offers: all kinds of records, and `others`, the names of further addresses."""

    others: tuple[str, ...] = ("search", "changes", "schema", "docs")

    def get(self, request: Request) -> Response:
        refuse_unknown(request.query_params, [])
        collections = [
            {
                "kind": kind.name,
                "label": kind.plural,
                "url": reverse(f"api:{kind.name}-list", request=request),
                "schema": reverse("api:document-schema", args=[kind.name], request=request),
            }
            for kind in registry.kinds()
        ]
        others = {name: reverse(f"api:{name}", request=request) for name in self.others}
        return Response({"collections": collections, **others})

    def operation(self) -> Operation:
        collection = {"kind": TEXT, "label": TEXT, "url": ADDRESS, "schema": ADDRESS}
        properties = {
            "collections": {"type": "array", "items": object_schema(collection)},
            **dict.fromkeys(self.others, ADDRESS),
        }
        return Operation("get_root", "interface", "The collections and what else there is.", object_schema(properties))


class DocumentSchemaView(OfCodeView):
    """The JSON Schema of one kind's documents."""

    def get(self, request: Request, kind: str) -> Response:
        refuse_unknown(request.query_params, [])
        if kind not in registry.kind_names():
            raise NotFound(f"“{kind}” is no kind. {nearest(kind, registry.kind_names())}")
        return Response(document_schema(registry.kind(kind)))

    def operation(self) -> Operation:
        kind = OpenApiParameter("kind", str, OpenApiParameter.PATH, enum=registry.kind_names(), description="The kind.")
        return Operation(
            name="get_document_schema",
            tag="interface",
            summary="The JSON Schema (2020-12) of one kind's documents.",
            answer={"type": "object"},
            parameters=[kind],
            problems={400: WRONG_PARAMETER, 404: "There is no such kind."},
        )


# Swagger UI's own style sheet carries its icons within it.
@method_decorator(csp_update({"img-src": ["data:"]}), name="dispatch")
class DocsView(TemplateView):
    """The description of the interface, for people who want to read and try it."""

    template_name = "records/api_docs.html"


class SchemaView(OfCodeView):
    """The description of the interface, for programs."""

    schema = None
    renderer_classes = RENDERERS

    def get(self, request: Request) -> HttpResponse:
        refuse_unknown(request.query_params, [])
        form = request.accepted_renderer
        charset = f"; charset={form.charset}" if form.charset else ""
        return HttpResponse(
            written(form.format),
            content_type=f"{form.media_type}{charset}",
            headers={"Content-Disposition": f'inline; filename="v2xkb.{form.format}"'},
        )


class NoSuchAddressView(APIView):
    """Whatever is asked at an address that doesn't exist."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        remedy = nearest(request.path.rstrip("/").rpartition("/")[2], [kind.folder for kind in registry.kinds()])
        raise NotFound(f"There is nothing at {request.path}. {remedy}")


def spoken(kind: str) -> str:
    return kind.replace("-", " ")


def address_of(request: Request, record: Record) -> str:
    return reverse(f"api:{record.kind}-detail", args=[record.slug], request=request)
