"""The graph tells of published corpora and of maps what REST tells, and lists only what may be passed on."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.graphql.asking import ask
from tests.literature.corpora import listed
from v2xkb.literature.corpora.publishing import pass_on
from v2xkb.records.facet_values import as_query
from v2xkb.records.graphql.bounds import ROOT_PAGE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

CORPUS = """slug name query database searchedOn note isPassedOn publications withoutYear withAuthorKeywords
  withIndexKeywords files { name format sha256 bytes read new merged refused } years { value publications }
  types { value publications } authorKeywords { value publications } indexKeywords { value publications }"""
PUBLICATION = """number title year authors { name affiliations countries } venue type language citedBy doi
  identifiers { scheme value } countries authorKeywords indexKeywords"""
MAP = "selection label description offered items counting minimum resolution smallest page files { form url }"


def snake(value: Any) -> Any:
    """Plain data with the names of REST."""
    if isinstance(value, list):
        return [snake(one) for one in value]
    if isinstance(value, dict):
        return {"".join(f"_{c.lower()}" if c.isupper() else c for c in name): snake(one) for name, one in value.items()}
    return value


def refusal(client: Client, query: str) -> str:
    reply = client.post("/graphql/", {"query": query}, content_type="application/json").json()
    return " ".join(one["message"] for one in reply["errors"])


def test_corpora_are_told_as_in_rest(client: Client, tmp_path: Path) -> None:
    listed.corpus(tmp_path, listed.rows(9))
    rest = client.get("/api/v1/corpora/").json()["results"]
    assert snake(ask(client, f"{{ corpora {{ {CORPUS} }} }}")["corpora"]) == rest
    one = ask(client, f'{{ corpus(slug: "listed") {{ {CORPUS} }} }}')["corpus"]
    assert snake(one) == client.get("/api/v1/corpora/listed/").json()
    assert ask(client, '{ corpus(slug: "nowhere") { name } publications(corpus: "nowhere") { totalCount } }') == {
        "corpus": None,
        "publications": None,
    }


def test_publications_are_told_as_in_rest_with_their_facets(client: Client, tmp_path: Path) -> None:
    listed.corpus(tmp_path, listed.rows(9))
    rest = client.get("/api/v1/corpora/listed/publications/?facets=type,year").json()
    told = ask(
        client,
        f"""{{ publications(corpus: "listed") {{ totalCount nodes {{ {PUBLICATION} }}
        facets {{ name label options {{ value label count selected }} }} }} }}""",
    )["publications"]
    assert snake(told["nodes"]) == rest["results"]
    assert told["facets"] == [{key: one[key] for key in ("name", "label", "options")} for one in rest["facets"]]


def test_publications_that_may_not_be_passed_on_are_refused_and_say_why(client: Client, tmp_path: Path) -> None:
    held = listed.corpus(tmp_path, listed.rows(3), listed=False)
    query = '{ publications(corpus: "listed") { totalCount nodes { title } } }'
    assert "counted and not listed" in refusal(client, query)
    pass_on(held, "A publisher")
    assert ask(client, query)["publications"]["totalCount"] == 3


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (f"first: {ROOT_PAGE.most + 1}", "200"),
        ('type: ["artical"]', "article"),
        ('year: ["soon"]', "no range of years"),
        ('sort: "title"', "is no value of it"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_remedy(given: str, said: str, client: Client, tmp_path: Path) -> None:
    listed.corpus(tmp_path, [{"title": "A trial", "type": "article", "author_keywords": "V2G"}])
    assert said in refusal(client, f'{{ publications(corpus: "listed", {given}) {{ totalCount }} }}')


def test_a_list_costs_the_same_at_3_and_at_30_rows(client: Client, tmp_path: Path) -> None:
    listed.corpus(tmp_path, listed.rows(40))
    spent = []
    for first in (3, 30):
        with CaptureQueriesContext(connection) as queries:
            query = f'publications(corpus: "listed", first: {first}) {{ totalCount nodes {{ {PUBLICATION} }} }}'
            assert len(ask(client, f"{{ {query} }}")["publications"]["nodes"]) == first
        spent.append(len(queries))
        assert not any("abstract" in one["sql"] for one in queries)
    assert spent[0] == spent[1] < 8


def test_maps_are_told_as_in_rest_with_addresses_that_answer(client: Client, tmp_path: Path) -> None:
    listed.corpus(tmp_path, listed.rows(9))
    listed.corpus(tmp_path, listed.rows(9, seed=1), "Unseen", shown=False)
    rest = client.get("/api/v1/keyword-maps/").json()
    assert snake(ask(client, f"{{ keywordMaps {{ {MAP} }} }}")["keywordMaps"]) == rest["results"]
    assert [one["selection"] for one in rest["results"]] == ["two-way", "all", "listed"]
    (of_corpus,) = (one for one in rest["results"] if one["selection"] == "listed")
    assert "authors" in of_corpus["offered"]
    rule = as_query({"items": of_corpus["items"], "minimum": "2"}).urlencode()
    for address in (of_corpus["page"], *(file["url"] for file in of_corpus["files"])):
        assert client.get(f"{address}?{rule}").status_code == 200, address
