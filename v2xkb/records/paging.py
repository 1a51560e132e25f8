"""Pages of REST lists, by number or behind a cursor, strict about what they are asked for."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import NotFound
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from v2xkb.numbers import whole_number_in
from v2xkb.records import keyset
from v2xkb.records.exports import TOTAL
from v2xkb.records.problem_details import WrongParameters
from v2xkb.records.problems import shown

PAGE, PAGE_SIZE, CURSOR = "page", "page_size", "cursor"
LAST_PAGE = 2**31 - 1


class Pages(PageNumberPagination):
    page_size = 50
    page_query_param = PAGE
    page_size_query_param = PAGE_SIZE
    max_page_size = 200
    count: int

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """Raises WrongParameters and, behind the last page, NotFound."""
        self.request = request
        size = whole_number(request, PAGE_SIZE, self.max_page_size) or self.page_size
        number = whole_number(request, PAGE, LAST_PAGE) or 1
        paginator = Paginator(queryset, size)
        if number > paginator.num_pages:
            raise NotFound(f"There is no page {number}: the last one is {paginator.num_pages}.")
        self.page, self.count = paginator.page(number), paginator.count
        return list(self.page)

    def get_paginated_response(self, data: Any, **beside: Any) -> Response:
        """`beside` is what the reply says besides the rows."""
        content = {"count": self.count, "next": self.get_next_link(), "previous": self.get_previous_link()}
        return Response({**content, "results": data, **beside}, headers={TOTAL: str(self.count)})


class KeysetPages(Pages):
    """Pages that begin behind a row, wherever it stands by now: rows that come or go meanwhile move no other."""

    following: str | None

    def __init__(self, order: str, total: Callable[[], int]) -> None:
        self.order, self.total, self.following = order, total, None

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """Raises WrongParameters."""
        self.request = request
        size, cursor = (
            whole_number(request, PAGE_SIZE, self.max_page_size) or self.page_size,
            given_once(request, CURSOR),
        )
        if PAGE in request.query_params:
            raise WrongParameters({PAGE: [f"A list has either numbers of pages or “{CURSOR}”. Leave one out."]})
        rows = keyset.with_keys(queryset)
        if cursor != keyset.START:
            try:
                rows = keyset.behind(rows, keyset.read(cursor, self.order))
            except keyset.NoSuchCursor as error:
                message = f"“{shown(cursor)}” is no cursor of this list in this order. Begin with “{keyset.START}” and "
                raise WrongParameters({CURSOR: [f"{message}follow “next”."]}) from error
        found = list(rows[: size + 1])
        if len(found) > size:
            cursor = keyset.written(self.order, keyset.keys_of(found[size - 1], keyset.terms_of(rows)))
            self.following = replace_query_param(request.build_absolute_uri(), CURSOR, cursor)
        self.count = self.total()
        return found[:size]

    def get_next_link(self) -> str | None:
        return self.following

    def get_previous_link(self) -> None:
        return None


def given_once(request: Request, name: str) -> str:
    """The text that a parameter gives; empty where it isn't given. Raises WrongParameters."""
    given = request.query_params.getlist(name)
    if len(given) > 1:
        raise WrongParameters({name: [f"It is given {len(given)} times. Give it once."]})
    return given[0] if given else ""


def whole_number(request: Request, name: str, most: int, least: int = 1) -> int | None:
    """The number that a parameter gives, from `least` to `most`; nothing where it isn't given."""
    text = given_once(request, name)
    if name not in request.query_params:
        return None
    number = whole_number_in(text, most)
    if number is None or number < least:
        raise WrongParameters({name: [f"“{shown(text)}” is no whole number from {least} to {most}."]})
    return number


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


def cursor_parameter() -> OpenApiParameter:
    text = (
        f"Begin with “{keyset.START}” and follow next: rows that come or go meanwhile move no other, so that every "
        "earlier one is there once. For any order but relevance, and not together with page."
    )
    return OpenApiParameter(CURSOR, str, description=text)


def page_schema(row: dict[str, Any], **beside: dict[str, Any]) -> dict[str, Any]:
    """`beside` are the schemas of what a page may say besides its rows."""
    address = {"type": ["string", "null"], "format": "uri"}
    return {
        "type": "object",
        "required": ["count", "next", "previous", "results"],
        "properties": {
            "count": {"type": "integer", "minimum": 0, "description": "How many rows all pages have together."},
            "next": {**address, "description": "The page that follows, if any."},
            "previous": {**address, "description": "The page before, if any; with a cursor never given."},
            "results": {"type": "array", "items": row, "description": "The rows, in the order of lists."},
            **beside,
        },
    }
