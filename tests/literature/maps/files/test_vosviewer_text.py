"""Map and network files of VOSviewer are read and written whole, and what is wrong in them is named."""

import numpy as np
import pytest

from tests.fuzz.bounds import Cost, bounded
from v2xkb.literature.maps.faults import InvalidMap
from v2xkb.literature.maps.files.texts import as_number
from v2xkb.literature.maps.files.vosviewer_text import read_map, write_map, write_network
from v2xkb.literature.maps.keyword_map import KeywordMap

MAP = (
    "id\tlabel\tx\ty\tcluster\tweight<Links>\tweight<Occurrences>\tscore<Avg. pub. year>\n"
    '7\t"grid, smart"\t0.5\t-0.25\t2\t2\t10\t2015.5\n'
    "3\tv2g\t-1e-05\t0.3333333333333333\t1\t1\t4\t\n"
    "12\tbattery\t-0.5\t0\t\t1\t0\t2020\n"
)
NETWORK = "7\t3\t2\n7\t12\t0.5\n"


def from_map(text: str) -> KeywordMap:
    return read_map(text.encode(), None, "map.txt")


def from_links(text: str, map_text: str | None = None) -> KeywordMap:
    return read_map(map_text.encode() if map_text else None, text.encode(), "map.txt", "network.txt")


def test_what_was_read_is_written_again_to_the_last_digit() -> None:
    made = from_links(NETWORK, MAP)
    assert write_network(made) == NETWORK
    assert write_map(made) == MAP.replace('"grid, smart"', "grid, smart")


def test_ids_places_clusters_weights_and_scores_are_kept() -> None:
    made = from_links(NETWORK, MAP)
    assert made.network.ids == ("7", "3", "12")
    assert made.network.labels == ("grid, smart", "v2g", "battery")
    assert made.places is not None
    assert made.places.tolist() == [[0.5, -0.25], [-1e-05, 0.3333333333333333], [-0.5, 0]]
    assert made.clusters is not None
    assert made.clusters.tolist() == [2, 1, 0]
    assert made.network.weights["Occurrences"].tolist() == [10, 4, 0]
    assert np.isnan(made.network.scores["Avg. pub. year"][1])
    assert made.network.matrix().toarray().tolist() == [[0, 2, 0.5], [2, 0, 0], [0.5, 0, 0]]


@pytest.mark.parametrize("mark", ["\t", ";", ","])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_marks_between_cells_byte_order_and_line_ends_are_told_apart(mark: str, encoding: str, end: str) -> None:
    text = f'\nID{mark}Label{mark}X{mark}Y\n1{mark}"über; a, b"{mark}0{mark}1\n2{mark}c{mark}1{mark}0\n'
    made = read_map(text.replace("\n", end).encode(encoding), None)
    assert made.network.labels == ("über; a, b", "c")


def test_a_network_alone_names_its_items() -> None:
    made = from_links("10 \t2\t1\n2\tb\t\n2\t2\t5\n2\t10\t0\n\n")
    assert made.network.ids == made.network.labels == ("2", "10", "b")
    assert made.network.matrix().toarray().tolist() == [[0, 2, 1], [2, 0, 0], [1, 0, 0]]


def test_two_columns_of_links_mean_a_strength_of_one() -> None:
    assert from_links("a,b\nb,c\n").network.strengths.tolist() == [1, 1]


def test_ids_that_vosviewer_reads_as_one_number_are_one_in_links() -> None:
    made = from_links("7.0\t03\t2\n", MAP)
    assert made.network.ids == ("7", "3", "12")
    assert made.network.strengths.tolist() == [2]


def test_markup_and_formulas_in_labels_stay_text_and_run_nowhere() -> None:
    text = 'id\tlabel\n1\t<img src=x onerror=alert(1)>\n2\t=HYPERLINK("x")\n3\t-5\n'
    made = from_map(text)
    assert made.network.labels == ("<img src=x onerror=alert(1)>", '=HYPERLINK("x")', "-5")
    written = write_map(made)
    assert "'=HYPERLINK" in written
    assert "\t-5" in written
    assert from_map(written).network.labels == made.network.labels


HEAD = "id\tlabel\tx\ty\tcluster\tweight<Links>\tscore<Year>\n1\ta\t0\t0\t1\t1\t1\n"
FAULTS = {
    "NaN coordinate": ("2\tb\tNaN\t0\t1\t1\t1", r"map\.txt, line 3: x is not a number \(value: NaN\)\. Mend it"),
    "infinite coordinate": ("2\tb\t0\t-Infinity\t1\t1\t1", r"line 3: y is not a number \(value: -Infinity\)"),
    "coordinate beyond numbers": ("2\tb\t1e999\t0\t1\t1\t1", r"line 3: x is not a number \(value: 1e999\)"),
    "no coordinate": ("2\tb\t\t0\t1\t1\t1", r"line 3: x is not a number \(value: nothing\)"),
    "formula": ("2\tb\t=1+1\t0\t1\t1\t1", r"line 3: x is not a number \(value: =1\+1\)"),
    "underscored number": ("2\tb\t1_0\t0\t1\t1\t1", r"line 3: x is not a number"),
    "negative weight": ("2\tb\t0\t0\t1\t-1\t1", r"line 3: weight<Links> is not a number from 0 on \(value: -1\)"),
    "word as score": ("2\tb\t0\t0\t1\t1\tlate", r"line 3: score<Year> is not a number \(value: late\)"),
    "cluster of 0": ("2\tb\t0\t0\t0\t1\t1", r"line 3: the cluster is not a whole number from 1 to 1000 \(value: 0\)"),
    "half a cluster": ("2\tb\t0\t0\t1.5\t1\t1", r"line 3: the cluster is not a whole number"),
    "same id": ("01\tb\t0\t0\t1\t1\t1", r"line 3: this id is that of another item \(map\.txt, line 2\) \(value: 01\)"),
    "no id": ("\tb\t0\t0\t1\t1\t1", r"line 3: the item has no id"),
    "cell missing": ("2\tb\t0\t0\t1\t1", r"line 3: the line has 6 cells, the header 7"),
    "quotes": ('2\t"b" c\t0\t0\t1\t1\t1', r"line 3: its quotes cannot be read"),
    "open quote": ('2\t"b\t0\t0\t1\t1\t1\n3\tc\t0\t0\t1\t1\t1', r"line 3: its quotes cannot be read: unexpected end"),
    "NUL": ("2\ta\0b\t0\t0\t1\t1\t1", r"line 3: .*(?:character|NUL)"),
    "long label": (
        f"2\t{'b' * 10_001}\t0\t0\t1\t1\t1",
        r"the label has at most 10,000 characters .*\(10001 characters\)",
    ),
    "one place": ("2\tb\t0\t0\t1\t1\t1", r"map\.txt: all items lie on one place"),
}


@pytest.mark.parametrize("line", FAULTS)
def test_a_fault_of_a_map_is_named_with_its_line(line: str) -> None:
    with pytest.raises(InvalidMap, match=FAULTS[line][1]):
        from_map(HEAD + FAULTS[line][0] + "\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", r"map\.txt: the file is empty"),
        ("id\tlabel\n", r"map\.txt: the map has no items"),
        ("1\ta\n2\tb\n", r"line 1: a map has no such column \(value: 1, a\)\. It has id, label"),
        ("x\ty\n1\t2\n", r"line 1: neither id nor label is a column"),
        ("id\tx\n1\t2\n", r"line 1: x and y stand together"),
        ("id\tid\tlabel\n1\t2\t3\n", r"line 1: a column stands twice \(value: id\)"),
        ("id\turl\n1\tjavascript:alert(1)\n", r"line 2: the url leads to no page of the web .*Begin it with https"),
    ],
)
def test_a_map_that_is_none_is_refused(text: str, said: str) -> None:
    with pytest.raises(InvalidMap, match=said):
        from_map(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("7\t3\t-1\n", r"network\.txt, line 1: the strength is not a number from 0 on \(value: -1\)"),
        ("7\t3\t1\n7\t12\tnan\n", r"network\.txt, line 2: the strength is not a number from 0 on \(value: nan\)"),
        ("7\t99\t1\n", r"network\.txt, line 1: no item has this id \(value: 99\)"),
        ("7\t3\t1\n7\t12\n", r"network\.txt, line 2: each line has two ids"),
        ("7\n", r"network\.txt, line 1: each line has two ids"),
        ("7\t\t1\n", r"network\.txt, line 1: an id is missing"),
    ],
)
def test_a_fault_of_a_network_is_named_with_its_line(text: str, said: str) -> None:
    with pytest.raises(InvalidMap, match=said):
        from_links(text, MAP)


def test_bytes_that_are_no_text_are_named_with_their_line() -> None:
    with pytest.raises(InvalidMap, match=r"line 2: these bytes are no UTF-8 \(value: fc"):
        read_map("id\tlabel\n1\tüber\n".encode("latin-1"), None)


def test_a_line_of_a_hundred_megabytes_is_refused_by_its_length() -> None:
    with pytest.raises(InvalidMap, match=r"line 2: a line has at most 1,000,000 characters .*\(100000002 characters\)"):
        read_map(b"id\tlabel\n1\t" + b"a" * 100_000_000, None)


def test_a_file_too_large_is_refused_before_it_is_read() -> None:
    with pytest.raises(InvalidMap, match=r"a file has at most 200,000,000 bytes"):
        read_map(bytes(200_000_001), None)


def test_what_vosviewer_would_not_open_is_not_written() -> None:
    with pytest.raises(InvalidMap, match="VOSviewer opens maps from 3 items on"):
        write_map(from_links("1\t2\n"))


def test_a_file_of_marks_between_cells_alone_has_no_header() -> None:
    with pytest.raises(InvalidMap, match="the file has no header"):
        from_map(",\n")


def test_digits_that_end_in_something_else_are_no_number_soon() -> None:
    with bounded(Cost()):
        assert as_number("9" * 300_000 + "x") is None
