"""What is kept of replies is what they were, for everybody who asks the same, for as long as it is true."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.browser.walk import ADDRESSES
from tests.records import made
from tests.replies.kept import headers
from tests.site.walk import by_page
from v2xkb.records.api import SchemaView
from v2xkb.records.apply import apply_documents
from v2xkb.records.keyed_replies import CACHE, KeyedReplies
from v2xkb.records.models import Revision
from v2xkb.records.reply_cache import BytesBoundedCache

pytestmark = pytest.mark.usefixtures("knowledge_base")

QUERY = "{ projects(first: 3) { totalCount nodes { slug } } }"
Ask = Callable[[Client], HttpResponse]


def get(address: str, **headers: str) -> Ask:
    return lambda client: client.get(address, headers=headers)  # type: ignore[return-value]


def post(query: str, **variables: Any) -> Ask:
    body = {"query": query, "variables": variables}
    return lambda client: client.post("/graphql/", body, content_type="application/json")  # type: ignore[return-value]


READ: dict[str, Ask] = {
    "home": get("/"),
    "German": get("/de/projects/parker/"),
    "list": get("/projects/?connector=chademo&country=DK"),
    "statistics": get("/statistics/?tier=V2X"),
    "drawing": get("/barriers/map/chart.svg"),
    "Turtle": get("/projects/parker.ttl"),
    "REST list": get("/api/v1/projects/?country=DK&facets=status"),
    "REST document": get("/api/v1/projects/parker/"),
    "GraphQL by GET": get(f"/graphql/?query={QUERY}", accept="application/json"),
    "GraphQL by POST": post(QUERY),
}


def queries(ask: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)


def kept() -> int:
    cache = caches[CACHE]
    assert isinstance(cache, BytesBoundedCache)
    return len(cache.kept)


def write() -> None:
    apply_documents([made.project("a-new-one", countries=["DK"], connectors=["chademo"])], reason="test", by="tester")


@pytest.mark.parametrize("ask", READ.values(), ids=READ)
def test_what_is_asked_again_is_the_same_to_the_byte_and_costs_the_revision_alone(client: Client, ask: Ask) -> None:
    first = ask(client)
    again: list[HttpResponse] = []
    assert queries(lambda: again.append(ask(client))) == 1
    assert (again[0].status_code, again[0].content) == (200, first.content)
    assert headers(again[0]) == headers(first)
    assert "default-src 'none'" in again[0]["Content-Security-Policy"]


@pytest.mark.parametrize("ask", READ.values(), ids=READ)
def test_what_was_kept_is_not_sent_once_there_is_another_revision(client: Client, ask: Ask) -> None:
    ask(client)
    write()
    assert queries(lambda: ask(client)) > 1


@pytest.mark.parametrize("ask", READ.values(), ids=READ)
def test_every_reply_says_its_revision(client: Client, ask: Ask) -> None:
    before = Revision.objects.current()
    assert [ask(client)["X-Revision"], ask(client)["X-Revision"]] == [str(before)] * 2
    write()
    assert int(ask(client)["X-Revision"]) == Revision.objects.current() > before


def test_the_next_request_shows_what_was_published(client: Client) -> None:
    address = "/projects/?connector=chademo&country=DK"
    before = client.get(address)
    write()
    after = client.get(address)
    assert "a-new-one" not in before.content.decode()
    assert "a-new-one" in after.content.decode()
    assert before["ETag"] != after["ETag"]
    assert client.get(address, headers={"if-none-match": before["ETag"]}).status_code == 200


@pytest.mark.parametrize("address", ["/", "/projects/?country=DK", "/terms/v2g/", "/terms/v2g.jsonld"])
def test_who_has_a_reply_is_told_so_also_where_nothing_is_kept(client: Client, address: str) -> None:
    first = client.get(address)
    assert first["Cache-Control"] == "public, no-cache"
    caches[CACHE].clear()
    for method in (client.get, client.head):
        reply: list[Any] = []
        assert queries(lambda: reply.append(method(address, headers={"if-none-match": first["ETag"]}))) == 1  # noqa: B023
        assert (reply[0].status_code, reply[0].content, reply[0]["ETag"]) == (304, b"", first["ETag"])
    assert kept() == 0


def test_tomorrow_nothing_of_today_is_kept(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    first = client.get("/statistics/")
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    assert client.get("/statistics/")["ETag"] != first["ETag"]


def test_the_order_of_parameters_makes_no_other_key_and_what_they_say_does(client: Client) -> None:
    client.get("/projects/?connector=chademo&country=DK")
    assert kept() == 1
    assert queries(lambda: client.get("/projects/?country=DK&connector=chademo")) == 1
    client.get("/projects/?country=DK")
    client.get("/projects/?country=DK&country=SE")
    assert kept() == 3


@pytest.mark.parametrize("address", by_page(ADDRESSES))
def test_a_parameter_that_does_not_exist_is_refused_or_never_part_of_a_key(client: Client, address: str) -> None:
    joint = "&" if "?" in address else "?"
    reply = client.get(f"{address}{joint}no-such-parameter=1")
    assert reply.status_code == 400 or kept() == 0, address
    assert kept() == 0


def test_forms_of_one_address_are_kept_apart(client: Client) -> None:
    for accepted in ("text/html", "application/ld+json", "text/turtle", "text/html;q=0.5, text/turtle"):
        reply = client.get("/projects/parker/", headers={"accept": accepted})
        again = client.get("/projects/parker/", headers={"accept": accepted})
        assert again["Content-Type"] == reply["Content-Type"]
        assert again["Content-Type"].partition(";")[0] == accepted.rpartition(", ")[2]
    assert kept() == 4


def test_forms_of_the_description_of_rest_are_kept_apart_and_no_other_is_given(client: Client) -> None:
    accepted = [form.media_type for form in SchemaView.renderer_classes]
    for accept in (*accepted, *accepted):
        reply = client.get("/api/v1/schema/", headers={"accept": accept})
        assert reply["Content-Type"].partition(";")[0] == accept
    assert client.get("/api/v1/schema/", headers={"accept": "image/png"}).status_code == 406
    assert kept() == len(accepted)


def test_headers_that_choose_the_same_form_share_a_key(client: Client) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    client.get("/projects/parker/", headers={"accept": browser})
    assert queries(lambda: client.get("/projects/parker/", headers={"accept": "text/html, */*;q=0.1"})) == 1
    assert kept() == 1


def test_hosts_and_schemes_are_kept_apart(client: Client) -> None:
    pages = [
        client.get("/sitemap.xml", headers=headers, secure=secure).content.decode()
        for headers, secure in (({}, False), ({"host": "localhost"}, False), ({}, True))
    ]
    starts = ("http://testserver/", "http://localhost/", "https://testserver/")
    assert [start in page for page, start in zip(pages, starts, strict=True)] == [True] * 3


def test_who_is_signed_in_is_answered_alone(client: Client, django_user_model: Any) -> None:
    client.force_login(django_user_model.objects.create_user("somebody"))
    reply = client.get("/projects/")
    assert "ETag" not in reply
    assert kept() == 0
    assert Client().get("/api/v1/projects/", headers={"authorization": "Bearer none"}).status_code in (200, 401)
    assert kept() == 0


@pytest.mark.parametrize("vary", ["Cookie", "Accept, Cookie", "Accept-Language", "*"])
def test_what_varies_by_more_than_is_in_its_key_is_not_kept(vary: str) -> None:
    """Like a form with a visitor's token, which sets no cookie where the visitor has one."""
    asked = RequestFactory().get("/projects/", headers={"cookie": "csrftoken=theirs"})
    for told, number in ((vary, 0), ("Accept", 1)):
        KeyedReplies(lambda _request: HttpResponse("a page", headers={"Vary": told}))(asked)  # noqa: B023
        assert kept() == number


@pytest.mark.parametrize(
    "address",
    [
        "/admin/",
        "/admin/login/",
        "/corrections/new/projects/parker/?path=status",
        "/curation/feed.atom",
        "/corrections/",
        "/api/v1/proposals/",
        "/projects/no-such-project/",
        "/projects/?no-such=1",
        "/search/?q=",
        "/releases/latest/",
    ],
)
def test_what_is_private_refused_or_elsewhere_is_not_kept(client: Client, address: str) -> None:
    b"".join(client.get(address))
    assert kept() == 0


def test_a_query_with_errors_or_one_that_cannot_be_read_is_not_kept(client: Client) -> None:
    for body in ('{"query": "{ nothing }"}', '{"query": 1}', "no json", '{"query": "mutation { x }"}'):
        client.post("/graphql/", body, content_type="application/json")
    client.post("/graphql/", {"query": QUERY})
    assert kept() == 0


def test_queries_differ_by_their_variables_and_not_by_what_stands_beside_them(client: Client) -> None:
    query = "query($n: Int) { projects(first: $n) { nodes { slug } } }"
    few, many = post(query, n=2)(client), post(query, n=3)(client)
    assert [len(reply.json()["data"]["projects"]["nodes"]) for reply in (few, many)] == [2, 3]  # type: ignore[attr-defined]
    body = {"query": query, "variables": {"n": 2}, "extensions": {"no": "matter"}}
    assert queries(lambda: client.post("/graphql/", body, content_type="application/json")) == 1
    assert kept() == 2
