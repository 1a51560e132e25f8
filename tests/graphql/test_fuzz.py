"""Queries made up at random: those within the limits are answered at a cost that no row adds to, others cost nothing.

`make fuzz` asks more of each than a test of every day, others at each run.
"""

import logging
import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext
from graphene.utils.str_converters import to_camel_case
from graphql import GraphQLError, OperationDefinitionNode, parse, validate

from tests.fuzz.numbers import FUZZING, number_of
from tests.graphql.generating import Walk, beyond
from v2xkb.records import registry
from v2xkb.records.graphql import limits
from v2xkb.schema import PARTS, schema

pytestmark = pytest.mark.usefixtures("knowledge_base", "held_or_large")

logger = logging.getLogger(__name__)

NUMBER = number_of("GraphQL")
SEED = random.SystemRandom().getrandbits(32) if FUZZING else 20261128
FEW, MANY = 3, 30
# What a place costs where something stands there: a page of links, their total, the records.
MOST_AT_A_PLACE = 3


def offered() -> dict[str, dict[str, list[str]]]:
    """List of the root -> argument -> values that it takes."""
    values: dict[str, dict[str, list[str]]] = {}
    for listed in (listed for part in PARTS for listed in part.LISTS):
        of_list = values.setdefault(to_camel_case(registry.kind(listed.kind).folder.replace("-", "_")), {})
        for facet in listed.filterset({}).facets():
            of_list[to_camel_case(facet.name)] = [option.value for option in facet.options]
        for parameter in listed.filterset.parameters():
            if parameter.kind == "order":
                of_list["sort"] = [value for value in parameter.values if value != "relevance"]
            elif parameter.kind == "flag":
                of_list[to_camel_case(parameter.name)] = ["true"]
    return values


def is_within(query: str) -> bool:
    document = parse(query)
    assert validate(schema.graphql_schema, document) == []
    (operation,) = document.definitions
    assert isinstance(operation, OperationDefinitionNode)
    try:
        limits.check(schema.graphql_schema, document, operation, {"rows": MANY})
    except GraphQLError:
        return False
    return True


def asked(client: Client, query: str, rows: int) -> tuple[int, dict[str, Any], int]:
    """Status, reply and number of statements."""
    # Django remembers so many statements and no more.
    reset_queries()
    with CaptureQueriesContext(connection) as captured:
        body = {"query": query, "variables": {"rows": rows}}
        reply = client.post("/graphql/", body, content_type="application/json")
    return reply.status_code, reply.json(), len(captured)


def places(data: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Where in a reply something stands, whichever row it stands in."""
    if isinstance(data, list):
        for item in data:
            yield from places(item, above)
    elif isinstance(data, dict):
        yield above
        for name, value in data.items():
            yield from places(value, (*above, name))


def test_what_is_within_the_limits_is_answered_and_no_row_adds_to_its_cost(client: Client) -> None:
    chance, values = random.Random(SEED), offered()  # noqa: S311 - nothing is kept secret by it
    answered = alike = spared = beyond_limits = 0
    while answered < NUMBER:
        query = Walk(schema.graphql_schema, chance, values).query()
        if not is_within(query):
            beyond_limits += 1
            assert asked(client, query, MANY)[::2] == (400, 0), query
            continue
        (status, few, cost_of_few), (_, many, cost_of_many) = (asked(client, query, rows) for rows in (FEW, MANY))
        assert (status, "errors" in few, "errors" in many) == (200, False, False), f"{query}\n{few}\n{many}"[:4000]
        more = set(places(many)) - set(places(few))
        if not more and "verdict" not in query:
            assert 0 <= cost_of_many - cost_of_few <= 1, query
            spared += cost_of_many - cost_of_few
        else:
            assert cost_of_many <= cost_of_few + MOST_AT_A_PLACE * (len(more) + query.count("verdict")), query
        answered += 1
        alike += not more
    logger.info(
        "%s answered, %s of them alike (%s but for one statement), %s beyond the limits",
        answered,
        alike,
        spared,
        beyond_limits,
    )
    assert alike > answered / 2
    # Few rows may find all records of a place read already, for another place of the same query.
    assert spared <= answered / 100


def test_what_passes_a_limit_is_refused_at_no_cost(client: Client) -> None:
    chance = random.Random(SEED)  # noqa: S311
    for _ in range(NUMBER):
        query = beyond(chance)
        status, reply, cost = asked(client, query, FEW)
        assert (status, cost, list(reply)) == (400, 0, ["errors"]), query[:300]
