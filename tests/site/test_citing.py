"""Every record's page says how to cite it, for people and for software, and refuses forms it does not have."""

import json
import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
import yaml
from django.conf import settings
from django.test import Client

from tests.records.made import made, reference_data
from tests.site.html import get
from v2xkb.records import registry
from v2xkb.records.apply import apply_documents
from v2xkb.records.citation import AUTHOR, FORMS
from v2xkb.records.models import Record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

PARKER = "/projects/parker/"


def first_of(kind: str) -> Record:
    return Record.objects.of_kind(kind).select_related("revision")[0]


@pytest.mark.parametrize("kind", registry.kind_names())
def test_every_kind_of_record_can_be_cited_from_its_page(kind: str) -> None:
    record = first_of(kind)
    page = get(record.get_absolute_url())
    assert "cite-heading" in page.ids
    assert f"permanent id {record.pid}, version {record.version}" in page.text
    assert {f"?format={form.name}" for form in FORMS} <= set(page.links)


def test_a_citation_names_title_id_version_date_address_and_licence() -> None:
    record = Record.objects.get(kind="project", slug="parker")
    (item,) = Client().get(PARKER, {"format": "csl-json"}).json()
    today = datetime.now(UTC).date()
    assert item["title"] == "PARKER"
    assert item["author"] == [{"literal": AUTHOR}]
    assert item["version"] == str(record.version)
    assert item["issued"] == {"date-parts": [[today.year, today.month, today.day]]}
    assert item["URL"] == "http://testserver/projects/parker/"
    assert item["license"] == "CC BY 4.0"
    assert record.pid in item["note"]
    text = Client().get(PARKER, {"format": "text"}).content.decode()
    entry = Client().get(PARKER, {"format": "bibtex"}).content.decode()
    for form in (text, entry):
        for said in ("PARKER", record.pid, f"version {record.version}", today.isoformat(), "CC BY 4.0", item["URL"]):
            assert said in form


def test_the_author_is_the_one_of_the_citation_file() -> None:
    file = yaml.safe_load((settings.BASE_DIR / "CITATION.cff").read_text(encoding="utf-8"))
    assert [author["name"] for author in file["authors"]] == [AUTHOR]


@pytest.mark.parametrize(
    ("name", "content_type", "extension"),
    [
        ("bibtex", "application/x-bibtex; charset=utf-8", "bib"),
        ("ris", "application/x-research-info-systems; charset=utf-8", "ris"),
        ("csl-json", "application/vnd.citationstyles.csl+json", "json"),
        ("text", "text/plain; charset=utf-8", "txt"),
    ],
)
def test_a_citation_comes_as_a_file_of_its_type(name: str, content_type: str, extension: str) -> None:
    response = Client().get(PARKER, {"format": name})
    assert response["Content-Type"] == content_type
    assert re.fullmatch(rf'attachment; filename="v2xkb-\w+-\d+\.{extension}"', response["Content-Disposition"])


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("format=bibtx", "Did you mean “bibtex”?"),
        ("format=zzzzzz", "Known: bibtex, csl-json, ris, text."),
        ("format=publication-bibtex", "bibtex"),
        ("format=bibtex&format=text", "Give one."),
        ("format=", "is no form"),
        ("format=%3Cb%3E", "<b>"),
    ],
)
def test_a_form_that_is_not_offered_is_refused_with_a_remedy(query: str, said: str) -> None:
    page = get(f"{PARKER}?{query}")
    assert page.status == 400
    assert said in page.text
    assert "?format=bibtex" in page.links
    assert PARKER in page.links
    assert page.canonical == ""


def test_a_reference_can_be_cited_itself_besides_its_record() -> None:
    apply_documents(
        [made(reference_data("own", type="book", title="A book & more", publisher="House", issued="2020"))],
        reason="A test",
        by="tests",
    )
    entry = Client().get("/literature/own/", {"format": "publication-bibtex"}).content.decode()
    assert entry.startswith("@book{own,")
    assert r"{{A book \& more}}" in entry
    assert "v2xkb" not in entry
    assert "v2xkb" in Client().get("/literature/own/", {"format": "bibtex"}).content.decode()
    assert "Cite the publication itself" in get("/literature/own/").text


def test_the_address_that_is_cited_has_no_language() -> None:
    german = Client().get(f"/de{PARKER}", {"format": "csl-json"}).content
    assert german == Client().get(PARKER, {"format": "csl-json"}).content


def test_the_header_names_the_document_and_the_citations() -> None:
    links = re.findall(r'<([^>]+)>; rel="(\w+)"; type="([^"]+)"', Client().get(PARKER)["Link"])
    assert [(rel, kind) for _address, rel, kind in links] == [
        ("alternate", "application/json"),
        ("alternate", "application/json"),
        ("alternate", "application/ld+json"),
        ("alternate", "text/turtle"),
        ("describedby", "application/x-bibtex"),
        ("describedby", "application/x-research-info-systems"),
        ("describedby", "application/vnd.citationstyles.csl+json"),
        ("describedby", "text/plain"),
    ]
    for address, _rel, kind in links:
        parts = urlsplit(address)
        response = Client().get(f"{parts.path}?{parts.query}")
        assert response.status_code == 200
        assert response["Content-Type"].startswith(kind)
    assert json.loads(Client().get(urlsplit(links[0][0]).path).content)["slug"] == "parker"


def test_every_reference_gives_an_entry_whose_braces_balance() -> None:
    """Over all real references, so that no title, name or address can end a field early."""
    for record in Record.objects.of_kind("reference"):
        response = Client().get(record.get_absolute_url(), {"format": "publication-bibtex"})
        entry = re.sub(r"\\[{}]", "", response.content.decode())
        depth = 0
        for char in entry.rstrip("\n"):
            assert depth > 0 or char != "}"
            depth += {"{": 1, "}": -1}.get(char, 0)
        assert depth == 0, record.slug
        assert entry.endswith("}\n")
