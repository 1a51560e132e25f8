"""Pages of lists: Relay connections that also give their nodes without edges, and always know their total."""

import base64
import binascii
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import graphene
from graphql import GraphQLError

from v2xkb.records.graphql.batches import Page
from v2xkb.records.graphql.bounds import Limit

DEFAULT_FIRST = 50
LAST_OFFSET = 2**31 - 1
CURSOR = "row:"


class Asked(NamedTuple):
    """Which rows of a list a query asks for."""

    first: int
    offset: int


def page_arguments(limit: Limit) -> dict[str, graphene.Argument]:
    return {
        "first": graphene.Argument(
            graphene.Int, default_value=DEFAULT_FIRST, description=f"How many rows at most: 0 to {limit.most}."
        ),
        "after": graphene.Argument(graphene.String, description="Start behind the row with this cursor."),
        "offset": graphene.Argument(graphene.Int, description="Start behind this many rows; not together with after."),
    }


def page_asked(arguments: dict[str, Any], limit: Limit) -> Asked:
    """Takes the paging arguments out of `arguments`; raises GraphQLError naming limit and value."""
    first, after, offset = arguments.pop("first", None), arguments.pop("after", None), arguments.pop("offset", None)
    first = DEFAULT_FIRST if first is None else first
    if not 0 <= first <= limit.most:
        raise GraphQLError(f"“first” is {first}: a list gives 0 to {limit.most} rows at a time. {limit.remedy}")
    if after is not None and offset is not None:
        raise GraphQLError("“after” and “offset” both say where to start. Give one of them.")
    if offset is not None and offset < 0:
        raise GraphQLError(f"“offset” is {offset}: it counts rows from 0 on.")
    return Asked(first, offset or 0 if after is None else position_of(after) + 1)


def cursor_at(position: int) -> str:
    return base64.urlsafe_b64encode(f"{CURSOR}{position}".encode()).decode()


def position_of(cursor: str) -> int:
    try:
        text = base64.b64decode(cursor.encode(), altchars=b"-_", validate=True).decode()
        position = int(text.removeprefix(CURSOR)) if text.startswith(CURSOR) else -1
    except (binascii.Error, ValueError):
        position = -1
    if not 0 <= position < LAST_OFFSET:
        raise GraphQLError(
            f"“after” is “{cursor[:80]}”: that is no cursor of this list. Take one from pageInfo or edges."
        )
    return position


class PageInfo(graphene.ObjectType):
    """Where a page stands in its list."""

    has_next_page = graphene.Boolean(required=True, description="Whether rows follow this page.")
    has_previous_page = graphene.Boolean(required=True, description="Whether rows precede this page.")
    start_cursor = graphene.String(description="Cursor of the first row of the page.")
    end_cursor = graphene.String(description="Cursor of the last row of the page: the next page is after it.")

    @staticmethod
    def resolve_has_next_page(page: Page, info: Any) -> bool:
        return page.more

    @staticmethod
    def resolve_has_previous_page(page: Page, info: Any) -> bool:
        return page.offset > 0

    @staticmethod
    def resolve_start_cursor(page: Page, info: Any) -> str | None:
        return cursor_at(page.offset) if page.nodes else None

    @staticmethod
    def resolve_end_cursor(page: Page, info: Any) -> str | None:
        return cursor_at(page.offset + len(page.nodes) - 1) if page.nodes else None


def edge_of(name: str, node_type: Callable[[], Any]) -> type[graphene.ObjectType]:
    return type(
        f"{name}Edge",
        (graphene.ObjectType,),
        {
            "__doc__": "A row of a list with its place in it.",
            "cursor": graphene.String(required=True, description="Opaque place of the row, for after."),
            "node": graphene.Field(node_type, required=True, description="The row itself."),
        },
    )


def connection_fields(name: str, node_type: Callable[[], Any]) -> dict[str, Any]:
    edge = edge_of(name, node_type)
    rows = graphene.NonNull(graphene.List(graphene.NonNull(node_type)))
    return {
        "__doc__": "One page of a list, in the order asked for; of links back, by sort key, then permanent id.",
        "total_count": graphene.Int(
            required=True,
            description="How many rows the whole list has.",
            resolver=lambda page, info: page.total(),
        ),
        "page_info": graphene.Field(
            PageInfo, required=True, description="Where this page stands.", resolver=lambda page, info: page
        ),
        "nodes": graphene.Field(rows, description="The rows of this page.", resolver=lambda page, info: page.nodes),
        "edges": graphene.Field(
            graphene.NonNull(graphene.List(graphene.NonNull(edge))),
            description="The rows of this page with their cursors.",
            resolver=lambda page, info: edges_of(page),
        ),
    }


@cache
def connection_of(
    name: str, node_type: Callable[[], Any], whole: tuple[tuple[str, graphene.Field], ...] = (), prefix: str = ""
) -> type[graphene.ObjectType]:
    """`name` is that of the node's type; `whole` are fields of the list as a whole, besides those of all."""
    fields = {**connection_fields(name, node_type), **dict(whole)}
    return type(f"{prefix}{name}Connection", (graphene.ObjectType,), fields)


def edges_of(page: Page) -> list[dict[str, Any]]:
    return [{"cursor": cursor_at(page.offset + place), "node": node} for place, node in enumerate(page.nodes)]
