"""How long the graph takes over fifty projects with what they lead to: made anew, and as kept."""

import json

import pytest
from django.test import Client
from graphql import ExecutionContext, execute
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.peers.graphs import OUR_QUERY
from v2xkb.records.graphql.planned import PlannedExecution
from v2xkb.records.graphql.texts import document_of
from v2xkb.schema import schema

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

BODY = json.dumps({"query": OUR_QUERY})


def test_a_reply_made_anew(benchmark: BenchmarkFixture, client: Client) -> None:
    reply = benchmark(client.post, "/graphql/", BODY, content_type="application/json")
    assert len(reply.content) > 40_000


@pytest.mark.usefixtures("replies_are_kept")
def test_a_reply_that_is_kept(benchmark: BenchmarkFixture, client: Client) -> None:
    reply = benchmark(client.post, "/graphql/", BODY, content_type="application/json")
    assert len(reply.content) > 40_000


@pytest.mark.parametrize("context", [PlannedExecution, ExecutionContext])
def test_a_query_alone(benchmark: BenchmarkFixture, context: type[ExecutionContext]) -> None:
    document = document_of(schema.graphql_schema, OUR_QUERY)
    found = benchmark(execute, schema.graphql_schema, document, execution_context_class=context)
    assert not found.errors
