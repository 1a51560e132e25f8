"""Whatever page refuses a value leads on to what was likely meant, all else as it was."""

import pytest

from tests.site.html import get

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]


@pytest.mark.parametrize(
    ("address", "mended"),
    [
        ("/statistics/?country=denmark&tier=V2X", "?country=DK&tier=V2X"),
        ("/terms/usage/?sense=usd&term=v2h", "?sense=used&term=v2h"),
        ("/terms/usage/charts/shares.svg?text_seen=ful", "?text_seen=full"),
        ("/statistics/charts/status.svg?tier=V2Y", "?tier=V2X"),
        ("/statistics/cross-table/?columns=contry&rows=service&tier=V2X", "?columns=country&rows=service&tier=V2X"),
        ("/statistics/cross-table/?rows=service&scenario=v2h&scenario=v2gg", "?rows=service&scenario=v2h&scenario=v2g"),
        ("/sites/?tier=V2X&view=eurpe", "?tier=V2X&view=europe"),
        ("/sites/?service__all=peak-shavin", "?service__all=peak-shaving"),
        ("/barriers/map/?by=scenaro&layer=projects", "?by=scenario&layer=projects"),
        ("/barriers/map/?actor=dsoo", "?actor=dso"),
        ("/search/?kind=projct&kind=term&q=v2g", "?kind=project&kind=term&q=v2g"),
    ],
)
def test_a_refused_value_leads_on_to_the_page_that_was_likely_meant(address: str, mended: str) -> None:
    page = get(address)
    assert page.status == 400
    assert mended in page.links
    assert get(f"{address.partition('?')[0]}{mended}").status == 200 or "/charts/" in address


@pytest.mark.parametrize("query", ["tier=qqqqqqqq", "view=zzzzzz", "active=soon"])
def test_a_value_like_none_is_offered_no_guess(query: str) -> None:
    page = get(f"/sites/?{query}")
    assert page.status == 400
    assert "Go on with “" not in page.text
    assert "Go on without “" in page.text
