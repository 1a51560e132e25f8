"""Keyword maps of our references: counted as by hand, shown with what is behind every number, safe to ask for."""

import json
import re
from collections import Counter
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.literature.our_maps import documents_of, made
from tests.site.html import get
from v2xkb.literature import map_answers, map_maker, map_process
from v2xkb.literature.corpora.definitions import RESERVED, Definition, fitting
from v2xkb.literature.corpora.summarising import refresh
from v2xkb.literature.corpus_models import Corpus, Publication
from v2xkb.literature.keyword_maps import SELECTIONS, KeywordMap, Question, Rule
from v2xkb.literature.observations import Finding, Later, Together
from v2xkb.records.models import Record
from v2xkb.records.problems import InvalidDocuments

pytestmark = pytest.mark.usefixtures("knowledge_base")

NAMING = re.compile(
    r"vehicle.to.(grid|home|building|everything)|v2[ghbx]|(bi-?directional|two-way) charg", re.IGNORECASE
)


def documents() -> dict[str, dict[str, object]]:
    """Of every reference with index terms, by slug."""
    return {
        record.slug: record.data for record in Record.objects.of_kind("reference") if record.data.get("index_terms")
    }


def terms(slugs: set[str]) -> dict[str, set[str]]:
    found = documents()
    return {slug: {term.casefold() for term in found[slug]["index_terms"]} for slug in slugs}  # type: ignore[attr-defined]


def test_all_are_all_and_two_way_are_those_that_name_it() -> None:
    everything = {one.key for one in documents_of(made("all")[0])}
    assert everything == set(documents())
    named = {
        slug
        for slug, data in documents().items()
        if NAMING.search(" ; ".join([data["title"], *data["index_terms"]]))  # type: ignore[list-item, misc]
    }
    two_way = {one.key for one in documents_of(made("two-way")[0])}
    assert two_way == named
    assert 0 < len(two_way) < len(everything)


@pytest.mark.parametrize("name", SELECTIONS)
def test_occurrences_links_and_years_are_those_counted_by_hand(name: str) -> None:
    question, shown = made(name, minimum=4)
    held = terms({one.key for one in documents_of(question)})
    years = {one.key: one.year for one in documents_of(question)}
    occurrences = Counter(term for found in held.values() for term in found)
    kept = {term for term, number in occurrences.items() if number >= 4}
    assert {one.label.casefold(): one.occurrences for one in shown.keywords} == {one: occurrences[one] for one in kept}
    pairs = Counter(pair for found in held.values() for pair in combinations(sorted(found & kept), 2))
    labels = {one.id: one.label.casefold() for one in shown.keywords}
    assert {tuple(sorted((labels[low], labels[high]))): strength for low, high, strength in shown.links} == pairs
    for keyword in shown.keywords:
        known = [years[slug] for slug, found in held.items() if keyword.label.casefold() in found and years[slug]]
        assert keyword.year == pytest.approx(sum(known) / len(known)) if known else keyword.year is None  # type: ignore[arg-type]


def test_the_same_question_is_made_once_and_another_anew() -> None:
    first, again, other = (made("all", resolution=value)[1] for value in (1.0, 1.0, 2.0))
    assert first.held == again.held
    assert len(other.clusters) > len(first.clusters)


def test_the_page_of_our_maps_says_of_how_many_publications_each_is_made() -> None:
    overview = get("/literature/maps/").text
    for name in ("two-way", "all"):
        question, shown = made(name)
        total = len(documents_of(question))
        told = f"{total} publications, {len(shown.keywords)} keywords, {len(shown.clusters)} clusters"
        assert f"{told}." in overview
        assert told in get(f"/literature/maps/{name}/").text


def test_every_keyword_leads_to_the_publications_that_have_it() -> None:
    page = get("/literature/maps/two-way/")
    behind = [link for link in page.links if "/publications/?keyword=" in link]
    assert behind
    question, shown = made("two-way")
    held = terms({one.key for one in documents_of(question)})
    keyword = shown.by_label["battery degradation"]
    listed = get("/literature/maps/two-way/publications/?keyword=battery+degradation")
    slugs = {link.split("/")[2] for link in listed.links if re.fullmatch(r"/literature/[^/]+/", link)} - {"maps"}
    assert slugs == {slug for slug, found in held.items() if "battery degradation" in found}
    assert len(slugs) == keyword.occurrences


def test_a_link_leads_to_the_publications_that_have_both() -> None:
    question, _ = made("two-way")
    held = terms({one.key for one in documents_of(question)})
    listed = get("/literature/maps/two-way/publications/?keyword=Battery+Degradation&keyword=vehicle-to-grid")
    slugs = {link.split("/")[2] for link in listed.links if re.fullmatch(r"/literature/[^/]+/", link)} - {"maps"}
    assert slugs == {slug for slug, found in held.items() if {"battery degradation", "vehicle-to-grid"} <= found}


@pytest.mark.parametrize(
    ("query", "name", "fault"),
    [
        ("minimum=1", "minimum", "“1” is no whole number from 2 to 1000."),
        ("minimum=many", "minimum", "“many” is no whole number from 2 to 1000."),
        ("smallest=21", "smallest", "“21” is no whole number from 1 to 20."),
        ("resolution=-1", "resolution", "“-1” is no number from 0.1 to 5 in steps of 0.1, such as 0.8."),
        ("resolution=nan", "resolution", "“nan” is no number from 0.1 to 5"),
        ("resolution=1.05", "resolution", "“1.05” is no number from 0.1 to 5"),
        ("counting=half", "counting", "“half” is no value of it. Known: full, fractional."),
        ("items=authors", "items", "“authors” is no value of it. Known: index-keywords, keywords, title-terms."),
        ("colour=red", "colour", "This page does not offer it."),
        ("minimum=3&minimum=4", "minimum", "It is given more than once. Give it once."),
    ],
)
def test_a_rule_that_is_none_is_refused_by_name_with_what_is_allowed(query: str, name: str, fault: str) -> None:
    page = get(f"/literature/maps/all/?{query}")
    assert page.status == 400
    assert f"{name}: {fault}" in page.text


def test_a_blank_field_is_tidied_and_a_map_without_keywords_is_said_to_be_none() -> None:
    reply = Client().get("/literature/maps/all/?minimum=4&resolution=")
    assert (reply.status_code, reply["Location"]) == (302, "/literature/maps/all/?minimum=4")
    page = get("/literature/maps/two-way/?items=index-keywords&minimum=20&smallest=1")
    assert "Only 1 keyword in 20 publications or more, too few for a map." in page.text
    assert get("/literature/maps/none/").status == 404
    assert get("/literature/maps/all/publications/").status == 400


def test_files_hold_the_map_that_is_shown() -> None:
    _, shown = made("all", minimum=5)
    held, gexf, items, links = (
        Client().get(f"/literature/maps/all/map.{form}?minimum=5")
        for form in ("json", "gexf", "map.txt", "network.txt")
    )
    whole = json.loads(held.content)
    assert whole["network"]["items"] == shown.held["network"]["items"]
    assert whole["network"]["clusters"] == shown.held["network"]["clusters"]
    assert len(whole["network"]["links"]) == shown.held["network"]["all_links"] >= len(shown.links)
    assert len(ET.fromstring(gexf.content).findall(".//{*}node")) == len(shown.keywords)  # noqa: S314
    assert len(items.content.decode().splitlines()) == len(shown.keywords) + 1
    assert len(links.content.decode().splitlines()) == len(whole["network"]["links"])
    assert items["Content-Disposition"] == 'attachment; filename="v2xkb-map-all-map.txt"'
    assert Client().get("/literature/maps/all/map.exe").status_code == 404


@pytest.mark.parametrize("view", ["network", "overlay", "density"])
def test_every_view_is_drawn_and_told(view: str) -> None:
    drawing = Client().get(f"/literature/maps/two-way/{view}.svg")
    assert drawing["Content-Type"] == "image/svg+xml"
    assert b"vehicle-to-grid" in drawing.content
    rows = Client().get(f"/literature/maps/two-way/{view}.csv").content.decode().splitlines()
    assert len(rows) == len(made("two-way")[1].keywords) + 1
    assert Client().get("/literature/maps/two-way/sideways.svg").status_code == 404


def test_a_map_costs_a_few_queries() -> None:
    get("/literature/maps/all/")
    with CaptureQueriesContext(connection) as captured:
        get("/literature/maps/all/")
    assert len(captured) <= 4


def test_a_map_of_too_many_keywords_is_refused_before_it_is_laid_out() -> None:
    words = [[f"word {number}", f"word {number + 1}"] for number in range(1_100)]
    asked = {"counting": "full", "minimum": 1, "resolution": 1, "smallest": 1, "thesaurus": ""}
    documents = map_maker.Documents()
    documents.take((str(number), "", None, None, items) for number, items in enumerate(words))
    with pytest.raises(ValueError, match="many") as caught:
        map_maker.made(asked, documents, lambda *_told: None)
    refusal = map_process.read_refusal(Question(SELECTIONS["all"], Rule()), str(caught.value))
    assert refusal.text == "1,101 keywords in 1 publication or more, and at most 1,000 are drawn: raise the number."


def map_of(*items: tuple[str, int, int, float | None]) -> KeywordMap:
    """(label, cluster, occurrences, year) of each keyword."""
    weights = {"Links": 1, "Total link strength": 1.0}
    return KeywordMap(
        {
            "network": {
                "items": [
                    {
                        "id": at,
                        "label": label,
                        "x": 0.0,
                        "y": 0.0,
                        "cluster": cluster,
                        "weights": {**weights, "Occurrences": occurrences},
                        "scores": {"Avg. pub. year": year} if year else {},
                    }
                    for at, (label, cluster, occurrences, year) in enumerate(items, start=1)
                ],
                "links": [],
            }
        }
    )


def test_keywords_stand_together_where_one_cluster_has_one_of_each_group() -> None:
    seen = Together("1", "", (("battery degradation",), ("regulation", "ancillary services")))
    together = map_of(
        ("Battery degradation", 2, 5, None), ("ancillary services", 2, 3, None), ("regulation", 1, 9, None)
    )
    assert seen.verdict(together).finding is Finding.SHOWS
    assert seen.verdict(together).reason == "cluster 2 holds “Battery degradation”, “ancillary services”"
    apart = map_of(("battery degradation", 2, 5, None), ("regulation", 1, 9, None))
    assert seen.verdict(apart).finding is Finding.NOT
    lacking = seen.verdict(map_of(("battery degradation", 2, 5, None)))
    assert lacking.finding is Finding.UNKNOWN
    assert lacking.reason == "not on the map: regulation / ancillary services"
    outside = map_of(("battery degradation", 0, 5, None), ("regulation", 0, 9, None))
    assert seen.verdict(outside).finding is Finding.NOT, "no cluster is none that they share"


def test_groups_are_compared_by_the_mean_year_of_their_publications() -> None:
    later = Later("2", "", (("a", "b"), ("c",)))
    # a and b: (2 * 2020 + 8 * 2010) / 10 = 2012
    assert later.verdict(map_of(("a", 1, 2, 2020.0), ("b", 1, 8, 2010.0), ("c", 1, 1, 2011.0))).finding is Finding.SHOWS
    assert later.verdict(map_of(("a", 1, 2, 2020.0), ("b", 1, 8, 2010.0), ("c", 1, 1, 2013.0))).finding is Finding.NOT
    assert later.verdict(map_of(("a", 1, 2, 2020.0), ("c", 1, 1, None))).finding is Finding.UNKNOWN


def test_a_corpus_has_a_map_with_its_publications_behind_every_keyword_and_link(corpus_of_three: Corpus) -> None:
    page = get("/literature/maps/found/?minimum=2&smallest=1")
    assert "3 keywords in" in page.text
    both = get("/literature/maps/found/publications/?keyword=Frequency+regulation&keyword=V2G&minimum=2&smallest=1")
    assert both.text.count("Regulating with cars") == 1
    assert "Homes" not in both.text
    assert "https://doi.org/10.1000/1" in both.links
    held = json.loads(Client().get("/literature/maps/found/map.json?minimum=2&smallest=1").content)
    labels = {item["label"]: item["weights"]["Occurrences"] for item in held["network"]["items"]}
    assert labels == {"V2G": 3, "Frequency Regulation": 2, "battery": 2}


def test_authors_of_a_corpus_are_mapped_by_the_same_functions(corpus_of_three: Corpus) -> None:
    held = json.loads(Client().get("/literature/maps/found/map.json?items=authors&minimum=2&smallest=1").content)
    assert {item["label"] for item in held["network"]["items"]} == {"Ada, A.", "Bo, B.", "Cy, C."}
    assert get("/literature/maps/all/?items=authors").status == 400


def test_a_corpus_that_is_not_published_or_too_large_has_no_map(
    corpus_of_three: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(map_answers, "MOST_PUBLICATIONS", 2)
    assert "It has 3 publications, and maps are drawn of 2 at most." in get("/literature/maps/found/").text
    assert Client().get("/literature/maps/found/map.json").status_code == 404
    Corpus.objects.published().delete()
    assert get("/literature/maps/found/").status == 404


def test_a_corpus_that_nothing_was_loaded_into_says_so_and_leads_to_maps_that_there_are() -> None:
    page = get("/literature/maps/vehicle-to-grid/")
    assert page.status == 200
    assert "No export has been loaded into it yet. Maps of our own references" in page.text
    assert "Only 0 keywords" not in page.text
    assert "No export has been loaded into it yet." in get("/literature/corpora/vehicle-to-grid/").text


def test_one_map_has_one_address_however_its_numbers_are_spelt() -> None:
    canonical = [get(f"/literature/maps/all/?resolution={text}").canonical for text in ("2", "2.0", "02.0")]
    assert len(set(canonical)) == 1
    assert canonical[0].endswith("/literature/maps/all/?resolution=2.0")


def test_publications_come_in_pages_the_latest_first() -> None:
    address = "/literature/maps/all/publications/?keyword=vehicle-to-grid"
    first, second = get(address), get(f"{address}&page=2")
    lists = [
        [link for link in page.links if re.fullmatch(r"/literature/(?!maps)[^/]+/", link)] for page in (first, second)
    ]
    assert len(lists[0]) == 25
    assert not set(lists[0]) & set(lists[1])
    assert get(f"{address}&page=99").status == 400


def test_names_of_our_maps_are_no_names_of_corpora() -> None:
    assert set(SELECTIONS) == RESERVED
    with pytest.raises(InvalidDocuments, match="cannot have this name"):
        fitting(Definition("All"))


def test_authors_are_not_tried_for_what_the_paper_saw_of_keywords_and_no_years_make_no_overlay(
    tmp_path: Path, corpus_of_three: Corpus
) -> None:
    page = get("/literature/maps/found/?items=authors&minimum=2&smallest=1")
    assert "What the paper saw" not in page.text
    Publication.objects.update(year=None)
    refresh(corpus_of_three)
    page = get("/literature/maps/found/?minimum=2&smallest=1")
    assert "Youngest" not in page.text
    assert Client().get("/literature/maps/found/overlay.svg?minimum=2&smallest=1").status_code == 404


@pytest.mark.parametrize(
    ("items", "english", "german"),
    [
        ("keywords", ("3 keywords in 1 cluster", "Keyword"), ("3 Stichwörter in 1 Cluster", "Stichwort")),
        ("authors", ("3 authors in 1 cluster", "Author"), ("3 Autoren in 1 Cluster", "Autor")),
        (
            "organisations",
            ("Only 0 organisations in 2 publications or more, too few for a map.",),
            ("Nur 0 Organisationen in mindestens 2 Veröffentlichungen: zu wenige für eine Karte.",),
        ),
        (
            "countries",
            ("Only 0 countries in 2 publications or more, too few for a map.",),
            ("Nur 0 Länder in mindestens 2 Veröffentlichungen: zu wenige für eine Karte.",),
        ),
    ],
)
def test_what_is_on_a_map_is_called_what_it_is(
    corpus_of_three: Corpus, items: str, english: tuple[str, ...], german: tuple[str, ...]
) -> None:
    for prefix, told in (("", english), ("/de", german)):
        page = get(f"{prefix}/literature/maps/found/?items={items}&minimum=2&smallest=1")
        for words in told:
            assert words in page.text, words
        if items == "authors":
            assert "Keyword" not in page.text.replace("Keyword maps", "").replace("keywords", "")
    chart = Client().get(f"/literature/maps/found/network.csv?items={items}&minimum=2&smallest=1").content.decode()
    assert items != "authors" or chart.startswith("Author,")
