"""What is not reported is read off the declaration: no fact is forgotten, none is made up."""

from collections.abc import Iterator

from pydantic import BaseModel

from projects.documents import ProjectDocument
from projects.unknowns import LABELS, MAY_BE_ABSENT, PART_LABELS, unknowns
from tests.records.made import project
from v2xkb.records.nodes import document_node
from v2xkb.records.paths import inner_model

# Names and remarks: where there is none, nothing is amiss.
NO_FACTS = frozenset({"full_name", "alt_names", "other_obstacles", "note", "reported_as", "key"})


def optional(model: type[BaseModel], path: str = "") -> Iterator[tuple[str, bool]]:
    """(path, whether within the parts of a list) of every declared field that may be left out."""
    for name, info in model.model_fields.items():
        where = f"{path}/{name}" if path else name
        if name in NO_FACTS or (not path and name in ProjectDocument.basis_exempt):
            continue
        inner, in_list = inner_model(info.annotation)
        if not info.is_required() and not (inner and not in_list and name in ("chargers", "vehicles")):
            yield where, path in LABELS and path not in ("start", "end")
        if inner:
            yield from optional(inner, where)


def test_every_fact_of_the_declaration_that_may_be_absent_has_its_words() -> None:
    declared = dict(optional(ProjectDocument))
    assert {path for path, in_parts in declared.items() if not in_parts} == set(LABELS)
    assert {path for path, in_parts in declared.items() if in_parts} == set(PART_LABELS)
    assert set(PART_LABELS) >= MAY_BE_ABSENT


def found(**values: object) -> tuple[set[str], dict[str, list[tuple[str, int, int]]]]:
    known = unknowns(document_node(project("some", **values), {}))
    parts = {str(one.label): [(str(label), a, b) for label, a, b in one.missing] for one in known.partly}
    return {str(label) for label in known.absent}, parts


def test_a_bare_record_lacks_every_fact_but_the_kind_of_events_it_does_not_name() -> None:
    absent, parts = found()
    assert absent == {str(label) for path, label in LABELS.items() if path not in ("start/kind", "end/kind")}
    assert parts == {}


def test_what_is_reported_is_not_listed() -> None:
    absent, _parts = found(countries=["DK"], start={"value": "2016"}, end={"value": "2019", "kind": "launch"})
    assert absent.isdisjoint({"countries", "start", "end", "what event the end marks"})
    assert "what event the start marks" in absent


def test_lists_say_what_their_parts_leave_open_and_for_how_many() -> None:
    counts = [
        {"key": "c1", "value": 3, "unit": "charger", "state": "planned"},
        {"key": "c2", "value": 5, "state": "installed"},
    ]
    absent, parts = found(chargers={"counts": counts})
    assert parts == {"number of chargers": [("direction", 2, 2), ("kind of unit", 1, 2)]}
    assert "number of vehicles" in absent
    assert "number of chargers" not in absent


def test_a_finding_need_not_have_a_figure() -> None:
    _absent, parts = found(findings=[{"key": "f1", "text": "It works.", "nature": "measured"}])
    assert parts == {}
