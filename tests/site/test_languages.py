"""The address alone decides the language; a German page leaves no English word without saying that it is English."""

import re
from functools import cache

import pytest
from django.conf import settings
from django.test import Client

from tests.browser.walk import ADDRESSES
from tests.messages import PLACEHOLDER, files, forms_of, read
from tests.records.made import project, project_data
from tests.site.html import get
from tests.site.html import read as read_page
from tests.site.spoken import in_language, spoken
from tests.site.walk import by_page, walked
from v2xkb.records.apply import GONE, apply_documents
from v2xkb.records.languages import language_of, path_in
from v2xkb.records.models import Record
from v2xkb.records.reading import validated

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

PAGES = [address for address in ADDRESSES if not address.startswith("/de/")]
# Words that German does not have.
ENGLISH = re.compile(r"(?:^|\s)(?:the|of|and|which|with|from|are|is|reported)(?=$|[\s,.:;)])")
NUMBERED = re.compile(r' (?:cx|cy|r|x|y|x1|x2|y1|y2|width|height)="([^"]*)"')


def page(address: str) -> str:
    return Client().get(address).content.decode()


def german(address: str) -> str:
    return page(f"/de{address}")


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/", "en"),
        ("/projects/", "en"),
        ("/de/", "de"),
        ("/de", "de"),
        ("/de/projects/", "de"),
        ("/degree/", "en"),
        ("/en/", "en"),
        ("/fr/", "en"),
        ("//de/", "en"),
    ],
)
def test_the_first_part_of_an_address_says_the_language(path: str, language: str) -> None:
    assert language_of(path) == language


def test_every_address_has_one_counterpart_in_each_language() -> None:
    for path in ("/", "/projects/", "/projects/parker/"):
        assert path_in("en", path_in("de", path)) == path
        assert path_in("de", path_in("de", path)) == path_in("de", path)
        assert path_in("en", path) == path
    assert path_in("de", "/") == "/de/"


@pytest.mark.parametrize("path", ["/de//evil.example/x", "/de///evil.example/x", "//evil.example/x"])
def test_no_address_leads_to_another_host_in_another_language(path: str) -> None:
    assert path_in("en", path) == "/evil.example/x"
    assert path_in("de", path) == "/de/evil.example/x"
    found = [element.attributes for element in get(path).elements if element.attributes.get("hreflang")]
    assert found
    assert not [link["href"] for link in found if link["href"].startswith("//")]


@pytest.mark.parametrize("address", ["/", "/projects/", "/projects/parker/", "/no-such/"])
def test_nothing_but_the_address_decides_the_language(address: str) -> None:
    asking = Client(headers={"accept-language": "de"})
    asking.cookies[settings.LANGUAGE_COOKIE_NAME] = "de"
    for path, language in ((address, "en"), (f"/de{address}", "de")):
        reply = asking.get(path)
        assert reply.content.decode() == page(path)
        assert f'<html lang="{language}">' in reply.content.decode()
        assert reply["Content-Language"] == language
        assert not {"accept-language", "cookie"} & {name.strip().lower() for name in reply.get("Vary", "").split(",")}


@pytest.mark.parametrize("address", ["/api/v1/", "/admin/", "/graphql/", "/robots.txt", "/sitemap.xml", "/favicon.ico"])
def test_what_software_reads_has_one_address_only(address: str) -> None:
    assert Client().get(address).status_code != 404
    reply = Client().get(f"/de{address}")
    assert reply.status_code == 404
    assert "Unter dieser Adresse gibt es keine Seite" in reply.content.decode()


def test_interfaces_speak_english_whatever_was_asked_before() -> None:
    before = {address: Client().get(address).content for address in INTERFACES}
    german("/projects/?country=DK")
    assert {address: Client().get(address).content for address in INTERFACES} == before
    assert all(b"/de/" not in content for content in before.values())


INTERFACES = (
    "/api/v1/",
    "/api/v1/projects/parker/",
    "/api/v1/projects/?country=XX",
    "/api/v1/classification/?back=yes&direct=no&rate=yes&to=grid",
    "/api/v1/classification/?back=perhaps",
    "/api/v1/search/?q=parker",
    "/sitemap-pages.xml",
)


@pytest.mark.parametrize("address", by_page(PAGES))
def test_a_download_below_a_german_page_is_the_english_one_byte_for_byte(address: str) -> None:
    links = {
        link.replace("&amp;", "&") for link in re.findall(r'href="([^"]*)"[^>]* download', walked(f"/de{address}").html)
    }
    # Drawings are made for the page that shows them, and speak its language.
    for link in (link for link in links if not link.partition("?")[0].endswith((".svg", ".png"))):
        path = f"/de{address.partition('?')[0]}{link}" if link.startswith("?") else link
        assert path.startswith("/de/")
        asked, plain = Client().get(path), Client().get(path.removeprefix("/de"))
        assert (asked.status_code, plain.status_code) == (200, 200), path
        assert asked.getvalue() == plain.getvalue(), path
        assert asked["Content-Type"] == plain["Content-Type"]


@pytest.mark.parametrize("form", ["atom", "csv", "jsonl"])
def test_a_list_is_one_and_the_same_for_software_in_every_language(form: str) -> None:
    address = f"/projects/?country=NO&format={form}"
    asked, plain = Client().get(f"/de{address}"), Client().get(address)
    assert plain.status_code == 200
    assert asked.getvalue() == plain.getvalue()


def test_the_switch_keeps_all_that_was_asked() -> None:
    address = "/projects/?connector=chademo&q=V2G+trial"
    assert f"/de{address}" in get(address).links
    assert address in get(f"/de{address}").links


def test_search_engines_are_told_of_every_version() -> None:
    for path in ("/terms/?", "/de/terms/?"):
        links = [element.attributes for element in get(path).elements if element.tag == "link"]
        found = {link["hreflang"]: link["href"] for link in links if "hreflang" in link}
        site = "http://testserver"
        assert found == {"en": f"{site}/terms/", "de": f"{site}/de/terms/", "x-default": f"{site}/terms/"}
        assert get(path).canonical == f"{site}{path.removesuffix('?')}"


def test_redirects_stay_in_their_language() -> None:
    apply_documents([project("old-name"), project("short-lived")], reason="A test", by="tests")
    renamed = {**project_data("new-name"), "id": Record.objects.get(slug="old-name").pid}
    gone = Record.objects.get(slug="short-lived").pid
    apply_documents([validated(renamed, "renamed")], withdraw={gone: GONE}, reason="Renamed", by="tests")
    assert Client().get("/de/projects/old-name/")["Location"] == "/de/projects/new-name/"
    assert Client().get("/de/projects/?q=&tier=V2X")["Location"] == "/de/projects/?tier=V2X"
    assert Client().get("/de")["Location"] == "/de/"
    assert Client().get("/de/projects")["Location"] == "/de/projects/"
    reply = Client().get("/de/projects/short-lived/")
    assert reply.status_code == 410
    assert '<html lang="de">' in reply.content.decode()


@pytest.mark.parametrize("address", by_page(PAGES))
def test_a_german_page_answers_as_the_english_one_does(address: str) -> None:
    asked = walked(f"/de{address}")
    assert asked.status == walked(address).status
    assert '<html lang="de">' in asked.html
    own = [link for link in read_page(asked.html).links if link.startswith("/") and not link.startswith("/de/")]
    # The same page in English, and data, which have no German address.
    left = [link for link in own if not re.match(r"/(api|graphql|data/catalogue|releases/[^/]+/files)\b", link)]
    left = [link for link in left if not link.endswith("/document.json")]
    assert [link for link in left if link != address] == []


@pytest.mark.parametrize(
    "address", by_page([*PAGES, "/projects/?page=999", "/projects/?tier=V3X", "/sites/?format=xlsx"])
)
def test_a_german_page_says_in_english_what_is_data_and_nothing_else(address: str) -> None:
    left = {text for text in in_language(walked(f"/de{address}").html, "de") if is_english(text)}
    assert {text for text in left if is_english(without_names(text)) or text in names()} == set()


def is_english(text: str) -> bool:
    return text in PLAIN or bool(ENGLISH.search(text)) or any(pattern.fullmatch(text) for pattern in FILLED)


@cache
def names() -> frozenset[str]:
    """What records are called: where a sentence is about one, its name stands in the sentence."""
    return frozenset(Record.objects.values_list("label", flat=True))


def without_names(text: str) -> str:
    for name in sorted((name for name in names() if name in text), key=len, reverse=True):
        text = text.replace(name, "…")
    return text


def originals() -> list[str]:
    """English texts whose translation differs, in all their forms."""
    found = []
    for message in read(files("de")[0]):
        forms, translations = forms_of(message.id), forms_of(message.string)
        # What is a name of a field in one place is a word like any other elsewhere.
        if message.id and message.context not in ("field", "kind"):
            found += [form for form in forms if form not in translations]
    return found


# A letter alone may stand for anything: for affected on the barrier map, for a project in a comparison.
PLAIN = {text for text in originals() if len(text) > 1 and not PLACEHOLDER.search(text)}
FILLED = [
    re.compile(".+".join(map(re.escape, PLACEHOLDER.split(text))))
    for text in originals()
    if PLACEHOLDER.search(text) and re.search(r"[a-z]{3}", PLACEHOLDER.sub("", text))
]


def test_data_says_its_language_and_the_words_around_it_theirs() -> None:
    said = {piece.text: piece.language for piece in spoken(german("/projects/parker/"))}
    assert said["Parker"] == "en"
    assert said["Dänemark"] == "de"
    assert said["nicht angegeben"] == "de"
    assert any(language == "en" and text.startswith("Danish project") for text, language in said.items())


def test_in_english_pages_data_needs_no_mark() -> None:
    english, asked = page("/barriers/"), german("/barriers/")
    assert 'lang="en"' not in english.partition("<main")[2]
    assert asked.partition("<main")[2].count('lang="en"') > 50


def test_countries_have_german_names_and_stand_in_their_order() -> None:
    said = list(in_language(german("/projects/"), "de"))
    shown = [name for name in said if name in ("Dänemark", "Deutschland", "Vereinigtes Königreich", "Österreich")]
    options = [name for index, name in enumerate(shown) if name not in shown[:index]]
    assert "Denmark" not in said
    assert set(options) >= {"Dänemark", "Deutschland"}


def test_german_nouns_keep_their_capitals_within_a_sentence() -> None:
    for slug, english, noun in (("v2g", "scenario", "Szenario"), ("peak-shaving", "service", "Dienst")):
        assert f"have it as {english}." in get(f"/terms/{slug}/").text
        assert f"führen es als {noun}." in get(f"/de/terms/{slug}/").text


def test_dates_and_numbers_are_written_as_the_language_does() -> None:
    apply_documents([project("dated")], reason="A test", by="tests")
    day = Record.objects.get(slug="dated").revision.at
    assert f"{day.day}. " in german("/projects/dated/").partition('class="record-foot"')[2]
    assert "1. März 2019" not in page("/projects/dated/")


@pytest.mark.parametrize("address", ["/sites/", "/sites/map.svg", "/projects/parker/"])
def test_numbers_of_drawings_keep_their_decimal_point(address: str) -> None:
    found = NUMBERED.findall(german(address))
    assert found
    assert [number for number in found if not re.fullmatch(r"-?\d+(\.\d+)?(%|em)?", number)] == []
