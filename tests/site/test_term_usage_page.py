"""The page about term usage: sound, honest about what was read, its numbers lead to codings."""

import csv
import io
import re
from typing import Any

import pytest
from django.test import Client

from projects.term_usage_plain import COLUMNS
from tests.projects.test_term_usage import coding
from tests.site.html import get, unsound
from v2xkb.records.apply import apply_documents
from v2xkb.records.models import Record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

PAGE = "/terms/usage/"


@pytest.mark.parametrize("prefix", ["", "/de"])
@pytest.mark.parametrize("query", ["", "?text_seen=full", "?sense=explicit&term=v2g"])
def test_the_markup_is_sound(query: str, prefix: str) -> None:
    page = get(f"{prefix}{PAGE}{query}")
    assert page.status == 200
    assert unsound(page) == []


def test_it_says_how_much_was_read_and_by_whom_and_sets_the_samples_apart() -> None:
    text = get(PAGE).text
    assert "So much of them was read: opening pages (1), abstract (92)." in text
    assert "Coded by: v2xkb first reading, 2026." in text
    assert "The paper's shares and ours are two samples." in text
    assert "No publication counted here was coded by two readers" in text


def test_numbers_lead_to_codings() -> None:
    links = re.findall(r'<a href="(/term-usages/\?[^"]*)">(\d+) of 93</a>', Client().get(PAGE).content.decode())
    assert len(links) == 6
    for address, number in links:
        assert f"{number} coding" in get(address.replace("&amp;", "&")).text


def test_two_coders_have_a_table_of_agreement() -> None:
    first = Record.objects.at("term-usage", "adegbohun-2024").get().data
    senses = {one["term"]: one["sense"] for one in first["codings"]}
    apply_documents([coding("second", first["reference"], "Second", **senses)], reason="test", by="tester")
    page = get(PAGE)
    assert unsound(page) == []
    assert "Coded by 2 readers: Second, v2xkb first reading, 2026." in page.text
    assert re.search(r"all terms together\s*1\s*4 of 4", page.text)
    assert "not defined" in page.text


def test_the_download_is_in_the_data_language() -> None:
    english, german = (downloaded(f"{prefix}{PAGE}?format=csv") for prefix in ("", "/de"))
    assert english == german
    header, first, *_others = csv.reader(io.StringIO(english))
    assert header == list(COLUMNS)
    assert first == ["paper", "v2x", "used", "full", "8", "20", "40.0", "21.9", "61.3", "0", "0"]


def downloaded(address: str) -> str:
    reply: Any = Client().get(address)
    return str(reply.getvalue().decode())


def test_terms_claims_and_codings_lead_here() -> None:
    for address in ("/terms/", "/terms/v2g/", "/claims/v2x-umbrella-40/"):
        assert PAGE in get(address).links
    assert "28" in get("/terms/v2g/").text
    assert "/terms/usage/" in Client().get("/sitemap-pages.xml").content.decode()
