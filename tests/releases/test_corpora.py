"""A release tells of published corpora beside its records, and lists only what may be passed on."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.literature.corpora import listed
from tests.releases.standing import some_of
from v2xkb.literature.models import Corpus
from v2xkb.releases import corpora
from v2xkb.releases.archive import packed
from v2xkb.releases.building import Built, build
from v2xkb.releases.contents import Role
from v2xkb.releases.states import State, live
from v2xkb.releases.verifying import verify

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]


def few() -> State:
    state = live()
    return replace(some_of(state), corpora=state.corpora)


def built() -> Built:
    return build(few(), "2027.1")


def files(of: Built) -> dict[str, bytes]:
    return {path: content for path, content in of.files[Role.BESIDE].items() if path.startswith("corpora/")}


def test_the_paper_s_searches_are_told_of_empty_as_they_are() -> None:
    held = files(built())
    assert json.loads(held["corpora/vehicle-to-grid.json"])["query"] == '"vehicle-to-grid"'
    assert not [path for path in held if path.endswith(".jsonl")]


def test_publications_are_listed_where_they_may_be_passed_on_and_counted_where_not(tmp_path: Path) -> None:
    listed.corpus(tmp_path, listed.rows(9))
    listed.corpus(tmp_path, listed.rows(5, seed=1), "Withheld", listed=False)
    listed.corpus(tmp_path, listed.rows(5, seed=2), "Unseen", shown=False)
    made = built()
    held = files(made)
    assert "corpora/unseen.json" not in held
    told = json.loads(held["corpora/withheld.json"])
    assert (told["publications"], told["listed"], told["left_out"]) == (5, 0, 5)
    assert [path for path in held if path.endswith(".jsonl")] == ["corpora/listed.publications.jsonl"]
    rows = [json.loads(line) for line in held["corpora/listed.publications.jsonl"].splitlines()]
    assert len(rows) == 9
    assert {"title", "doi", "authors"} <= set(rows[0])
    assert not {"abstract", "number"} & set(rows[0])
    everything = b"".join(content for _, _, content in made)
    assert listed.MARKER.encode() not in everything
    assert b" 2/0" not in everything
    assert b" 1/0" not in everything
    readme = made.files[Role.BESIDE]["README.md"].decode()
    assert "publications 9 are listed (`.publications.jsonl`), 5\nare left" in readme
    numbers = json.loads(made.files[Role.BESIDE]["release.json"])
    assert numbers["corpora"]["withheld"] == {"publications": 5, "left_out": 5}


def test_a_corpus_of_too_many_is_counted_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed.corpus(tmp_path, listed.rows(9))
    monkeypatch.setattr(corpora, "MOST_PUBLICATIONS", 8)
    held = files(built())
    assert json.loads(held["corpora/listed.json"])["left_out"] == 9
    assert "corpora/listed.publications.jsonl" not in held


def test_corpora_are_no_part_of_the_identity_and_covered_by_the_sums(tmp_path: Path) -> None:
    without = built().identity
    listed.corpus(tmp_path, listed.rows(9))
    made = built()
    assert made.identity == without
    (tmp_path / "release.zip").write_bytes(made.files[Role.DERIVED]["v2xkb-2027.1.zip"])
    found = verify(tmp_path / "release.zip")
    assert (found.faults, found.identity) == ([], without)
    altered = {**made.files[Role.CANONICAL], **made.files[Role.BESIDE], "corpora/listed.json": b"{}"}
    (tmp_path / "altered.zip").write_bytes(packed("v2xkb-2027.1", altered))
    assert "corpora/listed.json" in verify(tmp_path / "altered.zip").faults[0]


def test_the_same_state_gives_the_same_bytes(tmp_path: Path) -> None:
    listed.corpus(tmp_path, listed.rows(9))
    assert [content for _, _, content in built()] == [content for _, _, content in built()]


def test_the_package_describes_every_file_and_its_digest(tmp_path: Path) -> None:
    listed.corpus(tmp_path, listed.rows(3))
    held = files(built())
    package = json.loads(held["corpora/datapackage.json"])
    assert {f"corpora/{one['path']}" for one in package["resources"]} == set(held) - {"corpora/datapackage.json"}
    assert Corpus.objects.published().count() == len([path for path in held if path.count(".") == 1]) - 1
