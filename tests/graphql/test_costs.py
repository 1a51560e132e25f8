"""No way from one record to others costs a statement for each: all are followed, and all that go on from their ends."""

from collections.abc import Iterator

import pytest
from django.test import Client
from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
)

from tests.graphql.test_fuzz import FEW, MANY, MOST_AT_A_PLACE, asked, is_within, places
from v2xkb.records.graphql.limits import is_record
from v2xkb.schema import schema

pytestmark = pytest.mark.usefixtures("knowledge_base", "held_or_large")

SCHEMA = schema.graphql_schema
FIRST = 1


def node_of(field: GraphQLField) -> GraphQLNamedType:
    """What a field leads to, through the pages of a list."""
    kind: GraphQLNamedType = get_named_type(field.type)
    if "first" not in field.args:
        return kind
    assert isinstance(kind, GraphQLObjectType)
    node: GraphQLNamedType = get_named_type(kind.fields["nodes"].type)
    return node


def within(field: GraphQLField, name: str, selection: str) -> str:
    return (
        f"{name}(first: {FIRST}) {{ nodes {{ {selection} }} }}"
        if "first" in field.args
        else f"{name} {{ {selection} }}"
    )


def ways(kind: GraphQLNamedType) -> Iterator[tuple[str, GraphQLField, str, GraphQLNamedType]]:
    """(name, field, what goes around its selection, its end) of each way to records, through parts where need be."""
    assert isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
    for name, field in kind.fields.items():
        to = node_of(field)
        if is_record(to):
            yield name, field, "{}", to
        elif not is_leaf_type(to):
            for inner, inner_field, around, end in ways_of_part(to):
                yield f"{name}.{inner}", field, around.replace("{}", within(inner_field, inner, "{}")), end


def ways_of_part(kind: GraphQLNamedType) -> Iterator[tuple[str, GraphQLField, str, GraphQLNamedType]]:
    assert isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
    for name, field in kind.fields.items():
        if is_record(to := node_of(field)):
            yield name, field, "{}", to


def further(kind: GraphQLNamedType) -> str:
    """Everything that one more step leads to."""
    steps = [
        within(field, f"s{number}: {name.split('.')[0]}", around.replace("{}", "slug"))
        for number, (name, field, around, _) in enumerate(ways(kind))
    ]
    return f"slug {' '.join(steps)}"


def queries() -> Iterator[tuple[str, str]]:
    root = SCHEMA.query_type
    assert root
    for listed, one in root.fields.items():
        if "first" in one.args and "id" not in one.args and is_record(node_of(one)):
            for name, field, around, end in ways(node_of(one)):
                selection = within(field, name.split(".")[0], around.replace("{}", further(end)))
                yield (
                    f"{listed}.{name}",
                    f"query($rows: Int!) {{ {listed}(first: $rows) {{ nodes {{ slug {selection} }} }} }}",
                )


@pytest.mark.parametrize("query", [pytest.param(query, id=name) for name, query in queries()])
def test_thirty_rows_cost_what_three_do(client: Client, query: str) -> None:
    assert is_within(query)
    (status, few, cost_of_few), (_, many, cost_of_many) = (asked(client, query, rows) for rows in (FEW, MANY))
    assert (status, "errors" in few, "errors" in many) == (200, False, False), few
    # Where something stands that did not before, it had to be fetched; however often it stands there.
    more = set(places(many)) - set(places(few))
    assert cost_of_many <= cost_of_few + MOST_AT_A_PLACE * len(more)
