"""REST for search over records of all kinds."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from v2xkb.records import registry
from v2xkb.records.api import address_of
from v2xkb.records.models import Record
from v2xkb.records.openapi import ADDRESS, COUNT, TEXT, Operation, object_schema
from v2xkb.records.paging import PAGE, PAGE_SIZE, Pages, page_parameters, page_schema
from v2xkb.records.problem_details import WRONG_PARAMETER, WrongParameters, refuse_unknown
from v2xkb.records.problems import nearest
from v2xkb.records.search import Unsearchable, in_rank_order, meeting, read, sources_last
from v2xkb.records.search_matches import Hit, hits
from v2xkb.records.tagging import TaggedView


class SearchView(TaggedView):
    """Records of all kinds that hold the words of `q`, the best first."""

    pagination_class = Pages

    def get(self, request: Request) -> Response:
        refuse_unknown(request.query_params, ["q", "kind", PAGE, PAGE_SIZE])
        kinds = request.query_params.getlist("kind")
        texts = [text for text in request.query_params.getlist("q") if text.strip()]
        faults = {}
        if len(texts) != 1:
            faults["q"] = ["Give the words to search for, once."]
        if unknown := [kind for kind in kinds if kind not in registry.kind_names()]:
            faults["kind"] = [f"“{kind}” is no kind. {nearest(kind, registry.kind_names())}" for kind in unknown]
        if faults:
            raise WrongParameters(faults)
        try:
            search = read(texts[0])
        except Unsearchable as error:
            raise WrongParameters({"q": [str(error)]}) from error
        found = sources_last(meeting(Record.objects.of_kinds(kinds) if kinds else Record.objects.all(), search))
        pages = self.pagination_class()
        rows = pages.paginate_queryset(in_rank_order(found), request, self)
        return pages.get_paginated_response([hit_row(request, one) for one in hits(search, rows)] if search else [])

    def operation(self) -> Operation:
        match = {
            "field": {**TEXT, "description": "The field, in words."},
            "texts": {"type": "array", "items": TEXT, "description": "What it holds there; long texts as excerpts."},
            "words": {"type": "array", "items": TEXT, "description": "The words found, as written there."},
            "more": {**COUNT, "description": "Further texts of the field that hold words."},
        }
        matched = {
            "type": "array",
            "items": object_schema(match),
            "description": "The fields that hold the words, the weightiest first.",
        }
        row = {
            "kind": TEXT,
            "id": TEXT,
            "slug": TEXT,
            "label": TEXT,
            "url": ADDRESS,
            "page": ADDRESS,
            "matched": matched,
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
        "matched": [
            {
                "field": str(match.field),
                "texts": ["".join(piece.text for piece in pieces) for pieces in match.texts],
                "words": match.words,
                "more": match.more,
            }
            for match in found.matches
        ],
    }
