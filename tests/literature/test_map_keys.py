"""A made map is found by what it was made of: by nothing less, by nothing more, and without reading it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.literature.mapping import corpus_of, work
from v2xkb.literature.corpora.definitions import Definition
from v2xkb.literature.corpora.documents import Items
from v2xkb.literature.corpora.importing import import_file
from v2xkb.literature.corpora.publishing import publish
from v2xkb.literature.corpora.summarising import refresh
from v2xkb.literature.corpus_models import Corpus, Publication
from v2xkb.literature.keyword_maps import Question, Rule, publications_called
from v2xkb.literature.models import IndexTerm
from v2xkb.records.models import Origin, Revision

pytestmark = pytest.mark.usefixtures("knowledge_base")

HEAD = "title,year,authors,doi,cited_by,author_keywords,index_keywords\n"
FIRST = HEAD + 'A,2020,"Ada, A.",10.1000/1,3,V2G; grid,battery\nB,2021,"Bo, B.",10.1000/2,,V2G,\n'


def key(name: str = "found", **rule: object) -> str:
    publications = publications_called(name)
    assert publications is not None
    return Question(publications, Rule(**rule)).key  # type: ignore[arg-type]


def revise() -> None:
    """What any change of a record makes."""
    Revision.objects.create(reason="Something.", by="tests", origin=Origin.CURATION)


@pytest.fixture
def load(tmp_path: Path) -> Callable[[str, str], Corpus]:
    """Loads rows into a corpus of this name."""

    def loaded(name: str, text: str) -> Corpus:
        file = tmp_path / f"{abs(hash((name, text)))}.csv"
        file.write_text(text, encoding="utf-8")
        return import_file(file, Definition(name)).file.corpus

    return loaded


@pytest.fixture
def found(load: Callable[[str, str], Corpus]) -> Corpus:
    corpus = load("found", FIRST)
    publish(corpus, "tests")
    return corpus


@pytest.mark.parametrize(
    "row",
    [
        'C,2022,"Cy, C.",10.1000/3,,V2H,\n',
        'A,2020,"Ada, A.",10.1000/1,3,V2G; grid; tariff,battery\n',
        'A,2020,"Ada, A.",10.1000/1,4,V2G; grid,battery\n',
    ],
    ids=["a new publication", "a new keyword", "another citation"],
)
def test_a_change_of_its_publications_makes_another_map(
    found: Corpus, load: Callable[[str, str], Corpus], row: str
) -> None:
    before = key()
    load("found", HEAD + row)
    assert key() != before


def test_a_file_of_another_corpus_makes_another_map_where_it_completes_shared_publications(
    found: Corpus, load: Callable[[str, str], Corpus]
) -> None:
    before = key()
    load("other", HEAD + 'D,2023,"Dee, D.",10.1000/4,,V2H,\n')
    assert key() == before
    load("other", HEAD + 'B,2021,"Bo, B.",10.1000/2,,V2G; house,\n')
    assert key() != before


def test_nothing_but_its_publications_and_its_rule_makes_another_map(
    found: Corpus, load: Callable[[str, str], Corpus]
) -> None:
    before = key()
    # Rows that tell nothing new of publications that are there.
    load("found", HEAD + 'B,2021,"Bo, B.",10.1000/2,,V2G,\nB,2021,"Bo, B.",10.1000/2,,V2G,\n')
    revise()
    publish(found, "tests", shown=False)
    publish(found, "tests", shown=True)
    corpus_of("elsewhere", 3)
    assert key() == before
    others = [
        key(items=Items.AUTHORS),
        key(counting="fractional"),
        key(minimum=4),
        key(resolution=1.1),
        key(smallest=5),
        key("elsewhere"),
    ]
    assert len({before, *others}) == len(others) + 1


@pytest.mark.parametrize("name", ["all", "two-way"])
def test_a_map_of_our_references_is_another_when_they_change_and_not_with_every_revision(name: str) -> None:
    before = key(name)
    revise()
    assert key(name) == before
    IndexTerm.objects.filter(text="vehicle-to-grid", by_authors=False).update(text="vehicle-to-everything")
    revise()
    assert key(name) != before


def queries(address: str) -> list[str]:
    Client().get(address)
    with CaptureQueriesContext(connection) as captured:
        assert Client().get(address).status_code == 200
    return [query["sql"] for query in captured]


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("?minimum=2&smallest=1", 1),
        ("progress/?minimum=2&smallest=1", 1),
        ("map.json?minimum=2&smallest=1", 1),
        ("map.gexf?minimum=2&smallest=1", 1),
        ("network.svg?minimum=2&smallest=1", 1),
        ("publications/?keyword=V2G&minimum=2&smallest=1", 3),
    ],
)
def test_a_map_that_is_made_reads_no_publications(address: str, most: int) -> None:
    found = []
    for publications in (3, 30):
        name = f"of-{publications}"
        corpus_of(name, publications, ("V2G", "battery", "grid"))
        Client().get(f"/literature/maps/{name}/progress/?minimum=2&smallest=1")
        work()
        found.append(queries(f"/literature/maps/{name}/{address}"))
    assert len(found[0]) == len(found[1]) <= most
    rows = [sql for sql in found[1] if "literature_publication" in sql and "publications/" not in address]
    assert rows == []


def test_twenty_thousand_and_one_publications_are_mapped() -> None:
    corpus_of("many", 20_001)
    progress = "/literature/maps/many/progress/?minimum=1000"
    assert Client().get(progress).json()["state"] == "waiting"
    work()
    assert Client().get(progress).json()["state"] == "made"
    page = Client().get("/literature/maps/many/?minimum=1000")
    assert "20001 publications" in page.content.decode()
    behind = Client().get("/literature/maps/many/publications/?minimum=1000&keyword=v2g").content.decode()
    assert "<strong>20001</strong> publications of this map have it" in behind


def test_what_is_noted_of_a_corpus_is_what_its_publications_are() -> None:
    corpus = corpus_of("noted", 5)
    seen = {corpus.content}
    told: dict[str, object] = {"year": 1999, "title": "Other", "countries": ["FR"], "authors": [], "cited_by": 99}
    for name, value in told.items():
        Publication.objects.filter(pk=Publication.objects.of_corpus(corpus)[2].pk).update(**{name: value})
        refresh(corpus)
        seen.add(corpus.content)
    assert len(seen) == 6
