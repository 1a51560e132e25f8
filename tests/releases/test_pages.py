"""Releases can be read about, cited and had; their files are for ever."""

import json
from typing import Any

import pytest
import rdflib
from django.test import Client
from pyshacl import validate

from tests.releases.test_tools import SHAPES
from tests.site.html import get
from v2xkb.releases.models import Release, ReleaseFile
from v2xkb.releases.verifying import digest

pytestmark = pytest.mark.usefixtures("knowledge_base")

PAGE = "/releases/2026.1/"


def data_of(address: str) -> Any:
    (script,) = get(address).scripts
    return json.loads(script)


def test_the_latest_address_leads_on_and_unknown_versions_are_not_found(client: Client) -> None:
    reply = client.get("/releases/latest/")
    assert (reply.status_code, reply["Location"]) == (302, PAGE)
    for address in ("/releases/2026.2/", "/releases/2026.1/files/none.csv", "/releases/2026.2/files/LICENSE"):
        assert client.get(address).status_code == 404, address


def test_every_file_is_served_as_it_was_made_and_may_be_kept_for_ever(client: Client) -> None:
    files = ReleaseFile.objects.filter(release__version="2026.1")
    assert len(files) > 150
    for file in files:
        address = f"{PAGE}files/{file.path}"
        assert address == file.get_absolute_url()
        reply = client.get(address)
        assert (reply.status_code, digest(reply.content)) == (200, file.sha256), file.path
        assert reply["Cache-Control"] == "public, max-age=31536000, immutable"
        assert reply["ETag"] == f'"{file.sha256}"'
    again = client.get(address, headers={"If-None-Match": reply["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.head(address).status_code == 200
    assert client.post(address).status_code == 405


def test_a_release_that_is_not_made_shows_nothing(client: Client) -> None:
    release = Release.objects.create(version="2030.1", by="a test", state="running")
    ReleaseFile.objects.create(release=release, path="LICENSE", role="canonical", size=1, sha256="0" * 64, content=b"x")
    assert client.get("/releases/2030.1/").status_code == 404
    assert client.get("/releases/2030.1/files/LICENSE").status_code == 404
    assert client.get("/releases/latest/")["Location"] == PAGE


@pytest.mark.parametrize("doi", ["", "10.5281/zenodo.1"])
def test_citations_name_the_version(client: Client, doi: str) -> None:
    Release.objects.update(doi=doi)
    (item,) = client.get(f"{PAGE}?format=csl-json").json()
    assert (item["type"], item["version"], item["URL"]) == ("dataset", "2026.1", f"http://testserver{PAGE}")
    assert item.get("DOI", "") == doi
    text = client.get(f"{PAGE}?format=text").text
    assert "release 2026.1" in text
    assert (f"https://doi.org/{doi}" if doi else f"http://testserver{PAGE}") in text
    assert "version = {2026.1}" in client.get(f"{PAGE}?format=bibtex").text
    assert client.get(f"{PAGE}?format=bibtx").status_code == 400


def test_pages_describe_the_release_as_a_dataset_with_its_downloads() -> None:
    data = data_of(PAGE)
    assert data["@type"] == "Dataset"
    assert 50 <= len(data["description"]) <= 5000
    assert (data["version"], data["license"]) == ("2026.1", "https://creativecommons.org/licenses/by/4.0/")
    downloads = {one["name"]: one for one in data["distribution"]}
    archive = downloads["v2xkb-2026.1.zip"]
    assert archive["contentUrl"] == f"http://testserver{PAGE}files/v2xkb-2026.1.zip"
    assert archive["encodingFormat"] == "application/zip"
    assert archive["sha256"] == ReleaseFile.objects.get(path="v2xkb-2026.1.zip").sha256
    catalogue = data_of("/data/")
    assert catalogue["@type"] == "DataCatalog"
    assert [one["url"] for one in catalogue["dataset"]] == [f"http://testserver{PAGE}"]
    assert data_of(f"/de{PAGE}") == data


@pytest.mark.filterwarnings("ignore")
def test_the_dcat_catalogue_conforms_and_lists_the_downloads(client: Client) -> None:
    reply = client.get("/data/catalogue.ttl")
    assert reply["Content-Type"] == "text/turtle; charset=utf-8"
    graph = rdflib.Graph().parse(data=reply.content, format="turtle")
    conforms, _, said = validate(graph, shacl_graph=str(SHAPES))
    assert conforms, said
    addresses = set(graph.objects(None, rdflib.DCAT.downloadURL))
    assert {str(one).rpartition("/")[2] for one in addresses} == {"v2xkb-2026.1.zip", "v2xkb-2026.1.sqlite3"}


def test_the_page_says_what_changed_by_record_and_path(client: Client) -> None:
    first = Release.objects.get()
    project = {"kind": "project", "slug": "new-name", "label": "A trial"}
    changes = [
        {**project, "what": "changed", "paths": [["start/value", "changed"]]},
        *({"kind": "term", "slug": f"t{n}", "label": f"T{n}", "what": "new", "paths": []} for n in range(201)),
    ]
    Release.objects.create(
        version="2026.2",
        by="a test",
        state="made",
        former=first,
        changes=changes,
        made_at=first.made_at,
        revision=first.revision,
        identity="0" * 64,
        records={"term": 201},
        left_out={"project": 2},
    )
    html = client.get("/releases/2026.2/").text
    assert "<code>start/value</code> changed" in html
    assert "200 of 201 are shown" in html
    assert "2 projects" in html
    assert "later release" in client.get(PAGE).text
    assert "later release" not in html


def test_visitors_find_releases_from_every_page() -> None:
    links = get("/projects/parker/").links
    assert {"/data/", "/releases/"} <= set(links)
