"""Sentences about counts are true of none, of one, of ties, and of everything between."""

import pytest
from django.utils.translation import override

from projects.statistics import Count, Numbers, Pairs
from projects.statistics_findings import base, finding, finding_of_crossing, finding_of_numbers, finding_of_pairs, told
from v2xkb.records.facet_crossing import Crossing, Side, Value


def counts(**records: int) -> list[Count]:
    return [Count(value, value.upper(), count) for value, count in records.items()]


@pytest.mark.parametrize(
    ("found", "reporting", "total", "said"),
    [
        ({}, 0, 0, "Plug: no record meets the filter"),
        ({}, 0, 1, "Plug: the one record does not report it"),
        ({}, 0, 5, "Plug: none of the 5 records reports it"),
        ({}, 3, 5, "Plug: what is reported lies outside of what is shown"),
        ({"a": 0}, 3, 5, "Plug: what is reported lies outside of what is shown"),
        ({"a": 1}, 1, 5, "Plug: only one record reports it: A"),
        ({"a": 1, "b": 1}, 1, 1, "Plug: only one record reports it: A, B"),
        ({"a": 6, "b": 2}, 7, 9, "Plug: A is the most frequent, in 6 of the 7 records that report it"),
        ({"a": 7, "b": 2}, 7, 9, "Plug: A in every one of the 7 records that report it"),
        ({"a": 2, "b": 1, "c": 2}, 4, 9, "Plug: A, C are equally frequent, each in 2 of the 4 records that report it"),
        (
            {"a": 1, "b": 1, "c": 1, "d": 1},
            4,
            9,
            "Plug: 4 values are equally frequent, each in 1 of the 4 records that report it",
        ),
    ],
)
def test_a_title_says_which_value_is_most_frequent_and_no_more_than_that(
    found: dict[str, int], reporting: int, total: int, said: str
) -> None:
    assert finding("Plug", counts(**found), reporting, total) == said


def test_a_title_of_numbers_gives_median_range_and_how_many() -> None:
    def title(*reported: float, silent: int = 1) -> str:
        numbers = Numbers([], Count("", "not reported", silent), len(reported) + silent, list(reported))
        return finding_of_numbers("Power", "kW", numbers)

    assert title() == "Power: the one record does not report it"
    assert title(7.4) == "Power: only one is reported, 7.4 kW"
    assert title(2.0, 7.0, 11.333) == "Power: median 7 kW, from 2 to 11.33, of 3 numbers that 3 records report"


def test_a_title_of_pairs_names_those_that_share_most_records() -> None:
    def title(reporting: int = 5, **records: int) -> str:
        return finding_of_pairs("Pairs", Pairs(counts(**records), 0, reporting, 9))

    assert title(reporting=0) == "Pairs: none of the 9 records reports it"
    assert title() == "Pairs: no two organisations are partners in more than one record"
    assert title(ab=3, ac=2) == "Pairs: AB share the most records, 3"
    assert title(ab=3, ac=3) == "Pairs: AB; AC share the most records, 3 each"
    assert title(ab=2, ac=2, ad=2, bd=2) == "Pairs: 4 pairs share the most records, 2 each"


def test_a_title_of_a_grid_names_its_most_frequent_cell() -> None:
    rows, columns = [Value("a", "A", 3), Value("b", "B", 2)], [Value("x", "X", 4)]

    def title(total: int, *cells: int) -> str:
        pairs = [(row, column) for row in rows for column in columns]
        found = {(row.value, column.value): count for (row, column), count in zip(pairs, cells, strict=False)}
        sides = Side("rows", "Rows", rows, []), Side("columns", "Columns", columns, [])
        return finding_of_crossing("Grid", Crossing(*sides, total, found), pairs)

    assert title(0) == "Grid: no record meets the filter"
    assert title(7) == "Grid: no record reports both"
    assert title(7, 3, 2) == "Grid: “A” with “X” is the most frequent pair, in 3 of 7 records"
    assert title(7, 2, 2) == "Grid: 2 pairs are equally frequent, each in 2 of 7 records"


def test_a_text_alternative_spells_out_the_first_and_counts_the_rest() -> None:
    assert told(counts(a=3, b=1)) == "A 3, B 1"
    many = {f"v{number}": 1 for number in range(15)}
    assert told(counts(**many)).endswith("V11 1, 3 more in the table")


def test_what_is_not_reported_is_always_told() -> None:
    assert base(3, 5) == "3 of 5 records report it; 2 do not."
    assert base(1, 1) == "1 of 1 record reports it; 0 does not."


def test_numbers_are_written_as_the_language_does() -> None:
    numbers = Numbers([], Count("", "not reported", 0), 2, [7.5, 1250.0])
    with override("de"):
        assert "7,5" in finding_of_numbers("Power", "kW", numbers)
    assert "from 7.5 to 1250" in finding_of_numbers("Power", "kW", numbers)
