"""Whatever is wrong is said as problem details, naming the value and the nearest right one."""

import pytest
from django.test import Client

pytestmark = pytest.mark.usefixtures("knowledge_base")

SMALL = {"type", "title", "status", "detail"}


@pytest.mark.parametrize(
    ("address", "parameter", "said"),
    [
        ("projects/?scenarios=v2g", "scenarios", "There is no such parameter. Did you mean “scenario”?"),
        ("projects/?status=complete", "status", "“complete” is no value of it. Did you mean “completed”?"),
        ("projects/?country=Denmark", "country", "“Denmark” is no ISO 3166-1 code. Did you mean “DK”?"),
        ("projects/?connector=chadmo", "connector", "“chadmo” is none of its values. Did you mean “chademo”?"),
        ("projects/?page_size=201", "page_size", "“201” is no whole number from 1 to 200."),
        ("projects/?page_size=0", "page_size", "“0” is no whole number from 1 to 200."),
        ("projects/?page=two", "page", "“two” is no whole number from 1 to 2147483647."),
        ("projects/?page=1&page=2", "page", "It is given 2 times. Give it once."),
        ("terms/?format=json", "format", "There is no such parameter. Did you mean “sort”?"),
        ("projects/parker/?field=name", "field", "There is no such parameter. Did you mean “fields”?"),
        ("terms/?shceme=service", "shceme", "There is no such parameter. Did you mean “scheme”?"),
        ("projects/?sort=", "sort", "It is empty. Give a value, or leave it out."),
        ("projects/?tier=V2X&tier=", "tier", "It is empty. Give a value, or leave it out."),
        ("statistics/?tier=", "tier", "It is empty. Give a value, or leave it out."),
        ("classification/?back=", "back", "It is empty. Give a value, or leave it out."),
        ("?page=1", "page", "There is no such parameter. This address takes none."),
        ("schemas/term.json?x=1", "x", "There is no such parameter. This address takes none."),
        ("search/", "q", "Give the words to search for, once."),
        ("search/?q=a&q=b", "q", "Give the words to search for, once."),
        ("search/?q=a&kind=projekt", "kind", "“projekt” is no kind. Did you mean “project”?"),
        ("search/?q=" + "word+" * 40, "q", "A search takes at most "),
    ],
)
def test_a_wrong_parameter_is_refused_with_the_nearest_right_one(
    client: Client, address: str, parameter: str, said: str
) -> None:
    reply = client.get(f"/api/v1/{address}")
    problem = reply.json()
    assert (reply.status_code, reply["Content-Type"]) == (400, "application/problem+json")
    assert (problem["type"], problem["title"], problem["status"]) == ("about:blank", "Bad Request", 400)
    assert [error["parameter"] for error in problem["errors"]] == [parameter]
    assert problem["errors"][0]["detail"].startswith(said)
    assert problem["detail"].startswith(f"{parameter}: {said}")


def test_all_wrong_parameters_are_named_at_once(client: Client) -> None:
    problem = client.get("/api/v1/projects/?status=done&connector=x&scenario=v2g").json()
    assert {error["parameter"] for error in problem["errors"]} == {"status", "connector"}


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("projects/parkr/", "There is no project called “parkr”. Did you mean “parker”?"),
        ("barrier-sets/nothing-like-it/", "There is no barrier set called “nothing-like-it”. "),
        ("projcts/", "There is nothing at /api/v1/projcts/. Did you mean “projects”?"),
        ("projects/parker/partners/", "There is nothing at /api/v1/projects/parker/partners/. "),
        ("projects/?page=99", "There is no page 99: the last one is 5."),
        ("schemas/projekt.json", "“projekt” is no kind. Did you mean “project”?"),
        ("schemas/pro jekt.json", "“pro jekt” is no kind. Did you mean “project”?"),
    ],
)
def test_what_is_not_there_is_said_not_to_be(client: Client, address: str, said: str) -> None:
    reply = client.get(f"/api/v1/{address}")
    assert (reply.status_code, reply["Content-Type"]) == (404, "application/problem+json")
    assert reply.json().keys() == SMALL
    assert reply.json()["detail"].startswith(said)


@pytest.mark.parametrize("address", ["projects/{}/", "projects/{}/versions/", "{}/", "schemas/{}.json"])
def test_of_a_name_of_any_length_only_the_beginning_is_compared(client: Client, address: str) -> None:
    name = "x" * 4_000 + "-parker-project-projects"
    assert "Known: " in client.get(f"/api/v1/{address.format(name)}").json()["detail"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("address", ["", "projects/", "projects/parker/", "search/", "schemas/term.json"])
def test_nothing_can_be_written(client: Client, method: str, address: str) -> None:
    reply = getattr(client, method)(f"/api/v1/{address}", data={}, content_type="application/json")
    assert (reply.status_code, reply["Content-Type"]) == (405, "application/problem+json")
    assert reply["Allow"] == "GET, HEAD, OPTIONS"
    assert reply.json()["title"] == "Method Not Allowed"


def test_a_form_that_cannot_be_given_is_refused(client: Client) -> None:
    reply = client.get("/api/v1/projects/", headers={"accept": "text/csv"})
    assert (reply.status_code, reply["Content-Type"]) == (406, "application/problem+json")
    assert reply.json().keys() == SMALL


def test_a_browser_that_takes_anything_gets_json(client: Client) -> None:
    reply = client.get("/api/v1/projects/parker/", headers={"accept": "text/html,application/xml;q=0.9,*/*;q=0.8"})
    assert (reply.status_code, reply["Content-Type"]) == (200, "application/json")


def test_an_address_without_its_last_slash_leads_to_the_one_with_it(client: Client) -> None:
    reply = client.get("/api/v1/projects?tier=V1G")
    assert (reply.status_code, reply["Location"]) == (301, "/api/v1/projects/?tier=V1G")


def test_head_and_options_say_what_get_would_answer(client: Client) -> None:
    head = client.head("/api/v1/projects/parker/")
    assert (head.status_code, head["Content-Type"], head.content) == (200, "application/json", b"")
    assert client.options("/api/v1/projects/")["Allow"] == "GET, HEAD, OPTIONS"
    assert client.head("/api/v1/projects/parkr/").status_code == 404


def test_no_reply_sets_a_cookie(client: Client) -> None:
    for address in ("projects/", "projects/parker/", "projects/no-such/", "docs/", "schema/"):
        assert not client.get(f"/api/v1/{address}").cookies
