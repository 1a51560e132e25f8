"""The endpoint takes queries by GET and POST, says what is wrong with others, and keeps no cookie."""

import json
import logging

import pytest
from django.test import Client
from graphql import build_client_schema, get_introspection_query, print_schema

from v2xkb.records.graphql import queries
from v2xkb.records.graphql.views import UNEXPECTED
from v2xkb.schema import schema

pytestmark = pytest.mark.usefixtures("knowledge_base")

QUERY = 'query One($slug: String) { project(slug: $slug) { slug } } query Two { project(slug: "seev4-city") { slug } }'


def test_get_and_post_give_the_same(client: Client) -> None:
    asked = {"query": QUERY, "operationName": "One"}
    by_get = client.get("/graphql/", {**asked, "variables": '{"slug": "parker"}'})
    by_post = client.post("/graphql/", {**asked, "variables": {"slug": "parker"}}, content_type="application/json")
    assert by_get.json() == by_post.json() == {"data": {"project": {"slug": "parker"}}}
    assert by_get["Content-Type"] == by_post["Content-Type"] == "application/json"
    assert (
        client.get("/graphql/", {"query": QUERY, "operationName": "Two"}).json()["data"]["project"]["slug"]
        == "seev4-city"
    )


def test_no_cookie_is_set_and_no_token_asked_for() -> None:
    client = Client(enforce_csrf_checks=True)
    reply = client.post("/graphql/", {"query": "{ __typename }"}, content_type="application/json")
    assert (reply.status_code, dict(reply.cookies)) == (200, {})


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("{", "The body is no JSON."),
        (b"\xff", "The body is no JSON."),
        ("[]", "The body is a JSON object with the key “query”; it holds one query."),
        ("{}", "“query” is missing: it holds the text of a GraphQL query."),
        ('{"query": 1}', "“query” is missing: it holds the text of a GraphQL query."),
        ('{"query": "{ __typename }", "variables": "{"}', "“variables” is no JSON."),
        ('{"query": "{ __typename }", "variables": [1]}', "“variables” is a JSON object."),
        ('{"query": "{ __typename }", "operationName": 1}', "“operationName” is a text."),
        ('{"query": "{ __typename }", "operationName": "X"}', "Name one of the query's operations in “operationName”."),
        (json.dumps({"query": QUERY}), "Name one of the query's operations in “operationName”."),
        ('{"query": "{ qqqqqqqq }"}', "Cannot query field 'qqqqqqqq' on type 'Query'."),
        ('{"query": "{ projects"}', "Syntax Error: Expected Name, found <EOF>."),
        ('{"query": "mutation { x }"}', "This is a mutation; only queries are answered."),
        ('{"query": "subscription { x }"}', "This is a subscription; only queries are answered."),
        (
            '{"query": "query($n: Int) { projects(first: $n) { totalCount } }", "variables": {"n": "x"}}',
            "Variable '$n' got invalid value 'x'; Int cannot represent non-integer value: 'x'",
        ),
    ],
)
def test_what_cannot_be_run_is_refused_with_a_reason(client: Client, body: str | bytes, said: str) -> None:
    reply = client.post("/graphql/", body, content_type="application/json")
    assert (reply.status_code, reply["Content-Type"]) == (400, "application/json")
    assert [error["message"] for error in reply.json()["errors"]] == [said]


def test_json_that_nests_too_deeply_is_refused(client: Client) -> None:
    deep = "[" * 100_000
    assert client.post("/graphql/", deep, content_type="application/json").status_code == 400
    assert client.get("/graphql/", {"query": "{ __typename }", "variables": deep[:20_000]}).status_code == 400


def test_other_forms_and_methods_are_refused(client: Client) -> None:
    form = client.post("/graphql/", {"query": "{ __typename }"})
    assert (form.status_code, form.json()) == (415, {"errors": [{"message": "Send the query as application/json."}]})
    put = client.put("/graphql/")
    assert (put.status_code, put["Allow"]) == (405, "GET, HEAD, POST, OPTIONS")
    assert client.get("/graphql/").status_code == 400


def test_a_fault_of_ours_is_logged_and_not_shown(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(records: object) -> None:
        raise ZeroDivisionError("a secret of the machine")

    monkeypatch.setattr(queries, "Batch", broken)
    with caplog.at_level(logging.ERROR, logger="v2xkb"):
        reply = client.get("/graphql/", {"query": "{ projects { totalCount } }"})
    assert [error["message"] for error in reply.json()["errors"]] == [UNEXPECTED]
    assert "a secret of the machine" in caplog.text


def test_the_schema_can_be_read_from_the_endpoint(client: Client) -> None:
    reply = client.post("/graphql/", {"query": get_introspection_query()}, content_type="application/json").json()
    assert print_schema(build_client_schema(reply["data"])) == str(schema)
