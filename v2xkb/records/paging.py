"""Numbered pages of REST lists, strict about what they are asked for."""

from typing import Any

from django.core.paginator import Paginator
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import NotFound
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request

from v2xkb.records.problem_details import WrongParameters
from v2xkb.records.problems import shown

PAGE, PAGE_SIZE = "page", "page_size"
LAST_PAGE = 2**31 - 1


class Pages(PageNumberPagination):
    page_size = 50
    page_query_param = PAGE
    page_size_query_param = PAGE_SIZE
    max_page_size = 200

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """Raises WrongParameters and, behind the last page, NotFound."""
        self.request = request
        size = whole_number(request, PAGE_SIZE, self.max_page_size) or self.page_size
        number = whole_number(request, PAGE, LAST_PAGE) or 1
        paginator = Paginator(queryset, size)
        if number > paginator.num_pages:
            raise NotFound(f"There is no page {number}: the last one is {paginator.num_pages}.")
        self.page = paginator.page(number)
        return list(self.page)


def whole_number(request: Request, name: str, most: int) -> int | None:
    """The number that a parameter gives, from 1 to `most`; nothing where it isn't given."""
    given = request.query_params.getlist(name)
    if len(given) > 1:
        raise WrongParameters({name: [f"It is given {len(given)} times. Give it once."]})
    if not given:
        return None
    text = given[0]
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most)) and 1 <= int(text) <= most):
        raise WrongParameters({name: [f"“{shown(text)}” is no whole number from 1 to {most}."]})
    return int(text)


def page_parameters() -> list[OpenApiParameter]:
    most = Pages.max_page_size
    return [
        OpenApiParameter(PAGE, {"type": "integer", "minimum": 1, "default": 1}, description="Which page."),
        OpenApiParameter(
            PAGE_SIZE,
            {"type": "integer", "minimum": 1, "maximum": most, "default": Pages.page_size},
            description=f"Rows on a page, at most {most}.",
        ),
    ]


def page_schema(row: dict[str, Any]) -> dict[str, Any]:
    address = {"type": ["string", "null"], "format": "uri"}
    return {
        "type": "object",
        "required": ["count", "next", "previous", "results"],
        "properties": {
            "count": {"type": "integer", "minimum": 0, "description": "How many rows all pages have together."},
            "next": {**address, "description": "The page that follows, if any."},
            "previous": {**address, "description": "The page before, if any."},
            "results": {"type": "array", "items": row, "description": "The rows, in the order of lists."},
        },
    }
