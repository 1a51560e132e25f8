"""A release and what changed since give the next release: whatever is edited, renamed, merged, withdrawn or marked."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.records import made
from v2xkb.records.apply import GONE, apply_documents
from v2xkb.records.documents import Document
from v2xkb.records.models import Record, Revision
from v2xkb.releases.building import canonical_files
from v2xkb.releases.changes import applied, as_of, changes_between, compared, plains
from v2xkb.releases.states import State, document_files, live, read, released
from v2xkb.releases.verifying import identity_of

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


@pytest.mark.usefixtures("empty_database")
@given(before=STEPS, after=STEPS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_former_release_and_the_changes_since_make_the_next(before: Any, after: Any) -> None:
    start = [source("open"), source("closed"), *(trial(slug, SOURCES[slug == "c"]) for slug in SLUGS)]
    back = {record.pid: GONE for record in Record.objects.of_kind("project")}
    apply_documents([], reason="Anew.", by="a test", withdraw=back) if back else None
    apply_documents(start, reason="Made.", by="a test")
    for step in before:
        take(step)
    former = live()
    for step in after:
        take(step)
    now = live()
    assert plains(as_of(now.revision)) == plains(read(Record.objects.texts()))
    made_of = State(applied(former.documents, changes_between(former.revision, now.revision)))
    assert dict(document_files(made_of)) == dict(document_files(now))


@pytest.mark.usefixtures("empty_database")
def test_a_source_that_is_marked_takes_along_what_was_not_changed_itself() -> None:
    apply_documents([source("open"), source("closed"), trial("a"), trial("c", "closed")], reason="Made.", by="a test")
    first = Revision.objects.current()
    apply_documents([source("closed", redistribution="forbidden")], reason="Told.", by="a test")
    second = Revision.objects.current()
    gone = {one.pid for one in changes_between(first, second) if one.document is None}
    assert gone == {source("closed").id, trial("c").id}
    back = {one.document.slug for one in changes_between(second, first) if one.document}
    assert back == {"closed", "c"}
    assert changes_between(second, second) == []
    again = State(applied(as_of(first), changes_between(first, second)))
    assert identity_of(canonical_files(again, "2026.2")) == identity_of(canonical_files(live(), "2026.2"))


def test_a_rename_is_a_change_of_the_same_record_and_every_path_is_told() -> None:
    old, new = trial("a"), trial("a", called="b", summary="Other words.")
    (one,) = compared(plains({old.id: old}), plains({new.id: new})).records
    assert (one.what, one.slug, one.renamed_from) == ("changed", "b", "a")
    assert ("slug", "changed") in one.paths
    assert ("summary", "changed") in one.paths
    assert released({old.id: old}) == ({old.id: old}, {})
