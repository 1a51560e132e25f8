"""Spellings of one keyword are one, as the thesaurus says."""

from collections.abc import Sequence

import pytest

from v2xkb.literature.maps.faults import InvalidMap
from v2xkb.literature.maps.keywords import incidence
from v2xkb.literature.maps.spellings import folded
from v2xkb.literature.maps.thesauri import Thesaurus, read_thesaurus

HEAD = "label\treplace by\n"


def keywords(documents: Sequence[Sequence[str]], thesaurus: Thesaurus | None = None) -> list[set[str]]:
    made = incidence(documents, thesaurus)
    rows = [made.matrix[[row]].indices for row in range(made.documents)]
    return [{made.labels[column] for column in row} for row in rows]


def test_case_spaces_and_dashes_make_no_other_keyword() -> None:
    assert folded(" Vehicle\u2010to\u2013Grid  (V2G) ") == "vehicle-to-grid (v2g)"
    assert folded("Electric\u00a0Vehicles") == "electric vehicles"


def test_a_keyword_counts_once_in_a_document_and_is_spelled_as_most_often() -> None:
    documents = [("V2G", "v2g", "V2g "), ("V2G", "Grid"), ("grid",), ("grid",)]
    assert keywords(documents) == [{"V2G"}, {"V2G", "grid"}, {"grid"}, {"grid"}]
    assert incidence(documents).matrix.toarray().tolist() == [[0, 1], [1, 1], [1, 0], [1, 0]]


def test_a_thesaurus_replaces_drops_and_spells() -> None:
    thesaurus = read_thesaurus(HEAD + "vehicle to grid\tV2G\nv2g\tV2G\narticle\t\n")
    documents = [("Vehicle to Grid", "Article"), ("v2g", "Market")]
    assert keywords(documents, thesaurus) == [{"V2G"}, {"V2G", "Market"}]


def test_replacements_are_followed_to_their_end() -> None:
    thesaurus = read_thesaurus(HEAD + "a\tb\nb\tC\nd\te\ne\t\n")
    assert keywords([("a", "x"), ("b",), ("d", "e")], thesaurus) == [{"C", "x"}, {"C"}, set()]


def test_a_byte_order_mark_quotes_and_empty_lines_are_no_part_of_a_thesaurus() -> None:
    thesaurus = read_thesaurus('\ufeffLabel\tReplace by\r\n"grid, smart"\tsmart grid\r\n\r\nitem\r\n')
    assert thesaurus.replacements == {"grid, smart": "smart grid", "item": ""}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            "a\tb\nb\tc\nc\ta\n",
            r"t\.txt, line 2: replacements lead in a circle \(lines 2, 3, 4\) \(value: a → b → c → a\)",
        ),
        ("x\ta\na\tb\nb\tA\n", r"line 3: replacements lead in a circle \(lines 3, 4\) \(value: a → b → a\)"),
        ("a\tb\nA \tc\n", r"line 3: line 2 replaces the same label by “b” \(value: A → c\)"),
        ("a\tb\tc\n", r"line 2: a line has two columns"),
        ("\tb\n", r"line 2: there is no label"),
    ],
)
def test_a_thesaurus_that_cannot_be_followed_is_refused(lines: str, said: str) -> None:
    with pytest.raises(InvalidMap, match=said):
        read_thesaurus(HEAD + lines, "t.txt")


@pytest.mark.parametrize("text", ["", "a\tb\n"])
def test_a_thesaurus_has_a_header(text: str) -> None:
    with pytest.raises(InvalidMap, match=r"line 1: the header of a thesaurus is missing.*Begin the file with “label”"):
        read_thesaurus(text)


def test_a_long_chain_is_followed_in_time() -> None:
    lines = "".join(f"k{number}\tk{number + 1}\n" for number in range(20_000))
    assert read_thesaurus(HEAD + lines).replacements["k0"] == "k20000"


def test_markup_in_a_keyword_stays_text() -> None:
    assert keywords([("<b>V2G</b>", "=1+1")]) == [{"<b>V2G</b>", "=1+1"}]


def test_documents_of_a_label_are_told_in_any_order_of_documents() -> None:
    held = incidence([("a", "b"), ("b",), ("a",), ()])
    ends, positions = held.positions(["b", "a"], [2, 1, 0, 3])
    assert ends == [2, 4]
    assert memoryview(positions).cast("I").tolist() == [1, 2, 0, 2]
