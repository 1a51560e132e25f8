"""Where HTTPS is on, pages lead to it, programs are refused, and whoever watches the site is answered."""

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

PROGRAMS = (
    "/api/v1/projects/", "/api/v1/no/such/address/", "/graphql/?query={__typename}", "/graphql", "/api/",
    "/curation/feed.atom",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _https(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.BEHIND_PROXY, settings.SECURE_PROXY_SSL_HEADER = True, ("HTTP_X_FORWARDED_PROTO", "https")


@pytest.mark.parametrize("address", PROGRAMS)
def test_programs_are_told_to_use_https_and_led_nowhere(client: Client, address: str) -> None:
    for method in ("get", "post", "options"):
        headers = {"authorization": "Bearer v2xkb_secret", "x-forwarded-proto": "http"}
        reply = getattr(client, method)(address, headers=headers)
        assert (reply.status_code, reply["Content-Type"]) == (403, "application/problem+json")
        assert reply.json()["status"] == 403
        assert "https://" in reply.json()["detail"]
        assert "secret" not in reply.text
        assert "Location" not in reply


@pytest.mark.usefixtures("knowledge_base")
def test_programs_that_use_it_are_answered(client: Client) -> None:
    for address in ("/api/v1/projects/?country=NA", "/graphql/?query={__typename}"):
        assert client.get(address, headers={"x-forwarded-proto": "https"}).status_code == 200


@pytest.mark.parametrize("address", ["/about/", "/admin/", "/projects/?q=api", "/apiary/"])
def test_pages_lead_to_it(client: Client, address: str) -> None:
    reply = client.get(address, headers={"x-forwarded-proto": "http"})
    assert (reply.status_code, reply["Location"]) == (301, f"https://testserver{address}")


def test_without_https_programs_are_answered(client: Client, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = False
    assert client.get("/api/v1/no/such/address/").status_code == 404
