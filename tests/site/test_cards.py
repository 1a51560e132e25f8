"""Every page carries a picture for links to it, drawn by us and with room for whatever a record is called."""

import struct
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests.records.made import project
from tests.site.html import get
from v2xkb.records import registry
from v2xkb.records.apply import apply_documents
from v2xkb.records.models import Record
from v2xkb.site.cards import HEIGHT, WIDTH, card

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]


def properties(address: str) -> dict[str, str]:
    metas = [element.attributes for element in get(address).elements if element.tag == "meta"]
    return {meta["property"]: meta["content"] for meta in metas if "property" in meta}


def lines(svg: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(svg) if element.tag.endswith("text")]  # noqa: S314


@pytest.mark.parametrize("address", ["/cards/site.png", "/cards/projects/parker.png", "/cards/terms/v2g.png"])
def test_a_card_is_a_picture_of_the_size_it_says(address: str) -> None:
    reply = Client().get(address)
    assert reply["Content-Type"] == "image/png"
    assert struct.unpack(">II", reply.content[16:24]) == (WIDTH, HEIGHT)


@pytest.mark.parametrize(
    "address", ["/cards/projects/no-such/.png", "/cards/nothing/parker.png", "/cards/projects/x.png"]
)
def test_there_is_no_card_of_what_is_not_there(address: str) -> None:
    assert Client().get(address).status_code == 404


def test_the_page_of_every_kind_of_record_names_its_own_card() -> None:
    for kind in registry.kinds():
        record = Record.objects.filter(kind=kind.name).first()
        assert record
        told = properties(record.get_absolute_url())
        assert told["og:title"] == record.label
        assert told["og:image"] == f"http://testserver/cards/{kind.folder}/{record.slug}.png"
        assert record.label in told["og:image:alt"]


@pytest.mark.parametrize("address", ["/", "/projects/?page=2", "/about/licence/", "/search/?q=parker", "/nothing/"])
def test_other_pages_name_the_card_of_the_site(address: str) -> None:
    told = properties(address)
    assert told["og:image"] == "http://testserver/cards/site.png"
    assert told["og:title"]
    assert told["og:description"]


def test_markup_in_a_name_is_text() -> None:
    apply_documents([project("sly", name='<b>"Sly" & co</b>')], reason="A test", by="tests")
    assert Client().get("/cards/projects/sly.png").status_code == 200
    assert '<b>"Sly" & co</b>' in lines(card("project", '<b>"Sly" & co</b>', ""))


def test_a_card_costs_one_query_and_the_revision() -> None:
    with CaptureQueriesContext(connection) as captured:
        Client().get("/cards/projects/parker.png")
    assert len(captured) == 2


@given(title=st.text(max_size=400), text=st.text(max_size=800))
def test_whatever_a_record_is_called_has_room(title: str, text: str) -> None:
    elements = [element for element in ET.fromstring(card("project", title, text)) if element.tag.endswith("text")]  # noqa: S314
    assert all(float(element.attrib["y"]) <= HEIGHT - 30 for element in elements)
    assert len(elements) <= 9


def test_a_long_title_becomes_smaller_and_what_has_no_room_is_shown_to_be_missing() -> None:
    title = "A very long title of a publication that goes on " * 8
    assert max(map(len, lines(card("reference", title, "")))) <= 40
    assert lines(card("reference", title, ""))[-1].endswith("…")
    assert lines(card("project", "PARKER", ""))[2:] == ["PARKER"]
