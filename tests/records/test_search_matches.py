"""Hits say which field holds the words and mark them as they are written there."""

import re
from collections.abc import Sequence
from itertools import pairwise

import pytest
from django.conf import settings
from hypothesis import example, given
from hypothesis import strategies as st

from tests.records.made import reference
from tests.records.searching import searched
from v2xkb.records.apply import apply_documents
from v2xkb.records.models import Record
from v2xkb.records.registry import SearchField, Tier
from v2xkb.records.search import read
from v2xkb.records.search_entries import texts_of
from v2xkb.records.search_matches import LONGEST_TEXT, Match, Piece, excerpt, hits, matches_of, places_of, synonyms
from v2xkb.records.tokens import placed_words, tokens_of, words_of

pytestmark = pytest.mark.usefixtures("knowledge_base")


def marked(pieces: Sequence[Piece]) -> str:
    return "".join(f"[{piece.text}]" if piece.is_marked else piece.text for piece in pieces)


def matched(query: str, **fields: str) -> dict[str, str]:
    """Name of each matching field -> its text with the words in brackets; all fields are of the middle tier."""
    search = read(query)
    assert search
    shared = [SearchField("kind of record", Tier.NAMED, ["project"]), SearchField("address", Tier.ABOUT, ["a-slug"])]
    found = matches_of(search, [*(SearchField(name, Tier.ABOUT, [text]) for name, text in fields.items()), *shared])
    return {str(match.field): marked(match.texts[0]) for match in found}


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("charger", "Two-way chargers in Québec", "Two-way [chargers] in Québec"),
        ("quebec", "Two-way chargers in Québec.", "Two-way chargers in [Québec]."),
        ("orsted", "by ØRSTED’s fleet", "by [ØRSTED]’s fleet"),
        ("bidirectional", "a bi-directional plug", "a [bi-directional] plug"),
        ("bi-directional", "a bidirectional plug", "a [bidirectional] plug"),
        ("organisation", "the organization", "the [organization]"),
        ("vehicle to home", "tried V2H there", "tried [V2H] there"),
        ("V2H", "tried vehicle-to-home and V2H", "tried [vehicle-to-home] and [V2H]"),
        ("virtual power plant", "one VPP", "one [VPP]"),
        ("degrad", "the degradation", "the [degradation]"),
        ("ISO15118", "ISO 15118-20", "[ISO 15118-20]"),
        ("e.on", "E.ON and on", "[E.ON] and on"),
        ("straße", "STRASSE 三菱", "[STRASSE] 三菱"),
        ("三菱", "STRASSE 三菱", "STRASSE [三菱]"),
    ],
)
def test_words_are_marked_as_they_are_written(query: str, text: str, found: str) -> None:
    assert matched(query, summary=text) == {"summary": found}


def test_a_field_that_holds_none_of_the_words_is_not_named() -> None:
    assert matched("nissan", partner="Nissan", site="Oslo") == {"partner": "[Nissan]"}


def test_words_found_in_several_fields_are_marked_in_each() -> None:
    assert matched("nissan oslo", partner="Nissan Oslo", site="Oslo") == {
        "partner": "[Nissan] [Oslo]",
        "site": "[Oslo]",
    }


def test_parts_of_a_compound_that_lie_in_different_fields_are_marked_where_they_are() -> None:
    assert matched("fleet-charging", partner="a fleet", site="charging") == {
        "partner": "a [fleet]",
        "site": "[charging]",
    }


def test_kind_and_address_are_named_only_for_words_that_stand_nowhere_else() -> None:
    assert matched("slug project", partner="a slug") == {"partner": "a [slug]", "kind of record": "[project]"}
    assert matched("slug", partner="none") == {"address": "[a-slug]"}


def test_a_whole_word_is_preferred_to_one_that_only_begins_so() -> None:
    assert matched("grid", site="gridlock", partner="the grid") == {"partner": "the [grid]"}


def test_a_long_text_is_cut_between_words_around_what_was_found() -> None:
    text = "word " * 100 + "needle " + "more " * 100
    shown = matched("needle", summary=text)["summary"]
    assert "[needle]" in shown
    assert shown.startswith("… word")
    assert shown.endswith("more …")
    assert len(shown) < LONGEST_TEXT + 10


def test_a_long_text_without_spaces_keeps_its_mark() -> None:
    pieces = [Piece("x" * 300, is_marked=True)]
    assert any(piece.is_marked for piece in excerpt(pieces))


@given(
    st.lists(st.text("ab ", max_size=120), min_size=1, max_size=5),
    st.integers(80, 400),
)
@example(["", ""], LONGEST_TEXT - 4)
def test_the_marks_of_an_excerpt_are_marks_of_the_text(plain: list[str], longer: int) -> None:
    pieces = [piece for text in plain for piece in (Piece(text + "x" * longer, False), Piece("HIT", True))]
    cut = excerpt(pieces)
    assert {piece.text for piece in cut if piece.is_marked} == {"HIT"}
    shown = "".join(piece.text for piece in cut if piece.text not in ("… ", " …"))
    assert shown in "".join(piece.text for piece in pieces)


def test_of_many_texts_of_a_field_three_are_shown_and_the_others_counted() -> None:
    search = read("oslo")
    assert search
    sites = SearchField("site", Tier.ABOUT, [f"Oslo {number}" for number in range(5)])
    nothing = SearchField("", Tier.ABOUT, [""])
    assert [(len(match.texts), match.more) for match in matches_of(search, [sites, nothing, nothing])] == [(3, 2)]


@pytest.mark.parametrize("query", ["nissan", "vehicle to home", "E.ON", "degrad", "ISO15118", "VPP", "project parker"])
def test_whatever_is_found_says_why(query: str) -> None:
    search, records = read(query), list(searched(query))
    assert search
    assert records
    for hit in hits(search, records):
        assert hit.matches, hit.record
        assert all(match.words for match in hit.matches)


def test_a_hits_label_reads_as_it_is_written() -> None:
    search, records = read("nissan"), list(searched("nissan"))
    assert search
    for hit in hits(search, records):
        assert "".join(piece.text for piece in hit.label) == hit.record.label


def test_the_best_hit_names_its_name_first() -> None:
    search, first = read("parker"), searched("parker")[0]
    assert search
    (hit,) = hits(search, [first])
    assert isinstance(hit.matches[0], Match)
    assert str(hit.matches[0].field) == "name"


@given(st.text(max_size=60))
def test_words_are_placed_where_they_stand(text: str) -> None:
    placed = placed_words(text)
    assert [word.parts for word in placed] == words_of(text)
    assert all((one.start, one.end) <= (other.start, other.end) for one, other in pairwise(placed))
    assert all(0 <= word.start < word.end <= len(text) for word in placed)


@given(st.text(alphabet="abc TOtoé'-._/2’ß", max_size=40))
def test_the_tokens_of_a_text_are_the_ones_that_have_places(text: str) -> None:
    assert set(places_of(text)) == tokens_of(text)


def test_other_names_that_were_searched_for_are_told() -> None:
    (synonym,) = told("V2H in Japan")
    assert synonym[0] == "V2H"
    assert "vehicle-to-home" in synonym[1]
    assert "V2H" not in synonym[1]


def test_each_other_name_is_told_once_however_it_is_spelt() -> None:
    ((_, names),) = told("V2H")
    assert "vehicle-to-home" in names
    assert "vehicle to home" not in names


def test_abbreviations_are_told_with_what_they_stand_for() -> None:
    assert told("VPP") == [("VPP", ["virtual power plant"])]
    assert told("which Virtual Power Plants") == [("Virtual Power Plants", ["VPP"])]


def test_text_without_other_names_tells_none() -> None:
    assert told("copenhagen") == []


def told(query: str) -> list[tuple[str, list[str]]]:
    search = read(query)
    assert search
    return [(synonym.words, synonym.names) for synonym in synonyms(search, query)]


@pytest.mark.parametrize(("short", "long"), [("EV", "electric vehicle"), ("VGI", "vehicle-grid integration")])
def test_an_abbreviation_and_its_long_form_mean_the_same(short: str, long: str) -> None:
    apply_documents(
        [reference("a-short", title=f"qqq {short}"), reference("a-long", title=f"qqq {long}")], reason="A test", by="me"
    )
    for text in (short, long):
        assert {record.slug for record in searched(f"qqq {text}")} == {"a-short", "a-long"}


def test_every_field_that_can_match_stands_in_the_description_of_search() -> None:
    text = (settings.BASE_DIR / "docs/search.md").read_text(encoding="utf-8")
    listed = {
        name.strip() for row in re.findall(r"^\| [^|]+ \| ([^|]+) \|", text, re.MULTILINE) for name in row.split(",")
    }
    records = list(Record.objects.all())
    fields = {str(field.label) for found in texts_of(records).values() for field in found.fields}
    assert fields <= listed
