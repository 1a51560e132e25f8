"""The format is told from the text; our own citations come back as they went; hostile text costs little time."""

import itertools
import time
from typing import cast

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from v2xkb.literature.choices import ReferenceType
from v2xkb.literature.citation import publication_item
from v2xkb.literature.documents import ReferenceDocument
from v2xkb.literature.importers.detecting import FORMATS, format_of, read_references
from v2xkb.literature.importers.parsed import ParsedReference
from v2xkb.records import identifiers
from v2xkb.records.citation_text import bibtex, csl_json
from v2xkb.records.files import read_file
from v2xkb.records.problems import InvalidDocuments
from v2xkb.records.reading import validated

# What a citation says; keywords, remarks and how much was read are no part of one.
CITED = ("type", "title", "author", "issued", "container_title", "publisher", "doi", "url", "language")
# BibTeX has no types of their own for these.
ALIKE_IN_BIBTEX = {
    ReferenceType.STANDARD: "webpage",
    ReferenceType.LEGISLATION: "webpage",
    ReferenceType.NEWS: "article-journal",
}
REFERENCES = sorted((settings.BASE_DIR / "fixtures" / "references").glob("*.json"))
MEGABYTE = 1_000_000
# Far above what the slowest takes, far below what anything worse than linear would.
SECONDS = 60


@pytest.fixture(scope="module")
def documents() -> list[ReferenceDocument]:
    return [cast(ReferenceDocument, read_file(file)) for file in REFERENCES]


def cited(document: ReferenceDocument) -> dict[str, object]:
    return {name: value for name, value in document.content().items() if name in CITED}


def test_every_reference_comes_back_from_our_csl_json_as_it_went(documents: list[ReferenceDocument]) -> None:
    assert len(documents) > 1000
    for document in documents:
        (found,) = read_references(csl_json(publication_item(document)))
        assert (found.key, found.data, found.problems, found.left) == (document.slug, cited(document), (), ())


def test_every_reference_comes_back_from_our_bibtex_but_for_three_types(documents: list[ReferenceDocument]) -> None:
    for document in documents:
        (found,) = read_references(bibtex(publication_item(document)))
        expected = cited(document) | {"type": ALIKE_IN_BIBTEX.get(document.type, document.type.value)}
        assert (found.key, found.data, found.left) == (document.slug, expected, ())
        assert {problem.path for problem in found.problems} <= {"type"}


def test_many_references_in_one_text_come_back_in_their_order(documents: list[ReferenceDocument]) -> None:
    text = "\n".join(bibtex(publication_item(document)) for document in documents)
    assert [found.key for found in read_references(text)] == [document.slug for document in documents]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("% exported\n\n@article{a, title={TY  - x}}", "BibTeX"),
        ("\n  TY  - JOUR\nN1  - see\n@article{a,}", "RIS"),
        ('\n [{"title": "@article{a,}"}]', "CSL-JSON"),
        ("@Comment{x}\n@book(a)", "BibTeX"),
    ],
)
def test_the_sign_that_stands_first_tells_the_format(text: str, name: str) -> None:
    assert format_of(text).name == name


@pytest.mark.parametrize("text", ["", " \n", "Kempton, W. (2005). Vehicle-to-grid.", "<xml/>", "\x00"])
def test_text_in_no_format_is_refused_with_what_would_be_read(text: str) -> None:
    with pytest.raises(InvalidDocuments) as refused:
        list(read_references(text))
    assert "@article{" in refused.value.problems[0].remedy


def test_a_text_of_something_else_is_not_read_to_its_end() -> None:
    *_, last = read_references("[" + "1," * 5000 + "1]")
    assert "what follows was not read" in last.problems[0].message


def assert_sound(found: ParsedReference) -> None:
    """Each field fits the declaration, so that only what is missing can make the whole invalid."""
    assert found.line >= 1
    if "title" in found.data and "type" in found.data:
        validated({"kind": "reference", "id": identifiers.mint("x"), "slug": "x", **found.data}, "x")
    for problem in found.problems:
        assert problem.place.startswith("line ")
        assert problem.remedy


PIECES = st.sampled_from(
    [
        *"{}\"'#=,@()[]:\\$~-\n\t \x00",
        *(
            "@article{a,",
            "@string{",
            "title",
            "author = ",
            " and ",
            "year={2019}",
            "\\'",
            "\\v c",
            "\\textit{",
            "others",
        ),
        *(
            "TY  - JOUR",
            "\nER  - ",
            "\nAU  - ",
            "\nPY  - ",
            "\nTI  - ",
            "\nUR  - http://[",
            "&amp;",
            "<i>",
            "&#x110000;",
        ),
        *('{"type": "book"', '"title": ', '"issued": {"date-parts": [[', "]]}", "null", "1e999", "\ud800", "é", "한국"),
    ]
)


@given(st.lists(PIECES | st.text(max_size=8), max_size=60).map("".join), st.sampled_from(FORMATS))
def test_no_text_breaks_a_reader(text: str, form: object) -> None:
    for found in form.read(text):  # type: ignore[attr-defined]  # a Format
        assert_sound(found)


HOSTILE = {
    "open braces": "@book{b, title = " + "{" * MEGABYTE,
    "entries never closed": "@book{b,\n" * (MEGABYTE // 9),
    "entries in brackets never closed": "@book(b,\n" * (MEGABYTE // 9),
    "empty entries": "@book{b,}\n" * (MEGABYTE // 10),
    "entries of one key": "@book{b, title = {x}}\n" * (MEGABYTE // 22),
    "fields of one name": "@book{b," + "title=1," * (MEGABYTE // 8) + "}",
    "accents": "@book{b, title = {" + "\\'e" * (MEGABYTE // 3) + "}}",
    "many accented titles": ("@book{b, title = {" + "\\'e" * 1600 + "}}\n") * (MEGABYTE // 4822),
    "backslashes": "@book{b, title = {" + "\\" * MEGABYTE + "}}",
    "dollars": "@book{b, title = {" + "$x" * (MEGABYTE // 2) + "}}",
    "commands": "@book{b, title = {" + "\\href{" * (MEGABYTE // 6) + "}}",
    "joined": "@book{b, title = " + "a # " * (MEGABYTE // 4) + "}",
    "joined abbreviations": "@string{a={" + "x" * 90_000 + "}}" + "@book{b," + "t=a#a#a," * (MEGABYTE // 9) + "}",
    "authors": "@book{b, title = {x}, author = {" + "a and " * (MEGABYTE // 60) + "}}",
    "authors of one name each": "@book{b, author = {" + " and ".join(map(str, range(MEGABYTE // 12))) + "}}",
    "spaces": "@book{b, title = {\\v" + " " * MEGABYTE + "}}",
    "references never closed": "TY  - BOOK\n" * (MEGABYTE // 11),
    "lines that go on": "TY  - BOOK\nTI  - x\n" + "y\n" * (MEGABYTE // 2),
    "titles": "TY  - BOOK\n" + "T2  - %d\n" * (MEGABYTE // 9),
    "keywords": "TY  - BOOK\nKW  - " + ";".join(map(str, range(MEGABYTE // 7))),
    "addresses": "TY  - BOOK\nUR  - " + "; http:" * (MEGABYTE // 7),
    "spaces before nothing": "TY  - BOOK\n" + " " * MEGABYTE,
    "entities": "TY  - BOOK\nTI  - " + "&amp;" * (MEGABYTE // 5),
    "marks": "TY  - BOOK\nTI  - " + "<i " * (MEGABYTE // 3),
    "nested lists": "[" * MEGABYTE,
    "nested objects": '{"a":' * (MEGABYTE // 5),
    "items": "[" + "{}," * (MEGABYTE // 3) + "{}]",
    "numbers": "[" + "1," * (MEGABYTE // 2) + "1]",
    "a number": "[" + "1" * MEGABYTE + "]",
    "people": '[{"title": "x", "author": [' + "{}," * (MEGABYTE // 3) + "{}]}]",
    "line breaks": "[" + "\n" * MEGABYTE + "]",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_megabyte_of_hostile_text_is_read_in_bounded_time(text: str) -> None:
    begun = time.monotonic()
    found = list(read_references(text))
    assert time.monotonic() - begun < SECONDS
    for reference in itertools.islice(found, 20):
        assert_sound(reference)
    assert all(len(reference.problems) < 100 and len(reference.left) < 300 for reference in found)
