"""A plan answers as graphql-core does, to the last letter, and leaves to it whatever goes wrong."""

import json
import random
from collections.abc import Callable
from typing import Any

import pytest
from cachetools import LRUCache
from django.db import OperationalError
from django.test import RequestFactory
from graphql import (
    DocumentNode,
    ExecutionContext,
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    execute,
    get_introspection_query,
    parse,
    print_ast,
    validate,
)

from tests.graphql.generating import Walk
from tests.graphql.test_fuzz import MANY, NUMBER, is_within, offered
from v2xkb.records.graphql import queries, texts
from v2xkb.records.graphql.planned import PlannedExecution
from v2xkb.schema import schema

pytestmark = pytest.mark.usefixtures("knowledge_base")

SCHEMA = schema.graphql_schema


def answered(query: str, context: type[ExecutionContext], **variables: Any) -> str:
    """The whole answer as text, so that the order of names counts too."""
    request, document = RequestFactory().get("/graphql/"), parse(query)
    assert validate(SCHEMA, document) == []
    found = execute(SCHEMA, document, None, request, variables, execution_context_class=context)
    assert isinstance(found, ExecutionResult)
    return json.dumps(found.formatted)


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How often graphql-core ran a query itself."""
    seen: list[str] = []
    own: Callable[..., Any] = ExecutionContext.execute_operation

    def noted(self: ExecutionContext, *arguments: Any) -> Any:
        seen.append(type(self).__name__)
        return own(self, *arguments)

    monkeypatch.setattr(ExecutionContext, "execute_operation", noted)
    return seen


def test_generated_queries_are_answered_alike_and_by_the_plan_alone(runs: list[str]) -> None:
    chance, values = random.Random(20261129), offered()  # noqa: S311 - nothing is kept secret by it
    asked = 0
    while asked < NUMBER:
        query = Walk(SCHEMA, chance, values).query()
        if is_within(query):
            assert answered(query, PlannedExecution, rows=MANY) == answered(query, ExecutionContext, rows=MANY), query
            asked += 1
    assert runs == ["ExecutionContext"] * NUMBER


@pytest.mark.parametrize(
    "query",
    [
        get_introspection_query(),
        '{ __typename __type(name: "Project") { name kind fields { name type { kind ofType { name } } } } }',
        """query($no: Boolean = false) { projects(first: 4) { nodes { slug @skip(if: true) tier @include(if: $no)
          ...Own ... @include(if: true) { name } } } } fragment Own on Project { n: name sites { city } name }""",
        """{ projects(first: 9) { nodes { sites { city } ...More sites { name } } } }
          fragment More on Project { sites { country lat } partners { organisation { slug } } }""",
        """{ search(q: "charging", first: 30) { nodes { record { __typename slug ... on Project { name tier }
          ... on Term { label broader { slug } } ... on Record { kind } } matched { field words } } } }""",
        """{ first: projects(first: 2) { edges { cursor node { id } } } first: projects(first: 2) { totalCount
          pageInfo { endCursor } edges { node { label conflicts { path value text } bases { path kind } } } } }""",
        '{ project(slug: "no-such") { slug } node(id: "none") { id } nodes(ids: ["none", "r38ramenw"]) { id } }',
        "{ corpora { slug } keywordMaps { label page } claims(first: 3) { nodes { verdict { text } all: document } } }",
    ],
)
def test_whatever_a_query_is_made_of_is_answered_alike_and_by_the_plan_alone(runs: list[str], query: str) -> None:
    assert answered(query, PlannedExecution) == answered(query, ExecutionContext)
    assert runs == ["ExecutionContext"]


@pytest.mark.parametrize(
    "query",
    [
        "{ projects(first: 2) { nodes { slug } } a: projects(first: 201) { totalCount } }",
        '{ project { slug } other: project(slug: "parker") { slug } }',
        '{ a: project(slug: "parker") { slug } projects(country: ["Atlantis"]) { totalCount } }',
        '{ project(slug: "parker") { collections(first: -1) { totalCount } slug } }',
        '{ projects(first: 1) { nodes { slug } facets(names: ["contry"]) { name } } }',
        "query($q: String!) { search(q: $q) { totalCount } }",
    ],
)
def test_faults_are_told_as_graphql_core_tells_them(runs: list[str], query: str) -> None:
    found = answered(query, PlannedExecution)
    assert '"errors"' in found
    assert found == answered(query, ExecutionContext)


def test_null_where_there_must_be_a_value_is_a_fault(monkeypatch: pytest.MonkeyPatch, runs: list[str]) -> None:
    root = SCHEMA.query_type
    assert root
    monkeypatch.setattr(root.fields["projects"], "resolve", lambda root, info, **arguments: None)
    query = '{ project(slug: "parker") { slug } projects { totalCount } }'
    found = answered(query, PlannedExecution)
    assert "Cannot return null for non-nullable field Query.projects." in found
    assert found == answered(query, ExecutionContext)
    assert runs == ["PlannedExecution", "ExecutionContext"]


def test_the_first_fault_of_a_database_is_noted(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_arguments: Any) -> Any:
        raise OperationalError("the disk is full")

    monkeypatch.setattr(queries, "in_order", broken)
    assert "the disk is full" in answered("{ projects { nodes { slug } } }", PlannedExecution)
    (noted,) = caplog.records
    assert noted.exc_info
    assert "the disk is full" in str(noted.exc_info[1])


def test_a_text_is_read_once_and_what_is_wrong_with_one_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def noted(schema: GraphQLSchema, document: DocumentNode) -> list[GraphQLError]:
        read.append(print_ast(document))
        return validate(schema, document)

    monkeypatch.setattr("v2xkb.records.graphql.texts.validate", noted)
    right, wrong = "{ once: __typename }", "{ once: nothing }"
    assert texts.document_of(SCHEMA, right) is texts.document_of(SCHEMA, right)
    assert len(read) == 1
    for _ in range(2):
        with pytest.raises(texts.Unreadable, match="Cannot query field 'nothing'"):
            texts.document_of(SCHEMA, wrong)
    assert len(read) == 3


def test_texts_that_are_kept_take_so_much_memory_and_no_more() -> None:
    for number in range(200):
        texts.document_of(SCHEMA, f"{{ a{number}: __typename {'slug: __typename ' * 90} }}")
    kept = texts.document_of.cache
    assert isinstance(kept, LRUCache)
    assert 0 < len(kept) < 200
    assert kept.currsize <= texts.MOST_KEPT
