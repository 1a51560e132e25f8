"""Citations hold what is known, in forms that reference managers read, and nothing that is not known."""

import json
import re

import pytest

from v2xkb.records.citation_text import bibtex, csl_json, escaped, issued, sentence

ARTICLE = {
    "id": "smith-2019",
    "type": "article-journal",
    "title": "Cars & grids: 50% more_or less",
    "author": [
        {"family": "Smith", "given": "Ann"},
        {"literal": "Vehicles and Grids Ltd"},
        {"family": "Berg, van den", "given": "Jan"},
        {"family": "Plato"},
    ],
    "container-title": "Journal of #1",
    "issued": issued("2019-03-01"),
    "DOI": "10.1000/a_b%c",
    "URL": "https://x.example/a_b?c=1&d={2}",
}


def fields(entry: str) -> dict[str, str]:
    return dict(re.findall(r"^  (\w+) = (.*),$", entry, flags=re.MULTILINE))


def test_an_entry_has_its_type_key_and_fields() -> None:
    entry = bibtex(ARTICLE)
    assert entry.startswith("@article{smith-2019,\n")
    assert entry.endswith("\n}\n")
    found = fields(entry)
    assert list(found) == ["author", "title", "journal", "year", "month", "day", "doi", "url"]
    assert (found["year"], found["month"], found["day"]) == ("{2019}", "mar", "{1}")


def test_characters_that_mean_something_to_latex_are_escaped() -> None:
    assert fields(bibtex(ARTICLE))["title"] == r"{{Cars \& grids: 50\% more\_or less}}"
    assert fields(bibtex(ARTICLE))["journal"] == r"{Journal of \#1}"
    assert escaped("\\{}&%$#_~^") == (r"\textbackslash{}\{\}\&\%\$\#\_\textasciitilde{}\textasciicircum{}")
    assert escaped("Ørsted – 50 €") == "Ørsted – 50 €"


def test_addresses_stay_as_they_are_but_for_what_would_end_the_field() -> None:
    found = fields(bibtex(ARTICLE))
    assert found["doi"] == "{10.1000/a_b%c}"
    assert found["url"] == "{https://x.example/a_b?c=1&d=%7B2%7D}"


def test_names_that_are_not_split_stay_whole() -> None:
    names = fields(bibtex(ARTICLE))["author"]
    assert names == "{Smith, Ann and {Vehicles and Grids Ltd} and {Berg, van den}, Jan and Plato}"


@pytest.mark.parametrize(
    ("kind", "entry"),
    [
        ("article-journal", "article"),
        ("article-newspaper", "article"),
        ("article", "misc"),
        ("paper-conference", "inproceedings"),
        ("report", "techreport"),
        ("thesis", "thesis"),
        ("book", "book"),
        ("webpage", "misc"),
        ("standard", "misc"),
        ("legislation", "misc"),
    ],
)
def test_each_type_becomes_the_entry_that_fits(kind: str, entry: str) -> None:
    assert bibtex({"id": "x", "type": kind, "title": "T"}).startswith(f"@{entry}{{x,")


def test_what_is_not_known_is_left_out_of_every_form() -> None:
    bare = {"id": "x", "type": "webpage", "title": "Only a title"}
    assert bibtex(bare) == "@misc{x,\n  title = {{Only a title}},\n}\n"
    assert sentence(bare) == "Only a title."
    assert json.loads(csl_json(bare)) == [bare]


@pytest.mark.parametrize(
    ("date", "parts", "written"),
    [("2019", [2019], "(2019)"), ("2019-03", [2019, 3], "(2019-03)"), ("2019-03-01", [2019, 3, 1], "(2019-03-01)")],
)
def test_dates_are_as_precise_as_known(date: str, parts: list[int], written: str) -> None:
    item = {"id": "x", "type": "report", "title": "T", "issued": issued(date)}
    assert item["issued"] == {"date-parts": [parts]}
    assert written in sentence(item)
    assert ("month" in fields(bibtex(item))) == (len(parts) > 1)


def test_a_sentence_says_who_when_what_and_where() -> None:
    assert sentence(ARTICLE) == (
        "Smith, Ann; Vehicles and Grids Ltd; Berg, van den, Jan; Plato (2019-03-01): Cars & grids: 50% more_or less. "
        "Journal of #1. https://doi.org/10.1000/a_b%c"
    )
