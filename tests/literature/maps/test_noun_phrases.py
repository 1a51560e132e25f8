"""Noun phrases of titles as a reader would mark them, and of whatever else may stand in a title."""

import random

import pytest

from v2xkb.literature.maps.keywords import incidence
from v2xkb.literature.maps.noun_phrases import LONGEST_WORD, MOST_TAGGED, MOST_WORDS, noun_phrases, singular

# Titles of our references, marked by hand.
MARKED = {
    "A comparison of electric vehicle integration projects": ["comparison", "electric vehicle integration project"],
    "Optimal scheduling of ancillary services provided by an electric vehicle aggregator": [
        "optimal scheduling",
        "ancillary service",
        "electric vehicle aggregator",
    ],
    "A Review on Electric Vehicles Interacting with Renewable Energy in Smart Grid": [
        "review",
        "electric vehicle",
        "renewable energy",
        "smart grid",
    ],
    "Delivering Energy from PEV batteries: V2G, V2B and V2H approaches": [
        "energy",
        "PEV battery",
        "V2G",
        "V2B",
        "V2H",
    ],
    "Impact of Electric Vehicles as Distributed Energy Storage in Isolated Systems: The Case of Tenerife": [
        "impact",
        "electric vehicle",
        "distributed energy storage",
        "isolated system",
        "case",
        "tenerife",
    ],
    "Optimal coordinated EV charging with reactive power support in constrained distribution grids": [
        "optimal coordinated EV charging",
        "reactive power support",
        "constrained distribution grid",
    ],
    "Integrating a hydrogen fuel cell electric vehicle with vehicle-to-grid technology, photovoltaic power and a "
    "residential building": [
        "hydrogen fuel cell electric vehicle",
        "vehicle-to-grid technology",
        "photovoltaic power",
        "residential building",
    ],
    "Investigation on Reactive Power Support Capability of PEVs in Distribution Network Operation": [
        "investigation",
        "reactive power support capability",
        "PEV",
        "distribution network operation",
    ],
}


@pytest.mark.parametrize("title", MARKED)
def test_titles_have_the_noun_phrases_that_were_marked_by_hand(title: str) -> None:
    assert list(noun_phrases(title)) == MARKED[title]


@pytest.mark.parametrize(
    ("plural", "single"),
    [
        ("batteries", "battery"),
        ("buses", "bus"),
        ("analyses", "analysis"),
        ("indices", "index"),
        ("capabilities", "capability"),
        ("topologies", "topology"),
        ("movies", "movie"),
        ("electronics", "electronics"),
        ("series", "series"),
        ("PEVs", "PEV"),
    ],
)
def test_a_plural_has_its_singular(plural: str, single: str) -> None:
    assert singular(plural) == single


def test_charging_is_a_thing_where_something_is_said_of_it() -> None:
    assert noun_phrases("Smart charging of electric cars") == ("smart charging", "electric car")
    assert noun_phrases("How EV charging loads the grid")[0].startswith("EV charging")


def test_how_a_title_is_set_makes_no_other_terms() -> None:
    assert noun_phrases("A REVIEW OF SMART CHARGING OF ELECTRIC VEHICLES") == (
        "review",
        "smart charging",
        "electric vehicle",
    )
    assert noun_phrases("Vehicle\u2010to\u2013grid power") == ("vehicle-to-grid power",)


def test_markup_is_no_word_and_entities_are_what_they_stand_for() -> None:
    assert noun_phrases("<p>Capture of <i>CO<sub>2</sub></i> emissions</p>") == ("capture", "CO2 emission")
    assert noun_phrases("Research &amp; markets") == ("research", "market")
    found = noun_phrases('<script src="https://evil.example/x.js">alert(1)</script> Grid <img onerror=alert(2)> market')
    assert found == ("alert", "grid", "market")


@pytest.mark.parametrize(
    "text", ["", "   ", "and of the", "1,234 : 56 %", "…", "\x00\u202e", "電気自動車の充電", "a b c"]
)
def test_texts_without_words_have_no_terms(text: str) -> None:
    assert noun_phrases(text) == ()


def test_words_of_other_scripts_end_a_phrase() -> None:
    assert noun_phrases("日産リーフのV2G実証") == ("V2G",)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "電気自動車" * 200_000,
        "<a" * 500_000,
        "&lt;" * 250_000,
        ". " * 500_000,
        "-" * 1_000_000,
        "a-" * 500_000,
    ],
    ids=["one word", "no spaces", "elements", "entities", "sentences", "dashes", "parts"],
)
def test_a_title_of_a_million_characters_that_says_nothing_is_soon_done(text: str) -> None:
    assert noun_phrases(text) == ()


def test_what_is_too_long_for_a_word_or_a_name_is_no_term() -> None:
    word = "x" * (LONGEST_WORD + 1)
    assert noun_phrases(f"electric vehicle {word} grid") == ("electric vehicle", "grid")
    assert noun_phrases("grid " * MOST_WORDS) == (" ".join(["grid"] * MOST_WORDS),)
    assert noun_phrases("grid " * (MOST_WORDS + 1)) == ()


def test_a_text_without_a_full_stop_is_tagged_to_its_end() -> None:
    assert noun_phrases("the grid of " * MOST_TAGGED) == ("grid",) * MOST_TAGGED


def test_anything_at_all_has_an_answer() -> None:
    chance = random.Random(0)  # noqa: S311 - nothing secret
    letters = "abcXYZ019-–'’.,;()<>/&%$§éßΩ漢字\u202e\x00\n\t _😀"
    for _time in range(500):
        noun_phrases("".join(chance.choices(letters, k=chance.randint(1, 60))))


def test_a_term_counts_once_in_a_document_in_whatever_number_and_case() -> None:
    titles = ["Electric vehicles and the Electric Vehicle", "An electric vehicle market", "The electric vehicle"]
    made = incidence([noun_phrases(title) for title in titles])
    assert made.labels == ("electric vehicle", "electric vehicle market")
    assert made.matrix.toarray().tolist() == [[1, 0], [0, 1], [1, 0]]
