"""Where a search finds little it offers what would find more, each with its true count, and changes nothing itself."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.records.made import reference
from tests.records.searching import searched
from v2xkb.records.apply import apply_documents
from v2xkb.records.search import read
from v2xkb.records.search_remedies import FEW, Remedy, corrections, counts, with_fewer_words

pytestmark = pytest.mark.usefixtures("knowledge_base")


def corrected(text: str) -> list[str]:
    return [remedy.text.lower() for remedy in corrections(text, searched(text).count())]


def fewer(text: str) -> list[Remedy]:
    search = read(text)
    assert search
    return with_fewer_words(search, text)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("chadmeo", "chademo"),
        ("biderectional", "bidirectional"),
        ("degredation", "degradation"),
        ("fequency", "frequency"),
        ("nisan", "nissan"),
        ("vehicle to gird", "vehicle to grid"),
        ("chadmeo nisan", "chademo nissan"),
        ("agregator", "aggregator"),
        ("standartisation", "standardisation"),
        ("busfleet", "bus fleet"),
    ],
)
def test_a_slip_of_the_pen_is_offered_mended(written: str, meant: str) -> None:
    assert corrected(written)[0] == meant


@pytest.mark.parametrize("text", ["nissan", "V2G", "vehicle to home", "Denmark", "xyzzyqwv"])
def test_nothing_is_offered_for_what_is_found_or_like_nothing(text: str) -> None:
    assert corrected(text) == []


def test_what_is_around_the_mended_word_stays_as_written() -> None:
    assert corrected("“Chadmeo”, Denmark!")[0] == "“chademo”, denmark!"


def test_a_name_is_offered_as_it_is_spelt() -> None:
    apply_documents([reference("a-name", title="Zürichberg Ladestation")], reason="A test", by="tests")
    assert corrections("zurichburg", 0) == [Remedy("Zürichberg", 1)]


def test_words_of_a_new_revision_are_known() -> None:
    assert corrected("flibbertygibet") == []
    apply_documents([reference("a-word", title="Flibbertigibbet")], reason="A test", by="tests")
    assert corrected("flibbertygibet") == ["flibbertigibbet"]


@pytest.mark.parametrize("text", ["chadmeo", "degredation", "vehicle to gird", "parker denmark zebra"])
def test_what_is_offered_finds_as_many_as_it_says(text: str) -> None:
    offered = [*corrections(text, 0), *fewer(text)]
    assert offered
    for remedy in offered:
        assert remedy.count == searched(remedy.text).count() > 0


def test_a_text_that_finds_enough_is_not_held_against_the_vocabulary() -> None:
    with CaptureQueriesContext(connection) as captured:
        assert corrections("chadmeo", FEW + 1) == []
    assert not captured


def test_fewer_words_leave_out_the_one_that_is_not_there() -> None:
    (remedy,) = fewer("parker denmark zebra")
    assert remedy.text == "parker denmark"


def test_a_phrase_with_other_names_is_left_out_whole() -> None:
    assert {remedy.text for remedy in fewer("vehicle to home zebra")} == {"vehicle to home"}


def test_where_leaving_one_out_does_not_help_each_word_alone_is_offered() -> None:
    texts = [remedy.text for remedy in fewer("nissan zebra giraffe denmark")]
    assert sorted(texts) == ["denmark", "nissan"]


def test_one_word_cannot_be_fewer() -> None:
    assert fewer("zebra") == []


def test_many_texts_are_counted_with_two_queries() -> None:
    texts = ["nissan", "parker", "???", "vehicle to home", "zebra"]
    with CaptureQueriesContext(connection) as captured:
        found = counts(texts)
    assert len(captured) == 2
    assert found == [searched(text).count() for text in texts]
    assert counts([]) == []


def test_the_longest_text_that_may_be_searched_costs_no_more_queries() -> None:
    text = " ".join(f"wrrd{number:02}" for number in range(20))
    search = read(text)
    assert search
    with CaptureQueriesContext(connection) as captured:
        assert with_fewer_words(search, text) == []
    assert len(captured) == 2
