"""BibTeX entries become references; what has no place is named, and nothing is misread quietly."""

import pytest

from tests.literature.importers.reading import one, only_problem
from v2xkb.literature.importers.bibtex import read

ARTICLE = r"""
@string{ieee = "IEEE Trans. Smart Grid"}
% remarks are no entries
@Article{Kempton2005,
  author    = "Willett Kempton and Tomi{\'c}, Jasna and van der Kam, Mart and {European Commission}",
  title     = {{V}ehicle-to-Grid Power Fundamentals: {Calculating} Capacity \& Net Revenue},
  journal   = ieee,
  year      = 2005,
  month     = "1~" # jan,
  volume    = {144}, pages = {268--279},
  doi       = {https://doi.org/10.1016/J.JPOWSOUR.2004.12.025},
  url       = {https://example.org/a\_b?x=1\&y=\%20},
  abstract  = {We say a lot.},
}
"""


def test_an_article_fills_what_a_reference_has() -> None:
    found = one(ARTICLE)
    assert found.data == {
        "type": "article-journal",
        "title": "Vehicle-to-Grid Power Fundamentals: Calculating Capacity & Net Revenue",
        "author": [
            {"family": "Kempton", "given": "Willett"},
            {"family": "Tomić", "given": "Jasna"},
            {"family": "van der Kam", "given": "Mart"},
            {"literal": "European Commission"},
        ],
        "issued": "2005-01",
        "container_title": "IEEE Trans. Smart Grid",
        "doi": "10.1016/j.jpowsour.2004.12.025",
        "url": "https://example.org/a_b?x=1&y=%20",
    }
    assert (found.key, found.line, found.problems) == ("Kempton2005", 4, ())


def test_what_has_no_place_is_named_with_ranges_of_pages_as_such() -> None:
    assert one(ARTICLE).left == (("volume", "144"), ("pages", "268–279"), ("abstract", "We say a lot."))
    assert one(ARTICLE).not_taken_over == "volume: 144; pages: 268–279; abstract: We say a lot."


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        (r"{\"U}ber B{\"a}ume", "Über Bäume"),
        (r"\"Uber na\"{\i}ve caf\'e", "Über naïve café"),
        (r"Cig\'{e}r\v{c} \v c \c{C}a \H{o} \u{g}\i", "Cigérč č Ça ő ğı"),
        (r"{\O}rsted, \AA{}rhus, stra{\ss}e, \L{}\'od\'z", "Ørsted, Århus, straße, Łódź"),
        (r"50\,\% of \$5 \& more\_less \#1", "50 % of $5 & more_less #1"),
        (r"a\textbackslash{}b\textasciitilde{}c\textasciicircum{}d\{e\}", r"a\b~c^d{e}"),
        (r"one -- two --- three ``quoted''", "one – two — three “quoted”"),
        (r"\emph{very} \textbf{bold} $\alpha$-stable", "very bold α-stable"),
        ("Q&amp;A on <i>V2G</i> &#8211; now", "Q&A on V2G – now"),
        (r"\href{https://x.example/}{the site}", "the site"),
        (r"\input{/etc/passwd}x", "/etc/passwdx"),
    ],
)
def test_latex_becomes_plain_text(raw: str, plain: str) -> None:
    assert one("@misc{x, title = {" + raw + "}}").data["title"] == plain


def test_a_command_that_nobody_knows_is_named() -> None:
    problem = only_problem(one("@book{x,\n title = {The \\weird{thing}}\n}"), "title")
    assert (problem.place, problem.value) == ("line 2", r"\weird")


@pytest.mark.parametrize(
    ("raw", "person"),
    [
        ("Ludwig van Beethoven", {"family": "van Beethoven", "given": "Ludwig"}),
        ("de la Torre, S.", {"family": "de la Torre", "given": "S."}),
        ("King, Jr., Martin Luther", {"family": "King Jr.", "given": "Martin Luther"}),
        ("{\\'E}mile Zola", {"family": "Zola", "given": "Émile"}),
        ("{Berg, van den}, Jan", {"family": "Berg, van den", "given": "Jan"}),
        ("{Barnes and Noble, Inc.}", {"literal": "Barnes and Noble, Inc."}),
        ("International Energy Agency", {"literal": "International Energy Agency"}),
        ("IRENA", {"family": "IRENA"}),
    ],
)
def test_names_are_split_as_bibtex_splits_them_and_bodies_are_not(raw: str, person: dict[str, str]) -> None:
    assert one("@book{x, title={T}, author={" + raw + "}}").data["author"] == [person]


def test_a_list_of_authors_that_is_cut_short_says_so() -> None:
    found = one("@book{x, title={T}, author={A, B and others}}")
    assert found.data["author"] == [{"family": "A", "given": "B"}]
    assert "cuts the list" in only_problem(found, "author").message


@pytest.mark.parametrize(
    ("fields", "issued"),
    [
        ("date = {2019-03-01}", "2019-03-01"),
        ("date = {2019-03}", "2019-03"),
        ("year = {2019}, month = mar, day = {1}", "2019-03-01"),
        ("year = {2019}, month = {3}", "2019-03"),
        ("year = 2019, month = {September}", "2019-09"),
        ("year = {2019}, day = {1}", "2019"),
    ],
)
def test_dates_are_as_precise_as_given(fields: str, issued: str) -> None:
    found = one("@book{x, title={T}, " + fields + "}")
    assert (found.data["issued"], found.problems) == (issued, ())


@pytest.mark.parametrize(
    ("fields", "issued", "message"),
    [
        ("date = {2019-03/2019-05}", "2019-03", "more than can be kept"),
        ("year = {c. 2019}", "2019", "more than can be kept"),
        ("year = {in press}", None, "no date"),
        ("date = {2019-13-01}", None, "no such date"),
        ("year = {0042}", None, "no such date"),
    ],
)
def test_dates_that_say_more_or_nothing_are_problems_with_their_value(
    fields: str, issued: str | None, message: str
) -> None:
    found = one("@book{x, title={T}, " + fields + "}")
    assert found.data.get("issued") == issued
    assert message in only_problem(found, "issued").message
    assert only_problem(found, "issued").value


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        ("@techreport{x, title={T}}", "report"),
        ("@PHDTHESIS{x, title={T}}", "thesis"),
        ("@online{x, title={T}}", "webpage"),
        ("@article{x, title={T}, type={Review article}}", "review-article"),
        ("@misc{x, title={T}, eprint={2101.1}, archivePrefix={arXiv}}", "preprint"),
        ("@incollection(x, title={T})", "book"),
    ],
)
def test_each_type_of_entry_becomes_one_of_ours(entry: str, kind: str) -> None:
    assert one(entry).data["type"] == kind


def test_a_type_that_says_little_is_named_with_what_was_taken() -> None:
    problem = only_problem(one("@patent{x, title={T}}"), "type")
    assert (problem.value, "webpage" in problem.remedy) == ("@patent", True)


def test_an_address_in_howpublished_is_an_address() -> None:
    found = one(r"@misc{x, title={T}, howpublished={\url{https://x.example/a_b}}}")
    assert found.data["url"] == "https://x.example/a_b"
    assert "container_title" not in found.data


def test_the_doi_is_read_off_an_address_of_the_resolver() -> None:
    found = one("@article{x, title={T}, url={https://dx.doi.org/10.1000/ABC}}")
    assert (found.data["doi"], found.data["url"]) == ("10.1000/abc", "https://dx.doi.org/10.1000/ABC")


@pytest.mark.parametrize("doi", ["doi:10.1000/abc", "DOI: 10.1000/ABC", "http://dx.doi.org/10.1000/abc"])
def test_a_doi_loses_resolver_prefix_and_capitals(doi: str) -> None:
    assert one("@article{x, title={T}, doi={" + doi + "}}").data["doi"] == "10.1000/abc"


def test_a_broken_entry_is_reported_with_its_line_and_the_others_are_read() -> None:
    first, broken, last = read("@book{a, title={A}}\n@book{b,\n title={B\n\n@book{c, title={C}}\n")
    assert [first.data.get("title"), broken.data, last.data.get("title")] == ["A", {}, "C"]
    assert (broken.problems[0].place, "brace" in broken.problems[0].remedy) == ("line 2", True)


def test_two_entries_of_one_key_and_two_fields_of_one_name_are_kept_or_named() -> None:
    first, second = read("@book{a, title={A}}\n@book{a, title={B}, title={C}}")
    assert [first.data["title"], second.data["title"]] == ["A", "B"]
    assert only_problem(second, "title").value == "C"


def test_an_abbreviation_without_its_definition_is_named() -> None:
    problem = only_problem(one("@article{x, title={T}, journal=ieeetsg}"), "journal")
    assert (problem.value, "@string" in problem.remedy) == ("ieeetsg", True)


def test_abbreviations_that_grow_without_end_are_stopped() -> None:
    bomb = "@string{a0 = {" + "x" * 1000 + "}}\n"
    bomb += "".join(f"@string{{a{n} = {' # '.join([f'a{n - 1}'] * 10)}}}\n" for n in range(1, 30))
    found = one(bomb + "@book{x, title = a29, publisher = {P}}")
    assert "title" not in found.data
    assert found.data["publisher"] == "P"


def test_a_title_longer_than_a_document_may_hold_is_left_out_with_its_length() -> None:
    found = one("@book{x, title={" + "a" * 6000 + "}, publisher={P}}")
    assert "title" not in found.data
    assert "6000 characters" in only_problem(found, "title").value


def test_a_reference_without_title_says_so() -> None:
    assert "no title" in only_problem(one("@book{x, publisher={P}}"), "title").message


def test_a_doi_with_a_character_that_no_database_stores_is_left_out() -> None:
    found = one("@article{k, title = {T}, year = 2019, doi = {10.1000/a\x00b}}")
    assert "doi" not in found.data
    assert "control character" in only_problem(found, "doi").message
