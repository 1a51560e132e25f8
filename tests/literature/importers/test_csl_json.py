"""CSL-JSON items become references, those of Crossref's interface too."""

import json
from typing import Any

import pytest

from tests.literature.importers.reading import one, only_problem
from v2xkb.literature.importers.csl_json import read


def item(**values: Any) -> str:
    return json.dumps([{"type": "book", "title": "T", **values}])


def test_an_item_fills_what_a_reference_has() -> None:
    found = one(
        item(
            id="kam",
            type="paper-conference",
            title="Smart &amp; <i>bidirectional</i>",
            author=[
                {"family": "Kam", "given": "Mart", "non-dropping-particle": "van der", "ORCID": "0000"},
                {"literal": "European Commission"},
                {"name": "ENTSO-E"},
            ],
            issued={"date-parts": [["2015", "3", 1]]},
            DOI="10.1000/ABC",
            language="en-GB",
            page="12-20",
            volume=3,
        )
    )
    assert found.data == {
        "type": "paper-conference",
        "title": "Smart & bidirectional",
        "author": [
            {"family": "van der Kam", "given": "Mart"},
            {"literal": "European Commission"},
            {"literal": "ENTSO-E"},
        ],
        "issued": "2015-03-01",
        "doi": "10.1000/abc",
        "language": "en",
    }
    assert (found.key, found.problems) == ("kam", ())
    assert found.left == (("author/ORCID", "0000"), ("page", "12-20"), ("volume", "3"))


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ({"date-parts": [[2019]]}, "2019"),
        ({"date-parts": [[2019, 3]]}, "2019-03"),
        ({"raw": "2019-03-01"}, "2019-03-01"),
        ({"date-parts": [[2019, None, None]]}, "2019"),
        ("2019-03", "2019-03"),
    ],
)
def test_dates_are_as_precise_as_given(issued: Any, date: str) -> None:
    assert (one(item(issued=issued)).data["issued"], one(item(issued=issued)).problems) == (date, ())


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ({"date-parts": [[2019, 3], [2019, 5]]}, "2019-03"),
        ({"date-parts": [[2019]], "circa": True}, "2019"),
        ({"date-parts": [[2019, 2, 30]]}, None),
        ({"date-parts": [[2019, 10**30]]}, None),
        ({"date-parts": [[10**30]]}, None),
        ({"date-parts": [[]]}, None),
        ({"date-parts": "2019"}, None),
        ({"literal": "forthcoming"}, None),
        (7, None),
        ([1], None),
    ],
)
def test_dates_that_say_more_or_nothing_are_problems(issued: Any, date: str | None) -> None:
    found = one(item(issued=issued))
    assert found.data.get("issued") == date
    assert only_problem(found, "issued").remedy


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"type": "article-journal", "genre": "Review article"}, "review-article"),
        ({"type": "article", "genre": "Preprint"}, "preprint"),
        ({"type": "journal-article"}, "article-journal"),
        ({"type": "dataset"}, "webpage"),
    ],
)
def test_each_type_becomes_one_of_ours(values: dict[str, str], kind: str) -> None:
    assert one(item(**values)).data["type"] == kind


@pytest.mark.parametrize(
    "text",
    [
        '{"type": "book", "title": "T"}',
        '{"items": [{"type": "book", "title": "T"}]}',
        '{"references": [{"type": "book", "title": "T"}]}',
        '{"status": "ok", "message": {"type": "book", "title": ["T"]}}',
        '{"message": {"items": [{"type": "book", "title": ["T"]}]}}',
    ],
)
def test_one_item_and_the_wrappings_in_use_are_read(text: str) -> None:
    assert one(text).data == {"type": "book", "title": "T"}


def test_each_item_knows_its_line() -> None:
    text = '[\n  {"type": "book",\n   "title": "A"},\n  {"type": "book", "title": "B"}\n]\n'
    assert [(found.data["title"], found.line) for found in read(text)] == [("A", 2), ("B", 4)]


def test_what_is_before_a_fault_is_read_and_the_fault_has_its_line() -> None:
    good, bad = read('[{"type": "book", "title": "A"},\n {"type": "book" "title": "B"}]')
    assert (good.data["title"], bad.data, bad.problems[0].place) == ("A", {}, "line 2")


@pytest.mark.parametrize(
    "text",
    ["[", "[1]", "[" * 100_000, '[{"type": "book", "title": "A"} {}]', "[" + "9" * 10_000 + "]", '[["x"]]', "{}x"],
)
def test_what_is_no_list_of_items_is_refused_with_a_line(text: str) -> None:
    last = list(read(text))[-1]
    assert last.problems[0].place.startswith("line ")
    assert last.problems[0].remedy


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({"title": {"a": 1}}, "title"),
        ({"author": "Smith"}, "author"),
        ({"author": [None]}, "author"),
        ({"DOI": "abc"}, "doi"),
    ],
)
def test_values_of_the_wrong_shape_are_named(values: dict[str, Any], path: str) -> None:
    found = one(item(**values))
    assert path not in found.data
    assert only_problem(found, path).value


def test_a_key_that_stands_twice_is_named() -> None:
    found = one('{"type": "book", "title": "A", "title": "B"}')
    assert found.data["title"] == "B"
    assert "twice" in only_problem(found, "title").message
