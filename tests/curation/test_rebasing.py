"""Bringing a proposal up to date asks the database by pieces of it: all others wait while it is made live."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.curation.people import draft
from tests.records import made
from v2xkb.curation.models import Proposal
from v2xkb.curation.proposals import Draft, propose
from v2xkb.curation.rebasing import Rebased, rebase
from v2xkb.records.apply import GONE, apply_documents
from v2xkb.records.documents import Document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_database")]

FEW, MANY = 2, 20


def project(case: str, at: int, **values: object) -> Document:
    return made.project(f"{case}-{at}", **values)


def apply(*documents: Document, withdraw: dict[str, str] | None = None) -> None:
    apply_documents(documents, reason="test", by="tester", withdraw=withdraw)


def moved_on(author: User, every: range) -> Proposal:
    """A proposal of four documents for each number: the cases of what may have become of their records since."""
    apply(*(project(case, at) for case in ("changed", "left", "leaving") for at in every))
    ours = [draft(project(case, at, name="Ours").content()) for case in ("changed", "left", "new") for at in every]
    ours += [Draft("project", project("leaving", at).id, None) for at in every]
    proposal = propose(author, "Because.", ours)
    theirs = [project(case, at, summary="Theirs.") for case in ("changed", "leaving", "new") for at in every]
    apply(*theirs, withdraw={project("left", at).id: GONE for at in every})
    return proposal


def test_documents_that_moved_on_cost_no_query_each(author: User) -> None:
    def asked(every: range) -> int:
        proposal = moved_on(author, every)
        with CaptureQueriesContext(connection) as captured:
            assert len(rebase(proposal)) == 4 * len(every)
        return len(captured)

    assert asked(range(FEW, MANY)) == asked(range(FEW))


def test_each_document_is_made_anew_from_its_own_record(author: User) -> None:
    """What was proposed for one is never merged with what became live of another."""
    made_anew = {str(one.document): one for one in rebase(moved_on(author, range(FEW)))}
    check: dict[str, Callable[[Rebased], bool]] = {
        "changed": lambda one: one.base == 2 and not one.collisions,
        "left": lambda one: one.base == 0 and [found.path for found in one.collisions] == [""],
        "leaving": lambda one: one.base == 2 and [found.path for found in one.collisions] == [""],
        "new": lambda one: one.base == 1 and sorted(found.path for found in one.collisions) == ["name", "summary"],
    }
    assert sorted(made_anew) == sorted(f"project/{case}-{at}" for case in check for at in range(FEW))
    for name, one in made_anew.items():
        case, _, at = name.removeprefix("project/").partition("-")
        assert check[case](one), name
        for found in one.collisions:
            sides = [side for side in (found.base, found.ours, found.theirs) if isinstance(side, dict)]
            assert {side["id"] for side in sides if side} <= {project(case, int(at)).id}
        if case == "changed":
            assert one.text == one.document.text.replace("A trial.", "Theirs.")
