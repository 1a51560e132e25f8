"""What machines ask for: sitemaps with true dates, robots, OpenSearch, security.txt."""

from datetime import datetime
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.records.made import reference
from v2xkb.records.apply import apply_documents
from v2xkb.records.models import Record, Revision
from v2xkb.releases.models import Release
from v2xkb.site import plumbing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

SPACE = {"s": plumbing.NAMESPACE}


def body(address: str) -> bytes:
    response = Client().get(address)
    assert response.status_code == 200
    return b"".join(response) if response.streaming else response.content


def entries(address: str) -> dict[str, str]:
    """Path -> time of its last change, empty where none is said."""
    rows = ET.fromstring(body(address)).findall("s:url", SPACE)  # noqa: S314
    return {
        row.findtext("s:loc", "", SPACE).removeprefix("http://testserver"): row.findtext("s:lastmod", "", SPACE)
        for row in rows
    }


def sitemaps() -> list[str]:
    root = ET.fromstring(body("/sitemap.xml"))  # noqa: S314
    return [row.findtext("s:loc", "", SPACE).removeprefix("http://testserver") for row in root]


def test_the_sitemap_has_every_record_with_the_time_it_last_changed() -> None:
    assert sitemaps() == ["/sitemap-pages.xml", "/sitemap-records-1.xml"]
    found = entries("/sitemap-records-1.xml")
    records = Record.objects.select_related("revision")
    assert {path: datetime.fromisoformat(at) for path, at in found.items()} == {
        record.get_absolute_url(): record.revision.at.replace(microsecond=0) for record in records
    }


def test_only_what_changed_changes_its_time() -> None:
    before = entries("/sitemap-records-1.xml")
    apply_documents([reference("brand-new")], reason="A test", by="tests")
    after = entries("/sitemap-records-1.xml")
    assert {path for path in after if after[path] != before.get(path)} == {"/literature/brand-new/"}


def test_the_pages_of_the_sitemap_all_answer() -> None:
    found = entries("/sitemap-pages.xml")
    assert {"/", "/projects/", "/barriers/map/", "/terms/classify/", "/about/", "/about/inclusion/"} <= set(found)
    for path in found:
        assert Client().get(path).status_code == 200, path
    assert not [path for path in found if path.startswith(("/admin", "/api", "/search", "/de/"))]


def test_every_release_is_in_the_sitemap_with_the_time_it_was_made() -> None:
    found = entries("/sitemap-pages.xml")
    for release in Release.objects.made():
        assert release.made_at
        assert datetime.fromisoformat(found[f"/releases/{release.version}/"]) == release.made_at.replace(microsecond=0)
    assert Release.objects.made().exists()


def test_lists_carry_the_time_of_the_latest_revision_and_texts_none() -> None:
    found = entries("/sitemap-pages.xml")
    latest = Revision.objects.latest("number").at
    assert datetime.fromisoformat(found["/projects/"]) == latest.replace(microsecond=0)
    assert found["/about/licence/"] == ""


def test_a_sitemap_holds_no_more_than_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plumbing, "MOST_ADDRESSES", 1000)
    parts = [part for part in sitemaps() if "records" in part]
    assert len(parts) == -(-Record.objects.count() // 1000)
    found = [path for part in parts for path in entries(part)]
    assert len(found) == len(set(found)) == Record.objects.count()
    assert Client().get(f"/sitemap-records-{len(parts) + 1}.xml").status_code == 404
    assert Client().get("/sitemap-records-0.xml").status_code == 404


def test_sitemaps_cost_a_few_queries_however_many_records() -> None:
    for address in ("/sitemap.xml", "/sitemap-pages.xml", "/sitemap-records-1.xml"):
        with CaptureQueriesContext(connection) as captured:
            body(address)
        assert len(captured) <= 3


@pytest.fixture
def emptied(knowledge_base: None, empty_database: None) -> None:
    """No records, in this order: the knowledge base is loaded wherever there are none."""


@pytest.mark.usefixtures("emptied")
def test_an_empty_instance_has_a_sitemap_of_pages_only() -> None:
    assert sitemaps() == ["/sitemap-pages.xml"]


def test_robots_are_told_of_the_sitemap_and_kept_from_what_is_no_page() -> None:
    text = body("/robots.txt").decode()
    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /admin/" in text
    assert "Disallow: /projects" not in text


def test_browsers_learn_how_to_search_here() -> None:
    space = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
    root = ET.fromstring(body("/opensearch.xml"))  # noqa: S314
    templates = {one.attrib["type"]: one.attrib["template"] for one in root.findall("o:Url", space)}
    assert templates["text/html"] == "http://testserver/search/?q={searchTerms}"
    for template in templates.values():
        address = template.removeprefix("http://testserver").replace("{searchTerms}", "parker")
        assert b"PARKER" in body(address)
    assert 'href="/opensearch.xml"' in body("/").decode()


def test_security_txt_is_there_only_where_a_contact_was_given() -> None:
    assert settings.SECURITY_CONTACT == ""
    assert Client().get("/.well-known/security.txt").status_code == 404
    with override_settings(SECURITY_CONTACT="mailto:safe@example.org"):
        lines = dict(line.split(": ", 1) for line in body("/.well-known/security.txt").decode().splitlines())
    assert lines["Contact"] == "mailto:safe@example.org"
    assert timezone.now() < datetime.fromisoformat(lines["Expires"])
    assert lines["Policy"] == "http://testserver/about/security/"
