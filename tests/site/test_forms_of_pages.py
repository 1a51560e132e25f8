"""Every page of a record and every list can be had in other forms, by what a request accepts and by its address."""

import csv
import io
import json
from typing import Any

import pytest
import rdflib
from django.test import Client
from django.urls import reverse

from tests.records import made
from v2xkb.records import registry
from v2xkb.records.apply import GONE, apply_documents
from v2xkb.records.models import Record

pytestmark = pytest.mark.usefixtures("knowledge_base")

PARKER = "/projects/parker/"
TYPES = {"json": "application/json", "jsonld": "application/ld+json", "ttl": "text/turtle", "csv": "text/csv"}
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
SCHEMA = rdflib.Namespace("http://schema.org/")


def accepting(client: Client, address: str, accept: str) -> Any:
    return client.get(address, headers={"Accept": accept})


def kind_of(reply: Any) -> str:
    return str(reply["Content-Type"]).partition(";")[0]


@pytest.mark.parametrize("kind", registry.kinds(), ids=str)
def test_a_record_of_any_kind_can_be_had_in_every_form_both_ways(client: Client, kind: registry.Kind) -> None:
    record = Record.objects.of_kind(kind.name).order_by("slug").first()
    assert record
    page = record.get_absolute_url()
    for suffix in ("json", "jsonld", "ttl"):
        negotiated = accepting(client, page, TYPES[suffix])
        by_suffix = client.get(f"{page.rstrip('/')}.{suffix}")
        assert (negotiated.status_code, by_suffix.status_code) == (200, 200), suffix
        assert kind_of(negotiated) == kind_of(by_suffix) == TYPES[suffix]
        assert "Accept" in negotiated["Vary"]
    assert accepting(client, page, TYPES["json"]).text == record.document
    data = json.loads(accepting(client, page, TYPES["jsonld"]).content)
    thing = f"http://testserver/id/{record.pid}/"
    assert thing in (
        data["@id"],
        f"http://testserver/id/{data['identifier']['value']}/" if "identifier" in data else "",
    )
    graph = rdflib.Graph().parse(data=accepting(client, page, TYPES["ttl"]).content, format="turtle")
    assert (None, SCHEMA.name, rdflib.Literal(record.label)) in graph


@pytest.mark.parametrize("accept", [BROWSER, "*/*", "", "text/html", "image/png", "application/json;q=0.2, text/html"])
def test_whoever_asks_for_nothing_else_gets_the_page(client: Client, accept: str) -> None:
    for address in (PARKER, "/projects/?country=DK"):
        reply = accepting(client, address, accept)
        assert (reply.status_code, kind_of(reply)) == (200, "text/html")
        assert "Accept" in reply["Vary"]


def test_the_form_that_is_preferred_wins_and_a_parameter_over_both(client: Client) -> None:
    preferred = "text/html;q=0.5, text/turtle;q=0.9, application/json;q=0.7"
    assert kind_of(accepting(client, PARKER, preferred)) == "text/turtle"
    assert kind_of(accepting(client, f"{PARKER}?format=bibtex", "text/turtle")) == "application/x-bibtex"


@pytest.mark.parametrize("folder", ["projects", "organisations", "barriers", "terms", "literature", "claims"])
def test_lists_have_the_same_records_in_every_form(client: Client, folder: str) -> None:
    query = "?country=DK" if folder == "projects" else ""
    for suffix in ("json", "jsonld", "ttl", *(["csv"] if folder == "projects" else [])):
        by_suffix = client.get(f"/{folder}.{suffix}{query}")
        negotiated = accepting(client, f"/{folder}/{query}", TYPES[suffix])
        assert (by_suffix.status_code, negotiated.status_code) == (200, 200), suffix
        assert kind_of(by_suffix) == kind_of(negotiated) == TYPES[suffix]
    total = client.get(f"/{folder}.json{query}").json()["count"]
    data = client.get(f"/{folder}.jsonld{query}").json()
    assert (data["@type"], data["numberOfItems"]) == ("ItemList", total)
    graph = rdflib.Graph().parse(data=client.get(f"/{folder}.ttl{query}").content, format="turtle")
    (told,) = graph.objects(None, SCHEMA.numberOfItems)
    assert str(told) == str(total)
    assert len(set(graph.objects(None, SCHEMA.itemListElement))) == len(data["itemListElement"])


def test_a_list_in_csv_is_its_download_and_in_json_that_of_the_interface(client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/projects.csv?country=DK&sort=start").getvalue().decode())))
    download = client.get("/projects/?country=DK&sort=start&format=csv").getvalue().decode()
    assert [row["slug"] for row in rows] == [row["slug"] for row in csv.DictReader(io.StringIO(download))]
    interface = client.get("/api/v1/projects/?country=DK&sort=start").json()
    assert client.get("/projects.json?country=DK&sort=start").json()["results"] == interface["results"]


def test_every_alternate_that_a_page_names_answers_with_its_type(client: Client) -> None:
    for address in (PARKER, "/de/projects/parker/", "/projects/?country=DK", "/terms/"):
        links = [link.split("; ") for link in client.get(address)["Link"].split(", ")]
        alternates = [link for link in links if link[1] == 'rel="alternate"']
        assert {link[2] for link in alternates} >= {f'type="{TYPES[name]}"' for name in ("json", "jsonld", "ttl")}
        for where, _, media_type in alternates:
            reply = client.get(where.strip("<>"))
            assert (reply.status_code, f'type="{kind_of(reply)}"') == (200, media_type), where


def test_what_cannot_be_had_is_refused_with_a_remedy(client: Client) -> None:
    for address in (
        "/projects/parker.csv",
        "/about/licence.json",
        "/no-such-page.ttl",
    ):
        assert client.get(address).status_code == 404, address
    for address in ("/projects.ttl?conector=ccs2", "/projects.json?conector=ccs2", "/projects.csv?country=XX"):
        assert client.get(address).status_code == 400, address
    assert client.get("/projects/no-such-project.ttl").status_code == 404


def test_data_has_one_address_whatever_language_the_page_speaks(client: Client) -> None:
    reply = client.get("/de/projects.ttl?country=DK")
    assert (reply.status_code, reply["Location"]) == (301, "/projects.ttl?country=DK")
    for page in (PARKER, "/projects/?country=DK"):
        for suffix in ("json", "jsonld", "ttl"):
            english, german = (accepting(client, f"{prefix}{page}", TYPES[suffix]).content for prefix in ("", "/de"))
            assert english.replace(b"/de/projects/", b"/projects/") == german.replace(b"/de/projects/", b"/projects/")


def test_a_term_is_a_concept_whose_neighbours_have_lasting_names(client: Client) -> None:
    skos = rdflib.SKOS
    record = Record.objects.get(kind="term", slug="v2b")
    graph = rdflib.Graph().parse(data=client.get("/terms/v2b.ttl").content, format="turtle")
    concept = rdflib.URIRef(f"http://testserver/id/{record.pid}/")
    assert (concept, rdflib.RDF.type, skos.Concept) in graph
    broader = Record.objects.get(kind="term", slug=record.data["broader"])
    assert (concept, skos.broader, rdflib.URIRef(f"http://testserver/id/{broader.pid}/")) in graph


def test_lasting_names_lead_to_pages_whatever_became_of_the_record(client: Client) -> None:
    one, two = made.project("made-one"), made.project("made-two")
    apply_documents([one, two], reason="Made.", by="a test")
    address = reverse("thing", args=[one.id])
    reply = client.get(address)
    assert (reply.status_code, reply["Location"]) == (303, "/projects/made-one/")
    apply_documents([made.project("renamed", id=one.id)], reason="Renamed.", by="a test")
    assert client.get(address)["Location"] == "/projects/renamed/"
    moved = client.get("/projects/made-one.ttl")
    assert (moved.status_code, moved["Location"]) == (301, "/projects/renamed.ttl")
    apply_documents([], reason="Merged.", by="a test", withdraw={one.id: two.id})
    assert client.get(address, follow=True).redirect_chain[-1][0] == "/projects/made-two/"
    apply_documents([], reason="Gone.", by="a test", withdraw={two.id: GONE})
    assert client.get(reverse("thing", args=[two.id]), follow=True).status_code == 410
    assert client.get("/projects/made-two.ttl").status_code == 410
    for wrong in ("nothing", made.project("never").id):
        assert client.get(f"/id/{wrong}/").status_code == 404
