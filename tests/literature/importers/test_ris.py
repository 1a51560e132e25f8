"""RIS references are read whole: every line is taken, named as left, or reported."""

import pytest

from tests.literature.importers.reading import one, only_problem
from v2xkb.literature.importers.ris import read

JOURNAL = """TY  - JOUR
ID  - kempton2005
T1  - Vehicle-to-grid power fundamentals: calculating
      capacity and net revenue
AU  - Kempton, Willett
AU  - van der Kam, Mart
A1  - European Commission
PY  - 2005
DA  - 2005/06/01/
JO  - J Power Sources
T2  - Journal of Power Sources
VL  - 144
SP  - 268
EP  - 279
KW  - V2G; smart grid
KW  - storage
DO  - https://doi.org/10.1016/J.JPOWSOUR.2004.12.025
UR  - https://a.example/1
UR  - https://a.example/2
LA  - English
N2  - We say a lot.
ER  -
"""


def test_a_journal_article_fills_what_a_reference_has() -> None:
    found = one(JOURNAL)
    assert found.data == {
        "type": "article-journal",
        "title": "Vehicle-to-grid power fundamentals: calculating capacity and net revenue",
        "author": [
            {"family": "Kempton", "given": "Willett"},
            {"family": "van der Kam", "given": "Mart"},
            {"literal": "European Commission"},
        ],
        "issued": "2005-06-01",
        "container_title": "Journal of Power Sources",
        "doi": "10.1016/j.jpowsour.2004.12.025",
        "url": "https://a.example/1",
        "language": "en",
        "author_keywords": ["V2G", "smart grid", "storage"],
    }
    assert (found.key, found.line, found.problems) == ("kempton2005", 1, ())


def test_what_has_no_place_is_named_with_ranges_of_pages_as_such() -> None:
    assert one(JOURNAL).left == (
        ("JO", "J Power Sources"),
        ("UR", "https://a.example/2"),
        ("pages", "268–279"),
        ("VL", "144"),
        ("N2", "We say a lot."),
    )


def test_references_that_are_not_closed_or_not_opened_lose_nothing() -> None:
    first, stray, second, last = read(
        "TY  - BOOK\nTI  - A\nER  -\nAU  - Nobody, N.\nTY  - BOOK\nTI  - B\nTY  - BOOK\nTI  - C"
    )
    assert [found.data.get("title") for found in (first, second, last)] == ["A", "B", "C"]
    assert (stray.data, stray.problems[0].place) == ({}, "line 4")


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Smith, Jr., John", {"family": "Smith Jr.", "given": "John"}),
        ("Smith, John, Jr.", {"family": "Smith Jr.", "given": "John"}),
        ("National Grid ESO, Research Department", {"literal": "National Grid ESO, Research Department"}),
        ("Plato", {"literal": "Plato"}),
        ("M&#252;ller, J.", {"family": "Müller", "given": "J."}),
    ],
)
def test_names_are_split_at_their_comma_and_bodies_are_not(name: str, person: dict[str, str]) -> None:
    assert one(f"TY  - BOOK\nTI  - T\nAU  - {name}\nER  - ").data["author"] == [person]


@pytest.mark.parametrize(
    ("code", "kind"), [("CPAPER", "paper-conference"), ("STAND", "standard"), ("STAT", "legislation")]
)
def test_each_type_becomes_one_of_ours(code: str, kind: str) -> None:
    assert one(f"TY  - {code}\nTI  - T\nER  - ").data["type"] == kind


def test_a_type_that_says_little_is_named_with_what_was_taken() -> None:
    problem = only_problem(one("TY  - VIDEO\nTI  - T\nER  - "), "type")
    assert (problem.value, problem.place) == ("VIDEO", "line 1")


def test_a_problem_names_its_own_line() -> None:
    found = one("TY  - BOOK\nTI  - T\nPY  - soon\nDO  - nothing\nER  - ")
    assert only_problem(found, "issued").place == "line 3"
    assert only_problem(found, "doi").place == "line 4"


def test_windows_lines_and_a_byte_order_mark_are_no_matter() -> None:
    assert one("\ufeff" + JOURNAL.replace("\n", "\r\n")) == one(JOURNAL)
