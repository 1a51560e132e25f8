"""What every reply says to browsers, whoever makes it: pages, data, errors, files, kept replies, what changed not."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.test_rights import let_go
from v2xkb.records.reply_headers import DATA_POLICY, always

pytestmark = pytest.mark.usefixtures("knowledge_base")

PAGES = (
    "/about/",
    "/no/such/page/",
    "/admin/login/",
    "/projects/compare/?p=parker",
    "/corrections/new/projects/parker/",
)
DATA = (
    "/projects/?format=csv&country=NA",
    "/projects/parker/?format=bibtex",
    "/projects/parker.jsonld",
    "/statistics/charts/status.csv?country=NA",
    "/sites/map.svg?country=NA",
    "/graphql/?query={__typename}",
    "/releases/2026.1/files/datapackage.json",
    "/data/catalogue.ttl",
    "/sitemap.xml",
    "/api/v1/projects/parker/",
    "/api/v1/no/such/address/",
)
ELSEWHERE = {"origin": "https://notebook.example"}


def says_it_all(reply: Any, address: str, *, resource: str) -> None:
    said = {name: reply.headers.get(name) for name in always()}
    assert said == always(), address
    assert reply["Cross-Origin-Resource-Policy"] == resource, address


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_for_this_site_alone(client: Client, address: str) -> None:
    for method in ("get", "options", "put"):
        reply = getattr(client, method)(address, headers=ELSEWHERE)
        says_it_all(reply, address, resource="same-origin")
        assert "Content-Security-Policy" in reply
        assert "Access-Control-Allow-Origin" not in reply


@pytest.mark.parametrize("address", DATA)
def test_data_may_be_read_by_other_sites_and_runs_nowhere(client: Client, address: str) -> None:
    reply = client.get(address, headers=ELSEWHERE)
    says_it_all(reply, address, resource="cross-origin")
    assert (reply["Access-Control-Allow-Origin"], reply["Content-Security-Policy"]) == ("*", DATA_POLICY)
    assert "Access-Control-Allow-Credentials" not in reply


def test_a_script_of_another_site_may_ask_the_graph_by_post(client: Client) -> None:
    asked = {**ELSEWHERE, "access-control-request-method": "POST", "access-control-request-headers": "content-type"}
    before = client.options("/graphql/", headers=asked)
    assert before.status_code == 200
    assert "POST" in before["Access-Control-Allow-Methods"]
    assert "Content-Type" in before["Access-Control-Allow-Headers"]
    reply = client.post("/graphql/", {"query": "{__typename}"}, content_type="application/json", headers=ELSEWHERE)
    assert reply["Access-Control-Allow-Origin"] == "*"


def test_what_is_for_somebody_is_never_read_by_another_site(admin_client: Client) -> None:
    for address in ("/admin/curation/imports/templates/claim.xlsx", "/curation/feed.atom", "/healthz"):
        reply = admin_client.get(address, headers=ELSEWHERE)
        says_it_all(reply, address, resource="same-origin")
        assert "Access-Control-Allow-Origin" not in reply


@pytest.mark.usefixtures("replies_are_kept")
@pytest.mark.parametrize("address", ["/about/", "/projects/parker.jsonld", "/api/v1/projects/"])
def test_what_is_kept_and_what_has_not_changed_say_the_same(client: Client, address: str) -> None:
    accepted = {"accept": "text/html" if address == "/about/" else "*/*"}
    first = client.get(address, headers=accepted)
    resource = first["Cross-Origin-Resource-Policy"]
    says_it_all(client.get(address, headers=accepted), address, resource=resource)
    unchanged = client.get(address, headers={**accepted, "if-none-match": first["ETag"]})
    assert unchanged.status_code == 304
    # Browsers put what it says in place of what the content came with.
    assert "Content-Security-Policy" not in unchanged
    says_it_all(unchanged, address, resource=resource)


def test_a_static_file_is_looked_at_by_this_site_alone(client: Client, settings: Any) -> None:
    file = Path(settings.STATIC_ROOT) / "headers.svg"
    file.write_text("<svg/>", encoding="utf-8")
    reply: Any = client.get("/static/headers.svg")
    file.unlink()
    let_go(reply)
    says_it_all(reply, "a static file", resource="same-origin")
    assert reply["Content-Security-Policy"] == DATA_POLICY


def test_browsers_insist_on_https_on_health_checks_and_pages_alike(client: Client, settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 60, True
    for address in ("/healthz", "/about/"):
        assert Client().get(address, secure=True)["Strict-Transport-Security"] == "max-age=60; includeSubDomains"
        assert "Strict-Transport-Security" not in Client().get(address)


def is_unstored(reply: Any) -> bool:
    let_go(reply)
    return bool(reply.headers.get("Cache-Control") == "no-store")


def test_no_browser_keeps_what_a_token_or_a_secret_had_a_part_in(client: Client) -> None:
    private = [
        client.get("/curation/feed.atom"),
        client.get("/corrections/"),
        client.get("/corrections/new/projects/parker/?path=name"),
        client.post("/corrections/new/projects/parker/?path=name"),
        client.get("/api/v1/proposals/1/", headers={"authorization": "Bearer none"}),
        client.post("/api/v1/proposals/", headers={"authorization": "Bearer none"}),
    ]
    assert [is_unstored(reply) for reply in private] == [True] * len(private)
    public = [client.get("/about/"), client.get("/api/v1/projects/"), client.get("/projects/?country=NA")]
    assert [is_unstored(reply) for reply in public] == [False] * len(public)


def test_what_never_changes_is_kept_whoever_asks_for_it(client: Client, admin_client: Client) -> None:
    for one in (client, admin_client):
        reply = one.get("/releases/2026.1/files/datapackage.json", headers={"authorization": "Bearer none"})
        let_go(reply)
        assert "immutable" in reply["Cache-Control"]
