"""REST for search over records of all kinds."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from v2xkb.records import registry
from v2xkb.records.api import address_of
from v2xkb.records.openapi import ADDRESS, TEXT, Operation, object_schema
from v2xkb.records.paging import PAGE, PAGE_SIZE, Pages, page_parameters, page_schema
from v2xkb.records.problem_details import WRONG_PARAMETER, WrongParameters, refuse_unknown
from v2xkb.records.search_matches import Hit
from v2xkb.records.search_pages import FOUND_PAGES, plain_page
from v2xkb.records.search_request import MATCHED, WrongSearch, plain_match, read_request
from v2xkb.records.tagging import TaggedView


class SearchView(TaggedView):
    """Records of all kinds that hold the words of `q`, the best first."""

    is_expensive = True

    pagination_class = Pages

    def get(self, request: Request) -> Response:
        refuse_unknown(request.query_params, ["q", "kind", PAGE, PAGE_SIZE])
        try:
            asked = read_request(request.query_params.getlist("q"), request.query_params.getlist("kind"))
        except WrongSearch as error:
            raise WrongParameters(error.faults) from error
        pages = self.pagination_class()
        rows = pages.paginate_queryset(asked.rows, request, self)
        beside = [plain_page(page, request.build_absolute_uri) for page in asked.pages()]
        return pages.get_paginated_response([hit_row(request, one) for one in asked.hits(rows)], pages=beside)

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
            answer=page_schema(object_schema(row), pages=FOUND_PAGES),
            parameters=[
                OpenApiParameter("q", str, required=True, description="The words."),
                OpenApiParameter("kind", str, many=True, enum=registry.kind_names(), description=kinds),
                *page_parameters(),
            ],
            examples=["search/?q=battery+degradation&kind=barrier"],
            problems={400: WRONG_PARAMETER, 404: "There is no such page."},
        )


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
