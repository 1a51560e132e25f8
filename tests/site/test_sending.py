"""What is sent to pages that can only be read, or without the sign of our own forms, is answered in the site's look."""

import pytest
from django.http import HttpResponse
from django.test import Client

pytestmark = pytest.mark.usefixtures("knowledge_base")


def send(method: str, address: str) -> HttpResponse:
    return getattr(Client(enforce_csrf_checks=True), method)(address)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("address", ["/", "/projects/", "/projects/parker/", "/search/", "/statistics/"])
def test_a_page_that_can_only_be_read_says_so_whatever_is_sent_to_it(method: str, address: str) -> None:
    reply = send(method, address)
    assert reply.status_code == 405
    assert reply["Allow"] == "GET, HEAD, OPTIONS"
    text = reply.content.decode()
    assert "This page can only be read" in text
    assert f'href="{address}"' in text


def test_it_speaks_the_language_of_the_page() -> None:
    reply = send("post", "/de/projects/")
    assert 'lang="de"' in reply.content.decode()
    assert "This page can only be read" not in reply.content.decode()


def test_a_form_without_the_sign_of_ours_is_refused_under_the_strict_policy() -> None:
    reply = send("post", "/admin/login/")
    assert reply.status_code == 403
    assert "<style" not in reply.content.decode()
    assert "unsafe-inline" not in reply["Content-Security-Policy"]


def test_a_search_that_is_too_long_stays_in_the_form_to_be_shortened() -> None:
    words = "charging " * 60
    for address in ("/search/", "/projects/"):
        reply = Client().get(address, {"q": words})
        assert reply.status_code == 400
        assert f'name="q" value="{words.strip()}' in reply.content.decode()
