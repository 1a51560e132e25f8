"""Search over records of all kinds, each with the fields that hold the words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import graphene
from graphql import GraphQLError

from v2xkb.records import registry
from v2xkb.records.graphql.batches import Batch, Page, RecordNode
from v2xkb.records.graphql.bounds import ROOT_PAGE
from v2xkb.records.graphql.connections import connection_of, page_arguments, page_asked
from v2xkb.records.graphql.plain import PlainTypes
from v2xkb.records.graphql.types import Type, field_of, object_type
from v2xkb.records.search_matches import Match
from v2xkb.records.search_pages import FOUND_PAGE, FOUND_PAGES, plain_page
from v2xkb.records.search_request import MATCH, MATCHED, SearchRequest, WrongSearch, plain_match, read_request

HIT = "SearchHit"


@dataclass(frozen=True)
class HitNode:
    """A record that was found, with why."""

    record: RecordNode
    matches: Sequence[Match]


def search_field(any_record: Any, types: PlainTypes) -> graphene.Field:
    hit = hit_type(any_record, types)
    kinds = ", ".join(registry.kind_names())
    return graphene.Field(
        connection_of(HIT, lambda: hit, (("pages", pages_field(types)),)),
        required=True,
        description="Records of all kinds that hold all the words, the best first.",
        args={
            "q": graphene.Argument(graphene.String, required=True, description="The words."),
            "kind": graphene.Argument(
                graphene.List(graphene.NonNull(graphene.String)),
                description=f"Only records of this kind; several mean any of them: {kinds}.",
            ),
            **page_arguments(ROOT_PAGE),
        },
        resolver=found,
    )


@dataclass(frozen=True)
class HitPage(Page):
    """Hits, and what is found besides records."""

    asked: SearchRequest


def pages_field(types: PlainTypes) -> graphene.Field:
    return field_of(
        types.type_of(FOUND_PAGE),
        lambda page, info: [plain_page(one, info.context.build_absolute_uri) for one in page.asked.pages()],
        FOUND_PAGES["description"],
        many=True,
        required=True,
    )


def hit_type(any_record: Any, types: PlainTypes) -> Type:
    return object_type(
        HIT,
        "A record that holds the words, with why it was found.",
        {
            "record": graphene.Field(
                any_record, required=True, description="The record.", resolver=lambda hit, info: hit.record
            ),
            "matched": field_of(
                types.type_of(MATCH),
                lambda hit, info: list(map(plain_match, hit.matches)),
                MATCHED["description"],
                many=True,
                required=True,
            ),
        },
    )


def found(root: Any, info: Any, q: str, kind: Sequence[str] | None = None, **arguments: Any) -> Page:
    first, offset = page_asked(arguments, ROOT_PAGE)
    try:
        asked = read_request([q], list(dict.fromkeys(kind or ())))
    except WrongSearch as error:
        raise GraphQLError(str(error)) from error
    rows = list(asked.rows[offset : offset + first + 1])
    hits = asked.hits(rows[:first])
    batch = Batch(hit.record for hit in hits)
    nodes = [HitNode(batch.nodes[hit.record.pk], hit.matches) for hit in hits]
    return HitPage(nodes, offset, len(rows) > first, asked.rows.count, asked)
