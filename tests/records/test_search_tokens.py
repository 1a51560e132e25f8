"""What a text is split into, and which spellings and forms become one."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from v2xkb.records.tokens import adjacent, names_of, phrase, singular, stem, tokens_of, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("V2G for Wh", [("v2g",), ("for",), ("wh",)]),
        ("e-NV200", [("e", "nv", "200")]),
        ("GB/T", [("gb",), ("t",)]),
        ("ISO 15118-20", [("iso",), ("15118", "20")]),
        ("CCS2, 10kW", [("ccs", "2"), ("10", "kw")]),
        ("SDG&E E.ON R&D", [("sdg", "e"), ("e", "on"), ("r", "d")]),
        ("Québec, Ørsted, Größe, Kadıköy", [("quebec",), ("orsted",), ("grosse",), ("kadikoy",)]),
        ("FlexMob'Île", [("flexmob", "ile")]),
        ("a driver's car, the drivers’ cars", [("a",), ("driver",), ("car",), ("the",), ("drivers",), ("cars",)]),
        ("Renault–Nissan (2016)", [("renault",), ("nissan",), ("2016",)]),
        ("m² ½ ﬁ", [("m2",), ("1",), ("2",), ("fi",)]),
        ("三菱", [("u04e09u083f1",)]),
        ("", []),
        ("--- / … “”", []),
    ],
)
def test_text_is_split_into_words_and_their_parts(text: str, words: list[tuple[str, ...]]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    "forms",
    [
        ("charge", "charges", "charged", "charging"),
        ("battery", "batteries"),
        ("bus", "buses", "busses"),
        ("organisation", "organizations"),
        ("optimise", "optimizing", "optimisation"),
        ("behaviour", "behavioral"),
        ("modelling", "modeling"),
        ("centre", "centers"),
        ("programme", "programs"),
        ("neighbourhood", "neighborhoods"),
        ("licence", "licensed"),
    ],
)
def test_forms_of_a_word_share_a_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("hour", "hor"), ("v2gs", "v2g"), ("fcas", "fca"), ("four", "for"), ("precise", "prize")]
)
def test_different_words_keep_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_names_are_compared_by_number_and_spelling_but_not_by_stem() -> None:
    assert singular("regulators") == "regulator" != singular("regulation")
    assert phrase(["vehicles", "to", "grid"]) == "vehicle_to_grid"


def test_compounds_are_found_apart_and_joined() -> None:
    assert {"bi", "direct", "bi_direct", "bidirect", "bidirect_charg"} <= tokens_of("bi-directional charging")


def test_numbers_are_not_joined() -> None:
    assert "1511820" not in tokens_of("ISO 15118-20")
    assert "15118_20" in tokens_of("ISO 15118-20")


def test_a_phrase_around_a_stop_word_is_not_made_up_of_two_others() -> None:
    apart = tokens_of("vehicle to home, from building to grid")
    assert set(adjacent(["vehicle", "to", "grid"])) - apart == {"vehicl_to_grid"}


def test_a_whole_name_does_not_need_its_article() -> None:
    assert names_of(["The Mobility House"]) == names_of(["Mobility House"])


def test_very_long_words_are_compared_by_their_beginning() -> None:
    longest = max(tokens_of("x" * 500), key=len)
    assert longest == "_" + "x" * 64


@given(st.text())
def test_no_text_gives_tokens_that_an_index_would_split(text: str) -> None:
    for token in tokens_of(text) | names_of([text]):
        assert token.isascii()
        assert token.replace("_", "").isalnum()
        assert token == token.lower()
        assert len(token) <= 1002


def test_threads_that_stem_at_once_do_not_come_in_each_others_way() -> None:
    endings = ("ization", "fulness", "ational", "ingly", "ies", "ement")
    words = [start + end for start in ("charg", "bidirection", "relat", "nation", "grid", "optim") for end in endings]
    alone = [stem.__wrapped__(word) for word in words]
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as threads:
            together = list(threads.map(lambda _: [stem.__wrapped__(word) for word in words], range(8)))
    finally:
        sys.setswitchinterval(usual)
    assert together == [alone] * 8
