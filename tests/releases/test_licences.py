"""What a source's licence forbids to pass on stays out of releases, and nothing that is left points at it."""

from tests.records import made
from v2xkb.records.documents import Document
from v2xkb.releases.building import build
from v2xkb.releases.states import State, names, released

SOURCE = {"kind": "cited", "references": ["closed"]}


def documents(**redistribution: str) -> dict[str, Document]:
    """Two sources; a project rests on the first, another one follows it, a third rests on the second."""
    found = [
        made.reference("closed", **redistribution),
        made.reference("open"),
        made.project("resting", basis={"name": [SOURCE]}),
        made.project("following", related=[{"kind": "follows", "project": "resting"}]),
        made.project("free", basis={"name": [{"kind": "cited", "references": ["open"]}]}),
    ]
    return {document.id: document for document in found}


def test_what_names_a_closed_source_stays_out_and_what_names_that_and_all_are_counted() -> None:
    kept, withheld = released(documents(redistribution="forbidden"))
    assert {document.slug for document in kept.values()} == {"open", "free"}
    assert withheld == {"reference": 1, "project": 2}
    known = {(document.kind, document.slug) for document in kept.values()}
    assert {name for document in kept.values() for name in names(document)} <= known


def test_a_source_of_which_nothing_is_noted_forbids_nothing() -> None:
    assert released(documents()) == (documents(), {})


def test_a_release_says_how_many_it_leaves_out() -> None:
    kept, withheld = released(documents(redistribution="forbidden"))
    files = {path: content for _, path, content in build(State(kept, withheld), "2026.1")}
    assert b"1 references, 2 projects." in files["README.md"]
    assert b'"left_out": {\n    "reference": 1,\n    "project": 2\n  }' in files["release.json"]
    assert not any(b"resting" in content for path, content in files.items() if path != "README.md")
