"""REST for any kind: lists and documents, read only, strict about what is asked."""

from typing import Any, ClassVar, cast

from csp.decorators import csp_update
from django.http import HttpResponse, HttpResponsePermanentRedirect
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
from v2xkb.records.facets import FacetedFilterSet
from v2xkb.records.models import Projected, Record, Redirect
from v2xkb.records.openapi import ADDRESS, TEXT, Operation, described, object_schema
from v2xkb.records.paging import PAGE, PAGE_SIZE, Pages, page_parameters, page_schema
from v2xkb.records.problem_details import Gone, WrongParameters, refuse_unknown
from v2xkb.records.problems import nearest
from v2xkb.records.schemas import component_of, document_schema
from v2xkb.records.search_matches import Hit
from v2xkb.records.search_request import MATCHED, WrongSearch, plain_match, read_request

WRONG_PARAMETER = "A parameter or value that doesn't exist; the nearest right one is named."
NAME = OpenApiParameter("name", str, OpenApiParameter.PATH, description="Slug or permanent id.")


class RecordViewSet(GenericViewSet[Projected]):
    """The records of one `kind`, listed as `filterset_class` says."""

    kind: ClassVar[str]
    filterset_class: ClassVar[type[FacetedFilterSet]]
    lookup_url_kwarg = "name"
    pagination_class = Pages

    def list(self, request: Request) -> Response:
        filters = self.filterset_class(request.query_params)
        refuse_unknown(request.query_params, [*filters.filters, PAGE, PAGE_SIZE])
        if not filters.is_valid():
            raise WrongParameters(cast(dict[str, list[str]], filters.errors))
        page = self.paginate_queryset(filters.qs.with_record())
        return self.get_paginated_response([row.record.data for row in page or []])

    def retrieve(self, request: Request, name: str) -> Response | HttpResponse:
        refuse_unknown(request.query_params, [])
        record = Record.objects.called(self.kind, name)
        return Response(record.document) if record else self.former(request, name)

    def former(self, request: Request, name: str) -> HttpResponse:
        """What a name that no record has any more answers."""
        redirect = Redirect.objects.called(self.kind, name)
        if redirect is None:
            remedy = nearest(name, Record.objects.slugs_of(self.kind))
            raise NotFound(f"There is no {spoken(self.kind)} called “{name}”. {remedy}")
        target = Record.objects.with_pids([redirect.target_pid]).first()
        if target is None:
            raise Gone(f"The {spoken(self.kind)} “{name}” was withdrawn.")
        return HttpResponsePermanentRedirect(address_of(request, target))

    def operation(self) -> Operation:
        kind = registry.kind(self.kind)
        document = component_of(kind)
        if self.action == "retrieve":
            return Operation(
                name=f"get_{kind.name.replace('-', '_')}",
                tag=kind.plural,
                summary=f"One {spoken(kind.name)}, whole.",
                answer=document,
                parameters=[NAME],
                problems={400: WRONG_PARAMETER, 404: "It never existed.", 410: "It was withdrawn."},
            )
        return Operation(
            name=f"list_{kind.folder.replace('-', '_')}",
            tag=kind.plural,
            summary=f"The {kind.plural} that meet every parameter; several values of one mean any of them.",
            answer=page_schema(document),
            parameters=[*map(described, self.filterset_class.parameters()), *page_parameters()],
            problems={400: WRONG_PARAMETER, 404: "There is no such page."},
        )


class RootView(APIView):
    """What this interface offers: all kinds of records, and `others`, the names of further addresses."""

    others: tuple[str, ...] = ("search", "schema", "docs")

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


class SearchView(APIView):
    """Records of all kinds that hold the words of `q`, the best first."""

    pagination_class = Pages

    def get(self, request: Request) -> Response:
        refuse_unknown(request.query_params, ["q", "kind", PAGE, PAGE_SIZE])
        try:
            asked = read_request(request.query_params.getlist("q"), request.query_params.getlist("kind"))
        except WrongSearch as error:
            raise WrongParameters(error.faults) from error
        pages = self.pagination_class()
        rows = pages.paginate_queryset(asked.rows, request, self)
        return pages.get_paginated_response([hit_row(request, one) for one in asked.hits(rows)])

    def operation(self) -> Operation:
        row = {
            "kind": TEXT,
            "id": TEXT,
            "slug": TEXT,
            "label": TEXT,
            "url": ADDRESS,
            "page": ADDRESS,
            "matched": MATCHED,
        }
        kinds = "Only records of this kind; several mean any of them."
        return Operation(
            name="search",
            tag="search",
            summary="Records of all kinds that hold all the words, the best first.",
            answer=page_schema(object_schema(row)),
            parameters=[
                OpenApiParameter("q", str, required=True, description="The words."),
                OpenApiParameter("kind", str, many=True, enum=registry.kind_names(), description=kinds),
                *page_parameters(),
            ],
            problems={400: WRONG_PARAMETER, 404: "There is no such page."},
        )


class DocumentSchemaView(APIView):
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


def hit_row(request: Request, found: Hit) -> dict[str, Any]:
    """A record as search shows it, with why it was found."""
    record = found.record
    return {
        "kind": record.kind,
        "id": record.pid,
        "slug": record.slug,
        "label": record.label,
        "url": address_of(request, record),
        "page": request.build_absolute_uri(record.get_absolute_url()),
        "matched": list(map(plain_match, found.matches)),
    }
