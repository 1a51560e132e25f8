"""No abstract, and nothing of a corpus that is not published or not passed on, comes out of any interface."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from tests.literature.corpora import listed
from v2xkb.releases.building import build
from v2xkb.releases.states import State, live

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]

ABSTRACT, UNSEEN, WITHHELD = "zyxabstract", "zyxunseen", "zyxwithheld"
FORMS = ("csv", "jsonl", "bibtex", "ris", "csl-json")
FILES = ("json", "gexf", "map.txt", "network.txt")
OF_CORPUS = """slug name query note files { name } authorKeywords { value } indexKeywords { value } types { value }"""
QUERIES = (
    f"{{ corpora {{ {OF_CORPUS} }} }}",
    f'{{ corpus(slug: "%s") {{ {OF_CORPUS} }} }}',
    """{ publications(corpus: "%s") { totalCount facets { options { label } } nodes { number title authors { name }
    venue type doi identifiers { value } authorKeywords indexKeywords } } }""",
    '{ publications(corpus: "%s", q: "zyxabstract") { totalCount } }',
    "{ keywordMaps { selection label page files { url } } }",
    '{ search(q: "zyxunseen") { totalCount pages { label page } } }',
)


def addresses(slug: str) -> Iterator[str]:
    """Wherever a corpus is told of, alone or among others."""
    for prefix in ("", "/de"):
        yield from (f"{prefix}/literature/corpora/", f"{prefix}/literature/corpora/{slug}/")
        yield from (f"{prefix}/search/?q=zyx", f"{prefix}/search/suggestions/?q=zyx")
        yield f"{prefix}/literature/corpora/{slug}/publications/"
        yield f"{prefix}/literature/maps/{slug}/?items=keywords&minimum=2"
        yield f"{prefix}/literature/maps/{slug}/publications/?items=keywords&keyword=v2g&minimum=2"
    for form in FORMS:
        yield f"/literature/corpora/{slug}/publications/?format={form}"
    for suffix in ("json", "csv"):
        yield f"/literature/corpora/{slug}/publications.{suffix}"
    for form in FILES:
        yield f"/literature/maps/{slug}/map.{form}?items=keywords&minimum=2"
    for path in ("corpora/", f"corpora/{slug}/", "keyword-maps/", "search/?q=zyx", "search/?q=zyxunseen", ""):
        yield f"/api/v1/{path}"
    for query in ("", "?cursor=*", "?facets=type&facets=year", f"?q={ABSTRACT}", "?keyword=v2g", "?type=nonsense"):
        yield f"/api/v1/corpora/{slug}/publications/{query}"
    yield from ("/sitemap-pages.xml", "/literature/", "/api/v1/changes/?page_size=1", "/data/catalogue.ttl")


def replies(client: Client, slug: str) -> Iterator[tuple[str, str]]:
    """(what was asked, what was answered)."""
    for address in addresses(slug):
        reply = client.get(address)
        assert reply.status_code in (200, 400, 403, 404), address
        yield address, (reply.getvalue() if reply.streaming else reply.content).decode()
    for query in QUERIES:
        asked = query % slug if "%s" in query else query
        yield asked, client.post("/graphql/", {"query": asked}, content_type="application/json").text


def marked(word: str) -> list[dict[str, str]]:
    return [
        {
            "title": f"{word} trial {place}",
            "year": "2020",
            "authors": f"{word}, Jane",
            "venue": f"{word} letters",
            "type": f"{word} kind",
            "author_keywords": "V2G; Grid; Fleets",
            "abstract": f"{ABSTRACT} of {word}",
        }
        for place in range(4)
    ]


def test_abstracts_come_out_nowhere(client: Client, tmp_path: Path) -> None:
    listed.corpus(tmp_path, marked("zyxshown"), "Zyx shown")
    told = dict(replies(client, "zyx-shown"))
    # Where they would ask for it, replies repeat the words of a search.
    found = {asked for asked, answer in told.items() if ABSTRACT in answer.replace(f"q={ABSTRACT}", "")}
    assert found == set()
    assert sum("zyxshown trial 1" in answer for answer in told.values()) > 12, "the walk sees the publications"
    assert '"count":0' in told[f"/api/v1/corpora/zyx-shown/publications/?q={ABSTRACT}"].replace(" ", "")


def test_a_corpus_that_is_not_published_comes_out_nowhere(client: Client, tmp_path: Path) -> None:
    listed.corpus(tmp_path, marked(UNSEEN), "Zyxunseen", shown=False)
    listed.corpus(tmp_path, marked("zyxshown"), "Zyx shown")
    for slug in ("zyxunseen", "zyx-shown"):
        for asked, answer in replies(client, slug):
            for word in (f"{UNSEEN} ", f"{UNSEEN},", "Zyxunseen"):
                assert word not in answer, asked


def test_publications_that_are_withheld_are_told_only_behind_a_map(client: Client, tmp_path: Path) -> None:
    listed.corpus(tmp_path, marked(WITHHELD), "Zyx withheld", listed=False)
    telling = {asked for asked, answer in replies(client, "zyx-withheld") if f"{WITHHELD} trial" in answer}
    assert telling == {address for address in addresses("zyx-withheld") if "/publications/?items=" in address}


def test_releases_hold_none_of_it(tmp_path: Path) -> None:
    listed.corpus(tmp_path, marked(UNSEEN), "Zyxunseen", shown=False)
    listed.corpus(tmp_path, marked(WITHHELD), "Zyx withheld", listed=False)
    listed.corpus(tmp_path, marked("zyxshown"), "Zyx shown")
    made = build(State({}, corpora=live().corpora), "2027.1")
    everything = b"".join(content for _, _, content in made)
    assert b"zyxshown trial 1" in everything
    for word in (ABSTRACT, UNSEEN, f"{WITHHELD} trial"):
        assert word.encode() not in everything
