"""Two records become one document: no fact is lost, none is made up, and links lead to the one that stays."""

import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.records.made import JUDGED, made, project, project_data, term_data
from v2xkb.records import registry
from v2xkb.records.content import cover, plain_basis, plain_leaves
from v2xkb.records.documents import Document
from v2xkb.records.reading import validated
from v2xkb.records.redirecting import redirected
from v2xkb.records.telling import LONGEST_TEXT, notes_of, said, told_basis
from v2xkb.records.uniting import NotUnited, led_elsewhere, unite

Data = dict[str, Any]


def cited(*references: str, **more: Any) -> Data:
    return {"kind": "cited", "references": list(references), **more}


@cache
def fixtures(kind: str) -> list[Document]:
    folder = settings.FIXTURES_DIR / registry.kind(kind).folder
    return [
        validated(json.loads(file.read_text(encoding="utf-8")), file.name) for file in sorted(folder.glob("*.json"))
    ]


def beside(data: Data) -> str:
    """All that stands beside the values, with white space made one, as texts are cut at it."""
    texts = [*data.get("notes", [])]
    for conflict in data.get("conflicts", []):
        texts += [str(conflict.get("value", "")), conflict["text"], conflict.get("note", ""), *conflict["references"]]
    return "".join("".join(texts).split())


def within(text: str, whole: str) -> bool:
    return "".join(text.split()) in whole


def lost(other: Document, data: Data) -> Iterator[str]:
    """Facts of `other` that are neither values of the united document nor said beside them, each with its basis."""
    model, text = type(other), other.content()
    told = beside(data)
    # As everything that names the other record names the kept one now.
    renamed = redirected(model, text, other.kind, other.slug, data["slug"])
    united: dict[tuple[str, str], list[Any]] = {}
    for leaf in plain_leaves(model, data):
        united.setdefault((leaf.path.split("/")[0], str(leaf.value)), []).extend(
            cover(model, plain_basis(data), leaf.path) or []
        )
    called = model.name_fields and [*model.name_fields, model.alt_names_field or ""]
    for leaf in plain_leaves(model, renamed):
        top = leaf.path.split("/")[0]
        if top in ("kind", "id", "slug", "conflicts", "notes") or leaf.path.endswith("/key"):
            continue
        entries = cover(model, plain_basis(renamed), leaf.path) or []
        tops = called if top in called else [top]
        places = [united[name, str(leaf.value)] for name in tops if (name, str(leaf.value)) in united]
        kept = any(all(entry in found for entry in entries) for found in places)
        if not kept and not (within(said(leaf.value), told) and all(is_told(entry, told) for entry in entries)):
            yield f"{leaf.path}: {leaf.value} {entries}"
    for note in text.get("notes", []):
        if note not in data.get("notes", []):
            yield note
    told_of = [_told(conflict) for conflict in data.get("conflicts", [])]
    for conflict in renamed.get("conflicts", []):
        if _told(conflict) not in told_of:
            yield str(conflict)


def _told(conflict: Data) -> Data:
    return {name: value for name, value in conflict.items() if name not in ("key", "path")}


def is_told(entry: Data, told: str) -> bool:
    bare = told_basis(entry, without="references")
    return within(told_basis(entry), told) or (
        within(bare, told) and all(within(slug, told) for slug in entry.get("references", []))
    )


def check(kept: Document, other: Document) -> Data:
    united = unite(kept, other).data
    document = validated(united, "united")
    assert document.content() == united | {"basis": united["basis"]} if "basis" in united else united
    assert (document.id, document.slug) == (kept.id, kept.slug)
    assert list(lost(other, united)) == []
    assert list(lost(kept, united)) == []
    return united


@st.composite
def two_of_a_kind(draw: st.DrawFn) -> tuple[Document, Document]:
    kind = draw(st.sampled_from([kind.name for kind in registry.kinds() if len(fixtures(kind.name)) > 1]))
    kept = draw(st.sampled_from(fixtures(kind)))
    other = draw(st.sampled_from(fixtures(kind)))
    if kept.id == other.id:
        other = draw(st.sampled_from([document for document in fixtures(kind) if document.id != kept.id]))
    return kept, other


@hypothesis_settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(two_of_a_kind())
def test_no_fact_of_two_real_records_of_any_kind_is_lost(pair: tuple[Document, Document]) -> None:
    check(*pair)


def _named(field: str) -> Callable[[Any], Any]:
    return lambda part: part[field]


values: st.SearchStrategy[Data] = st.fixed_dictionaries(
    {},
    optional={
        "full_name": st.sampled_from(["One", "Two", "Made"]),
        "alt_names": st.lists(st.sampled_from(["One", "Two", "A/B", "x" * 120]), unique=True, max_size=3),
        "status": st.sampled_from(["planned", "completed"]),
        "realisation": st.sampled_from(["shown", "installed"]),
        "start": st.fixed_dictionaries(
            {"value": st.sampled_from(["2016", "2017-05"])}, optional={"kind": st.sampled_from(["award", "launch"])}
        ),
        "end": st.fixed_dictionaries({"value": st.sampled_from(["2015", "2016", "2019"])}),
        "countries": st.lists(st.sampled_from(["DK", "NL", "DE"]), unique=True, min_size=1),
        "services": st.lists(st.sampled_from(["one", "two", "three"]), unique=True, min_size=1),
        "funding": st.sampled_from(["A fund.", "Another fund."]),
        "scenarios": st.lists(
            st.fixed_dictionaries(
                {"term": st.sampled_from(["v2g", "v2h"])},
                optional={"state": st.sampled_from(["demonstrated", "possible"])},
            ),
            min_size=1,
            max_size=2,
            unique_by=_named("term"),
        ),
        "partners": st.lists(
            st.fixed_dictionaries(
                {
                    "key": st.sampled_from(["a", "b", "c"]),
                    "organisation": st.sampled_from(["nissan", "dtu"]),
                    "role": st.sampled_from(["other-partner", "research-partner"]),
                }
            ),
            min_size=1,
            unique_by=_named("key"),
        ),
        "chargers": st.fixed_dictionaries(
            {
                "counts": st.lists(
                    st.fixed_dictionaries(
                        {"key": st.sampled_from(["c1", "c2"]), "value": st.sampled_from([7, 10])},
                        optional={"state": st.sampled_from(["planned", "installed"]), "note": st.just("A remark.")},
                    ),
                    min_size=1,
                    unique_by=_named("key"),
                )
            },
            optional={"makers": st.lists(st.sampled_from(["Enel", "ABB / Wallbox"]), unique=True, min_size=1)},
        ),
        "notes": st.lists(st.sampled_from(["A remark.", "Another."]), unique=True, min_size=1),
    },
)
bases: st.SearchStrategy[list[Data]] = st.lists(
    st.sampled_from(
        [
            JUDGED,
            cited("one", place="p. 4", read="2024-05"),
            cited("two"),
            {"kind": "derived", "rule": "leaf", "also_rules": ["two"], "note": "As read."},
            {"kind": "classified", "reason": "A reason.", "note": "A note."},
        ]
    ),
    min_size=1,
    max_size=2,
    unique_by=str,
)


@st.composite
def projects(draw: st.DrawFn, slug: str) -> Document:
    """A valid project whose values rest, each or by groups, on bases of every kind."""
    found = draw(values)
    if "end" in found and "start" in found and found["end"]["value"] < found["start"]["value"][:4]:
        del found["end"]
    plain = project_data(slug, **found)
    plain["basis"] = {}
    for leaf in plain_leaves(type(project("shape")), plain):
        parts = leaf.path.split("/")
        if parts[0] in ("kind", "id", "slug", "notes"):
            continue
        plain["basis"]["/".join(parts[: draw(st.integers(1, len(parts)))])] = draw(bases)
    if draw(st.booleans()):
        path = draw(st.sampled_from(["start", "chargers/counts/c1", "countries", "partners/a/role"]))
        plain["conflicts"] = [{"key": "c1", "path": path, "text": "else", "references": ["two"]}]
    return made(plain)


@hypothesis_settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(projects("one"), projects("two"))
def test_no_fact_of_two_made_projects_is_lost(kept: Document, other: Document) -> None:
    check(kept, other)


@hypothesis_settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(projects("one"))
def test_a_record_united_with_its_copy_says_nothing_twice(kept: Document) -> None:
    copy = made({**kept.content(), "id": project("copy").id, "slug": "copy"})
    united = unite(kept, copy).data
    assert {name: value for name, value in united.items() if name != "basis"} == {
        name: value for name, value in kept.content().items() if name != "basis"
    }


def test_what_the_kept_record_lacks_comes_with_its_basis() -> None:
    basis = {"status": [cited("source", place="p. 3")]}
    united = check(project("one"), project("two", name="One", summary="A trial.", status="completed", basis=basis))
    assert united["status"] == "completed"
    assert united["basis"]["status"] == [cited("source", place="p. 3")]


def test_the_other_name_becomes_an_other_name() -> None:
    united = check(project("one", name="FLOW"), project("two", name="Flow EU", full_name="FLOW", alt_names=["F"]))
    assert united["name"] == "FLOW"
    assert united["alt_names"] == ["F", "Flow EU"]
    assert "conflicts" not in united


def test_a_contradiction_with_references_becomes_a_conflict() -> None:
    kept = project("one", start={"value": "2016"})
    basis = {"start": [cited("source", note="Date of launch.")]}
    united = check(kept, project("two", start={"value": "2017-05", "kind": "launch"}, basis=basis))
    assert united["start"] == {"value": "2016"}
    found = next(conflict for conflict in united["conflicts"] if conflict["path"] == "start")
    assert (found["value"], found["text"], found["references"]) == ("2017-05", "2017-05; kind launch", ["source"])
    assert "Date of launch." in found["note"]


def test_a_contradiction_without_references_is_kept_as_a_note() -> None:
    united = check(project("one", status="planned"), project("two", summary="A trial.", status="completed"))
    assert "conflicts" not in united
    assert any("For status" in note and "completed" in note and JUDGED["reason"] in note for note in united["notes"])


def test_parts_under_one_key_get_keys_of_their_own_and_their_bases_and_conflicts_follow() -> None:
    count = {"key": "c1", "value": 10}
    kept = project("one", chargers={"counts": [count]})
    other = project(
        "two",
        chargers={"counts": [{"key": "c1", "value": 7}]},
        basis={"chargers/counts/c1": [cited("source")], "chargers": [JUDGED]},
        conflicts=[{"key": "x", "path": "chargers/counts/c1", "value": 8, "text": "8", "references": ["source"]}],
    )
    united = check(kept, other)
    assert united["chargers"]["counts"] == [count, {"key": "c1-2", "value": 7}]
    assert united["basis"]["chargers/counts/c1-2"] == [cited("source")]
    assert united["conflicts"][0]["path"] == "chargers/counts/c1-2"
    assert unite(kept, other).moved("chargers/counts/c1/value") == "chargers/counts/c1-2/value"


def test_an_end_before_the_start_is_kept_as_a_conflict() -> None:
    kept = project("one", start={"value": "2016"})
    united = check(kept, project("two", end={"value": "2015"}, basis={"end": [cited("source")]}))
    assert "end" not in united
    assert [conflict["path"] for conflict in united["conflicts"]] == ["end"]


def test_a_relation_of_the_two_to_each_other_is_left_out_and_told() -> None:
    kept = project("one", related=[{"kind": "part-of", "project": "two"}, {"kind": "follows", "project": "three"}])
    united = check(kept, project("two", related=[{"kind": "related", "project": "one"}]))
    assert united["related"] == [{"kind": "follows", "project": "three"}]
    assert sum("Left out in merging" in note for note in united["notes"]) == 2


def test_a_source_that_both_read_stands_once() -> None:
    basis = {"countries": [cited("source")]}
    united = check(project("one", countries=["DK"], basis=basis), project("two", countries=["DK", "NL"], basis=basis))
    assert united["countries"] == ["DK", "NL"]
    assert united["basis"]["countries"] == [cited("source")]


def test_a_longer_text_is_cut_into_notes_and_keeps_every_word() -> None:
    text = "word " * 3000
    pieces = notes_of(text.strip())
    assert all(len(piece) <= LONGEST_TEXT for piece in pieces)
    assert " ".join(pieces).split() == text.split()


def test_a_basis_longer_than_a_note_is_told_in_several() -> None:
    long = {"kind": "classified", "reason": "Reasons. " * 500 + "End.", "note": "Notes. " * 600 + "End."}
    kept, summary = project("one", summary="Words. " * 700 + "End."), "Other words. " * 300 + "End."
    united = check(kept, project("two", summary=summary, basis={"summary": [long]}))
    assert len(united["notes"]) > 1
    cited_too = {"summary": [long, cited("source")]}
    united = check(kept, project("two", summary=summary, basis=cited_too))
    assert united["conflicts"][0]["value"] == summary


def test_two_kinds_or_one_record_alone_are_refused() -> None:
    with pytest.raises(NotUnited, match="a project and a term"):
        unite(project("one"), made(term_data("two")))
    with pytest.raises(NotUnited, match="itself"):
        unite(project("one"), project("one"))


def led(document: Document, kind: str, old: str, new: str) -> Data:
    data = led_elsewhere(document, kind, old, new, lambda path: path)
    validated(data, "led")
    return data


def test_every_link_leads_to_the_kept_record_and_stands_once() -> None:
    document = project(
        "one",
        services=["old", "new", "else"],
        partners=[
            {"key": "a", "organisation": "old", "role": "other-partner"},
            {"key": "b", "organisation": "new", "role": "other-partner"},
            {"key": "c", "organisation": "old", "role": "research-partner"},
        ],
        basis={
            "services/old": [cited("one")],
            "services/new": [cited("two")],
            "services/else": [cited("old", "new")],
            "partners/a": [cited("one")],
            "partners": [JUDGED],
        },
    )
    services = led(document, "term", "old", "new")
    assert services["services"] == ["new", "else"]
    assert services["basis"]["services/new"] == [cited("one"), cited("two")]
    partners = led(document, "organisation", "old", "new")["partners"]
    assert [(part["key"], part["organisation"]) for part in partners] == [("a", "new"), ("c", "new")]
    assert led(document, "reference", "old", "new")["basis"]["services/else"] == [cited("new")]


def test_relations_to_both_become_one_and_paths_follow_the_new_name() -> None:
    document = project(
        "one",
        related=[{"kind": "follows", "project": "old"}, {"kind": "follows", "project": "new"}],
        scenarios=[{"term": "old", "state": "possible"}],
        basis={"scenarios/old/state": [cited("one")], "scenarios": [JUDGED]},
        conflicts=[{"key": "c1", "path": "scenarios/old/state", "text": "planned", "references": ["old"]}],
    )
    assert led(document, "project", "old", "new")["related"] == [{"kind": "follows", "project": "new"}]
    data = led(document, "term", "old", "new")
    assert data["scenarios"] == [{"term": "new", "state": "possible"}]
    assert data["basis"]["scenarios/new/state"] == [cited("one")]
    assert data["conflicts"][0]["path"] == "scenarios/new/state"


def test_nothing_else_changes_where_no_link_leads_to_the_old_record() -> None:
    for kind in registry.kind_names():
        for document in fixtures(kind)[:40]:
            assert led(document, "project", "no-such", "new") == document.content()
