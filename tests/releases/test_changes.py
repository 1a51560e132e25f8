"""What changed between two releases is told: whatever is edited, renamed, merged, withdrawn or marked."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.records import made
from v2xkb.records.apply import GONE, apply_documents
from v2xkb.records.documents import Document
from v2xkb.records.models import Record
from v2xkb.releases.changes import Comparison, compared, plains
from v2xkb.releases.states import live, released

SLUGS = ("a", "b", "c")
SOURCES = ("open", "closed")
# Edited, renamed, merged, withdrawn; a source marked or no longer.
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["edit", "rename", "merge", "withdraw", "mark", "free", "relate"]),
        st.sampled_from(SLUGS),
        st.sampled_from(SLUGS),
        st.integers(0, 3),
    ),
    min_size=1,
    max_size=8,
)


def source(slug: str, **values: Any) -> Document:
    return made.reference(slug, **values)


def trial(slug: str, cites: str = "open", **values: Any) -> Document:
    """A project whose name rests on a source; it keeps its id whatever it is called."""
    basis = {"name": [{"kind": "cited", "references": [cites]}]}
    return made.project(values.pop("called", slug), id=made.project(slug).id, basis=basis, **values)


def take(step: tuple[str, str, str, int]) -> None:
    """One change, where there is something to be changed."""
    what, slug, other, number = step
    pid, target = made.project(slug).id, made.project(other).id
    found = {record.pid: record for record in Record.objects.of_kind("project")}
    documents: list[Document] = []
    gone: dict[str, str] = {}
    if what in ("mark", "free"):
        documents = [source("closed", **({"redistribution": "forbidden"} if what == "mark" else {}))]
    elif what == "edit":
        called = found[pid].slug if pid in found else slug
        documents = [trial(slug, SOURCES[number % 2], called=called, summary=f"Trial {number}.")]
    elif pid in found and what == "rename":
        documents = [trial(slug, called=f"{slug}-{number}")]
    elif pid in found and what == "relate" and target in found and target != pid:
        relation = {"kind": "follows", "project": found[target].slug}
        documents = [trial(slug, called=found[pid].slug, related=[relation])]
    elif pid in found and what in ("merge", "withdraw"):
        gone = {pid: target if what == "merge" and target in found and target != pid else GONE}
    # What still names it would be in the way, and those that follow it let go of it.
    for record in found.values():
        named = [one["project"] for one in record.data.get("related", [])]
        if pid in found and found[pid].slug in named and record.pid != pid and (gone or what == "rename"):
            document = {name: value for name, value in record.data.items() if name != "related"}
            documents.append(made.made(document))
    if documents or gone:
        apply_documents(documents, reason="A step.", by="a test", withdraw=gone)


def names(told: Comparison, what: str) -> set[tuple[str, str]]:
    return {(one.kind, one.slug) for one in told.of(what)}


@pytest.mark.usefixtures("empty_database")
@given(before=STEPS, after=STEPS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_record_that_differs_from_the_former_release_is_told_and_no_other(before: Any, after: Any) -> None:
    start = [source("open"), source("closed"), *(trial(slug, SOURCES[slug == "c"]) for slug in SLUGS)]
    back = {record.pid: GONE for record in Record.objects.of_kind("project")}
    apply_documents([], reason="Anew.", by="a test", withdraw=back) if back else None
    apply_documents(start, reason="Made.", by="a test")
    for step in before:
        take(step)
    former = plains(live().documents)
    for step in after:
        take(step)
    now = plains(live().documents)
    told = compared(former, now)
    both = {(now[pid]["kind"], now[pid]["slug"]): former[pid] for pid in former.keys() & now.keys()}
    assert names(told, "gone") == {(old["kind"], old["slug"]) for pid, old in former.items() if pid not in now}
    assert names(told, "new") == {(new["kind"], new["slug"]) for pid, new in now.items() if pid not in former}
    changed = {name for name, old in both.items() if old not in now.values()}
    assert names(told, "changed") == changed
    for one in told.of("changed"):
        assert (one.renamed_from or one.slug) == both[one.kind, one.slug]["slug"]


@pytest.mark.usefixtures("empty_database")
def test_a_source_that_is_marked_takes_along_what_was_not_changed_itself() -> None:
    apply_documents([source("open"), source("closed"), trial("a"), trial("c", "closed")], reason="Made.", by="a test")
    first = plains(live().documents)
    apply_documents([source("closed", redistribution="forbidden")], reason="Told.", by="a test")
    second = plains(live().documents)
    assert names(compared(first, second), "gone") == {("reference", "closed"), ("project", "c")}
    assert names(compared(second, first), "new") == {("reference", "closed"), ("project", "c")}
    assert not compared(second, second).records


def test_a_rename_is_a_change_of_the_same_record_and_every_path_is_told() -> None:
    old, new = trial("a"), trial("a", called="b", summary="Other words.")
    (one,) = compared(plains({old.id: old}), plains({new.id: new})).records
    assert (one.what, one.slug, one.renamed_from) == ("changed", "b", "a")
    assert ("slug", "changed") in one.paths
    assert ("summary", "changed") in one.paths
    assert released({old.id: old}) == ({old.id: old}, {})
