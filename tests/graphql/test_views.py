"""The endpoint takes queries by GET and POST, says what is wrong with others, and keeps no cookie."""

import json
import logging

import pytest
from django.test import Client
from graphql import build_client_schema, get_introspection_query, print_schema
from pytest_django.fixtures import DjangoAssertNumQueries

from tests.graphql.asking import ask
from v2xkb.records import keyed
from v2xkb.records.graphql import queries
from v2xkb.records.graphql.examples import EXAMPLES, Example
from v2xkb.records.graphql.views import UNEXPECTED
from v2xkb.records.models import Origin, Revision
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


ASKED = {"query": "query($slug: String) { project(slug: $slug) { slug } }", "variables": '{"slug": "parker"}'}


def test_a_reply_to_get_is_kept_under_a_tag_and_sent_once(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    reply = client.get("/graphql/", ASKED)
    assert (reply.status_code, reply["Cache-Control"], reply["Vary"]) == (200, "public, no-cache", "Accept")
    with django_assert_num_queries(1):
        again = client.get("/graphql/", ASKED, headers={"If-None-Match": f'"other", W/{reply["ETag"]}'})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", reply["ETag"])
    assert client.head("/graphql/", ASKED)["ETag"] == reply["ETag"]
    assert "ETag" not in client.post("/graphql/", ASKED, content_type="application/json")


def test_what_a_reply_is_made_of_changes_its_tag(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = [client.get("/graphql/", ASKED)["ETag"]]
    others: list[dict[str, str]] = [{"variables": '{"slug": "seev4-city"}'}, {"query": f"{ASKED['query']} "}]
    seen += [client.get("/graphql/", ASKED | other)["ETag"] for other in others]
    monkeypatch.setattr(keyed, "build", lambda: "other code")
    seen.append(client.get("/graphql/", ASKED)["ETag"])
    Revision.objects.create(by="tester", reason="test", origin=Origin.CURATION)
    seen.append(client.get("/graphql/", ASKED)["ETag"])
    assert len(set(seen)) == len(seen)
    assert client.get("/graphql/", ASKED)["ETag"] == seen[-1]
    assert client.get("/graphql/", ASKED, headers={"If-None-Match": seen[0]}).status_code == 200


@pytest.mark.parametrize("query", ["{ nothing }", '{ projects(country: ["Denmark"]) { totalCount } }'])
def test_a_reply_with_errors_is_not_kept(client: Client, query: str) -> None:
    reply = client.get("/graphql/", {"query": query})
    assert "errors" in reply.json()
    assert "ETag" not in reply


def test_browsers_get_a_page_to_write_queries_on_and_programs_do_not(client: Client) -> None:
    browser = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    page = client.get("/graphql/", ASKED, headers=browser)
    assert page["Content-Type"] == "text/html; charset=utf-8"
    assert 'data-query="query($slug: String)' in page.content.decode()
    assert page["Vary"] == "Accept"
    assert not page.cookies
    for accept in ("*/*", "application/json", "application/graphql-response+json, application/json;q=0.9"):
        reply = client.get("/graphql/", ASKED, headers={"Accept": accept})
        assert reply.json() == {"data": {"project": {"slug": "parker"}}}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.question)
def test_every_worked_example_has_an_answer(client: Client, example: Example) -> None:
    (rows,) = ask(client, example.query).values()
    assert rows["nodes"]
