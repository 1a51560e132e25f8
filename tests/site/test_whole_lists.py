"""Pages that show all claims, barriers or terms at once take the parameters their lists take everywhere."""

import pytest
from django.test import Client

from tests.site.html import get

pytestmark = pytest.mark.usefixtures("knowledge_base")


def of_kind(links: list[str], folder: str) -> set[str]:
    parts = [link.strip("/").split("/") for link in links if link.startswith(f"/{folder}/")]
    return {
        part[1]
        for part in parts
        if len(part) == 2 and part[1] not in ("classify", "map", "measures", "research", "topics", "sets", "usage")
    }


@pytest.mark.parametrize(
    "address",
    [
        "/claims/?q=CCS",
        "/claims/?sort=name&subject=projects",
        "/terms/?scheme=service",
        "/terms/?q=frequency",
        "/terms/",
        "/barriers/?typology=technical",
        "/barriers/?from_paper=yes&sort=name",
    ],
)
def test_the_same_query_means_the_same_records_on_the_page_and_in_rest(address: str) -> None:
    folder = address.split("/")[1]
    found = Client().get(f"/api/v1{address}{'&' if '?' in address else '?'}page_size=200").json()
    assert found["count"] <= 200
    assert found["count"] > 0
    page = get(address)
    assert page.status == 200
    assert {record["slug"] for record in found["results"]} == of_kind(page.links, folder)


@pytest.mark.parametrize("folder", ["claims", "terms", "barriers"])
@pytest.mark.parametrize("query", ["bogus=1", "page=2", "format=xlsx", "sort=nothing"])
def test_what_they_do_not_know_they_refuse(folder: str, query: str) -> None:
    assert get(f"/{folder}/?{query}").status == 400


@pytest.mark.parametrize("folder", ["claims", "terms", "barriers"])
def test_a_filter_that_finds_nothing_says_so_and_leads_on(folder: str) -> None:
    page = get(f"/{folder}/?q=nothinglikeit")
    assert page.status == 200
    assert "0 records" in page.text
    assert f"/{folder}/" in page.links
