"""REST for keyword maps: of what there are any, by which rule, and where their files are."""

from rest_framework.request import Request
from rest_framework.response import Response

from v2xkb.literature.maps_plain import MAP, maps
from v2xkb.records.openapi import COUNT, Operation, object_schema, rows_of
from v2xkb.records.problem_details import WRONG_PARAMETER, refuse_unknown
from v2xkb.records.tagging import TaggedView


class KeywordMapsView(TaggedView):
    """All keyword maps."""

    def get(self, request: Request) -> Response:
        refuse_unknown(request.query_params, [])
        found = maps(request.build_absolute_uri)
        return Response({"count": len(found), "results": found})

    def operation(self) -> Operation:
        return Operation(
            name="list_keyword_maps",
            tag="literature",
            summary="Keyword maps: what each is made of, its usual rule, and the addresses of its page and files.",
            answer=object_schema({"count": COUNT, "results": rows_of(MAP)}),
            examples=["keyword-maps/"],
            problems={400: WRONG_PARAMETER},
        )
