"""Exports become publications of a corpus: each once, with all its identifiers, all of a file or nothing."""

import itertools
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.literature.corpora.conftest import Load
from tests.literature.corpora.exporting import EXPORTS, FORMATS, scopus, scopus_row
from v2xkb.literature.corpora import importing
from v2xkb.literature.corpora.definitions import Definition
from v2xkb.literature.corpora.importing import import_file
from v2xkb.literature.corpora.publishing import publish
from v2xkb.literature.models import Corpus, CorpusFile, Identifier, Membership, Publication
from v2xkb.records.models import Revision
from v2xkb.records.problems import InvalidDocuments

pytestmark = pytest.mark.django_db


def counts(file: CorpusFile) -> tuple[int, int, int, int]:
    return file.read, file.new, file.merged, file.refused


def stored() -> list[tuple[object, ...]]:
    """All that corpora hold, but for keys."""
    told = ("title", "year", "venue", "type", "cited_by", "authors", "author_keywords", "index_keywords", "abstract")
    rows = list(Publication.objects.order_by("title", "pk").values_list(*told))
    names = list(Identifier.objects.order_by("scheme", "value").values_list("publication__title", "scheme", "value"))
    members = list(
        Membership.objects.order_by("corpus", "publication").values_list("corpus__slug", "publication__title")
    )
    return [*rows, *names, *members]


def test_exports_of_all_databases_make_two_publications_with_every_identifier(load: Load) -> None:
    files = [load(EXPORTS / name) for name in FORMATS]
    assert counts(files[0]) == (2, 2, 0, 0)
    assert {counts(file) for file in files[1:]} == {(2, 0, 2, 0)}
    trial = Publication.objects.get(year=2021)
    assert Publication.objects.count() == 2
    assert set(trial.identifiers.values_list("scheme", "value")) == {
        ("doi", "10.5555/made.up.1"), ("eid", "2-s2.0-85000000001"), ("wos", "000700000000001"),
        ("openalex", "W3000000001"),
    }  # fmt: skip
    assert Corpus.objects.get(slug="trials").memberships.count() == 2


@pytest.mark.parametrize("order", [list(FORMATS), list(reversed(FORMATS))], ids=["forwards", "backwards"])
def test_what_is_known_is_completed_and_never_replaced(order: list[str], load: Load) -> None:
    for name in order:
        load(EXPORTS / name)
    trial = Publication.objects.get(year=2021)
    assert (trial.cited_by, trial.language, trial.countries) == (14, "en", ["DK", "NG"])
    assert trial.abstract == "Eight cars, one feeder. Frequency held."
    assert {word.lower() for word in trial.author_keywords} == {"vehicle-to-grid", "island grids"}
    assert {word.lower() for word in trial.index_keywords} == {
        "electric vehicles", "frequency control", "electric vehicle",
    }  # fmt: skip
    assert "Lagos" in trial.authors[1]["affiliations"][0]


def test_the_same_file_again_changes_nothing(load: Load, tmp_path: Path) -> None:
    first, before = load(EXPORTS / "scopus-2023.csv"), stored()
    renamed = tmp_path / "again.csv"
    renamed.write_bytes((EXPORTS / "scopus-2023.csv").read_bytes())
    again = import_file(renamed, Definition("trials"))
    assert (again.was_there, again.file.pk, stored()) == (True, first.pk, before)


def test_the_same_publications_in_another_file_merge(load: Load, tmp_path: Path) -> None:
    rows = [scopus_row(f"Trial {number}", EID=f"2-s2.0-{number}") for number in range(5)]
    bare = [scopus_row("Without year and author", Year="", Authors="")]
    load(scopus(tmp_path / "one.csv", *rows, *bare))
    before = stored()
    file = load(scopus(tmp_path / "two.csv", *reversed(rows), *bare))
    assert (counts(file), stored()) == ((6, 0, 6, 0), before)


def test_a_publication_of_two_corpora_is_one(load: Load) -> None:
    load(EXPORTS / "scopus-2018.csv", "one")
    file = load(EXPORTS / "scopus-2018.csv", "two")
    assert counts(file) == (2, 0, 2, 0)
    assert set(Publication.objects.get(year=2021).corpora.slugs()) == {"one", "two"}


def test_a_membership_keeps_the_file_that_told_first(load: Load) -> None:
    first = load(EXPORTS / "scopus-2018.csv")
    load(EXPORTS / "wos.txt")
    assert set(Membership.objects.values_list("file", flat=True)) == {first.pk}


SAME = {
    "the same DOI": (scopus_row("A", DOI="10.1/x"), scopus_row("B", DOI="https://doi.org/10.1/X", Year="1999")),
    "title, year and first author": (scopus_row("A  trial: of V2G!", EID="e1"), scopus_row("A trial of V2G", EID="e2")),
    "a DOI beside none": (scopus_row("A", DOI="10.1/x", EID="e1"), scopus_row("A", EID="e2")),
    "the same EID": (scopus_row("A", EID="e1"), scopus_row("B", EID="e1", Year="1999")),
    "nothing but title and venue": (scopus_row("A", Year="", Authors=""), scopus_row("a", Year="", Authors="")),
}
OTHER = {
    "another DOI": (scopus_row("A", DOI="10.1/x"), scopus_row("A", DOI="10.1/y")),
    "another year": (scopus_row("A"), scopus_row("A", Year="2021")),
    "another first author": (scopus_row("A"), scopus_row("A", Authors="Roe R., Doe J.")),
    "another venue where no year is told": (
        scopus_row("Editorial", Year="", Authors=""), scopus_row("Editorial", Year="", Authors="", Source_title="News"),
    ),
    "another EID where no author is told": (
        scopus_row("Editorial", Authors="", EID="e1"), scopus_row("Editorial", Authors="", EID="e2"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("batch", [1, 2_000], ids=["stored", "in one batch"])
@pytest.mark.parametrize(
    ("rows", "publications"),
    [*((rows, 1) for rows in SAME.values()), *((rows, 2) for rows in OTHER.values())],
    ids=[*SAME, *OTHER],
)
def test_rows_are_one_publication_by(
    rows: Sequence[list[str]],
    publications: int,
    batch: int,
    load: Load,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(importing, "BATCH", batch)
    file = load(scopus(tmp_path / "x.csv", *rows))
    assert counts(file) == (2, publications, 2 - publications, 0)
    assert Publication.objects.count() == publications


@pytest.mark.parametrize("batch", [1, 2, 2_000])
def test_a_row_that_names_two_publications_makes_them_one(
    batch: int, load: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", batch)
    by_doi, by_eid = scopus_row("A", DOI="10.1/x"), scopus_row("B", EID="e1", Author_Keywords="islands")
    load(scopus(tmp_path / "one.csv", by_eid), "one")
    file = load(scopus(tmp_path / "two.csv", by_doi, scopus_row("A", DOI="10.1/x", EID="e1")), "two")
    # In one batch the second row's publication was there before the first row's.
    assert file.read == file.new + file.merged == 2
    publication = Publication.objects.get()
    assert set(publication.identifiers.values_list("scheme", "value")) == {("doi", "10.1/x"), ("eid", "e1")}
    assert set(publication.corpora.slugs()) == {"one", "two"}
    assert publication.author_keywords == ["islands"]


def test_an_identifier_of_a_publication_with_another_doi_stays_there_and_is_told(load: Load, tmp_path: Path) -> None:
    rows = (
        scopus_row("A", DOI="10.1/x", EID="e1"),
        scopus_row("B", DOI="10.1/y"),
        scopus_row("B", DOI="10.1/y", EID="e1"),
    )
    file = load(scopus(tmp_path / "x.csv", *rows))
    assert counts(file) == (3, 2, 1, 0)
    assert Identifier.objects.get(scheme="eid").publication.title == "A"
    (problem,) = file.problems
    assert (problem["place"], problem["path"], problem["value"]) == ("line 4", "eid", "e1")


@pytest.mark.parametrize("batch", [1, 2, 2_000])
def test_rows_further_down_that_make_two_one_leave_counts_that_are_true(
    batch: int, load: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", batch)
    rows = scopus_row("A", DOI="10.1/x"), scopus_row("B", EID="e1"), scopus_row("A", DOI="10.1/x", EID="e1")
    assert counts(load(scopus(tmp_path / "one.csv", *rows))) == (3, 1, 2, 0)
    # What was there before takes in what the file had made.
    rows = scopus_row("C", DOI="10.1/y"), scopus_row("C", DOI="10.1/y", EID="e2"), scopus_row("D", EID="e2")
    load(scopus(tmp_path / "two.csv", scopus_row("D", EID="e2")))
    assert counts(load(scopus(tmp_path / "three.csv", *rows))) == (3, 0, 3, 0)
    assert Publication.objects.count() == 2


@pytest.mark.parametrize("batch", [1, 2_000])
def test_a_year_that_is_told_later_is_what_later_rows_match_by(
    batch: int, load: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", batch)
    rows = scopus_row("A", EID="e1", Year=""), scopus_row("A", EID="e1"), scopus_row("A")
    load(scopus(tmp_path / "x.csv", *rows))
    assert Publication.objects.get().year == 2020


def test_refused_rows_are_counted_and_the_others_taken(load: Load, tmp_path: Path) -> None:
    file = load(scopus(tmp_path / "x.csv", scopus_row("A"), scopus_row(""), scopus_row("a"), scopus_row("B", Year="x")))
    assert counts(file) == (4, 2, 1, 1)
    assert [(problem["place"], problem["is_refusal"]) for problem in file.problems] == [
        ("line 3", True), ("line 5", False),
    ]  # fmt: skip
    assert file.remarked == 1


def test_a_file_that_breaks_off_leaves_nothing(load: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    broken = scopus(tmp_path / "x.csv", *(scopus_row(f"Trial {number}") for number in range(9)))
    broken.write_text(
        broken.read_text(encoding="utf-8") + '"Doe J.","Trial with an open quote,2020\n', encoding="utf-8"
    )
    with pytest.raises(InvalidDocuments, match=r"x\.csv: line 11: the row cannot be read: unexpected end of data"):
        load(broken)
    assert (Publication.objects.count(), CorpusFile.objects.count()) == (0, 0)
    assert not Corpus.objects.filter(slug="trials").exists()


def test_a_file_without_any_publication_is_refused_with_every_reason(load: Load, tmp_path: Path) -> None:
    with pytest.raises(InvalidDocuments, match=r"no publication could be taken[\s\S]*line 2: title: there is no title"):
        load(scopus(tmp_path / "x.csv", scopus_row("")))
    with pytest.raises(InvalidDocuments, match="no publication could be taken"):
        load(scopus(tmp_path / "x.csv"))


def test_the_order_of_files_makes_no_other_publications(load: Load) -> None:
    for names in itertools.islice(itertools.permutations(["wos.txt", "openalex.json", "scopus-2020.csv"]), 6):
        Publication.objects.all().delete()
        Corpus.objects.filter(slug="trials").delete()
        for name in names:
            load(EXPORTS / name)
        assert Publication.objects.count() == 2
        assert Identifier.objects.count() == 7


def test_loading_into_a_published_corpus_makes_a_revision_and_into_another_none(load: Load) -> None:
    before = Revision.objects.current()
    load(EXPORTS / "wos.txt")
    assert Revision.objects.current() == before
    corpus = Corpus.objects.get(slug="trials")
    assert publish(corpus, "A publisher")
    assert not publish(corpus, "A publisher")
    published = Revision.objects.current()
    assert published > before
    load(EXPORTS / "scopus-2018.csv")
    assert Revision.objects.current() > published


def test_a_corpus_is_one_search(load: Load) -> None:
    import_file(EXPORTS / "wos.txt", Definition("Vehicle-to-home", database="Scopus"))
    with pytest.raises(InvalidDocuments, match=r"vehicle-to-home: database: the corpus has another, Scopus"):
        import_file(EXPORTS / "wos.bib", Definition("vehicle to home", database="OpenAlex"))
    with pytest.raises(InvalidDocuments, match="this is no name"):
        import_file(EXPORTS / "wos.bib", Definition("…"))


def test_the_five_searches_are_there_and_empty() -> None:
    searches = Corpus.objects.filter(database="Scopus")
    assert {(corpus.query, corpus.memberships.count()) for corpus in searches} == {
        ('"bidirectional charging"', 0), ('"vehicle-to-everything"', 0), ('"vehicle-to-grid"', 0),
        ('"vehicle-to-building"', 0), ('"vehicle-to-home"', 0),
    }  # fmt: skip
