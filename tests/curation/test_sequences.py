"""Whatever curators do, in whatever order: what is live is what was applied last, and every version can come back."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tests.curation.people import draft, person
from tests.records import made
from v2xkb.curation.choices import Action, State
from v2xkb.curation.models import Proposal, ProposedDocument
from v2xkb.curation.proposals import Draft, act, bring_up_to_date, keep, propose
from v2xkb.curation.rebasing import MovedOn, rebase
from v2xkb.curation.states import Refused
from v2xkb.records.doctor import examine
from v2xkb.records.merging import Side
from v2xkb.records.models import Record, Version
from v2xkb.records.problems import InvalidDocuments

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_database")]
NAMES = ("one", "two")
WORDS = ("red", "green", "blue")
OPERATIONS = (
    "begin",
    "edit",
    "rename",
    "withdraw",
    "merge",
    "revert",
    "submit",
    "approve",
    "apply",
    "rebase",
    "publish",
)


@contextmanager
def undone() -> Iterator[None]:
    """What happens within leaves no trace."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Team:
    """An author and a publisher at work on two organisations; steps that are refused change nothing."""

    def __init__(self, author: User, publisher: User, choose: Callable[[Any], Any]) -> None:
        self.author, self.publisher, self.choose = author, publisher, choose
        self.pids = [made.data("organisation", name)["id"] for name in NAMES]
        self.ever: dict[tuple[str, int], str] = {}
        self.expected: dict[str, str] = {}

    def work(self, operation: str) -> None:
        with suppress(Refused, InvalidDocuments, MovedOn):
            getattr(self, operation)()

    def proposals(self) -> Any:
        return list(Proposal.objects.open().order_by("pk"))

    def pick(self) -> Proposal:
        found = self.proposals()
        return self.choose(st.sampled_from(found)) if found else propose(self.author, "Why", [self.some()])

    def some(self) -> Draft:
        position = self.choose(st.sampled_from([0, 1]))
        record = Record.objects.with_pids([self.pids[position]]).first()
        data = record.data if record else organisation(NAMES[position])
        field = self.choose(st.sampled_from(["name", "full_name"]))
        return draft(based({**data, field: self.choose(st.sampled_from(WORDS))}))

    def begin(self) -> None:
        propose(self.author, "Why", [self.some()])

    def edit(self) -> None:
        keep(self.pick().pk, [self.some()], self.author)

    def rename(self) -> None:
        data = dict(self.some().data or {})
        keep(self.pick().pk, [draft({**data, "slug": self.choose(st.sampled_from([*NAMES, "three"]))})], self.author)

    def withdraw(self) -> None:
        keep(self.pick().pk, [Draft("organisation", self.choose(st.sampled_from(self.pids)), None)], self.author)

    def merge(self) -> None:
        gone, stays = self.choose(st.permutations(self.pids))
        keep(self.pick().pk, [Draft("organisation", gone, None, stays)], self.author)

    def revert(self) -> None:
        versions = list(Version.objects.in_order())
        if versions:
            version = self.choose(st.sampled_from(versions))
            data = json.loads(version.document) if version.document else None
            propose(self.author, "Back", [Draft("organisation", version.pid, data)])

    def submit(self) -> None:
        act(self.pick().pk, Action.SUBMIT, self.author)

    def approve(self) -> None:
        act(self.pick().pk, Action.APPROVE, self.publisher)

    def rebase(self) -> None:
        proposal = self.pick()
        choices = {
            one.document.pid: {found.path: self.choose(st.sampled_from(Side)) for found in one.collisions}
            for one in rebase(proposal)
        }
        bring_up_to_date(proposal.pk, self.author, choices)

    def publish(self) -> None:
        """All that is left to do to a proposal, collisions settled for its own side."""
        proposal = self.pick()
        with suppress(Refused):
            act(proposal.pk, Action.SUBMIT, self.author)
        ours = {one.document.pid: {found.path: Side.OURS for found in one.collisions} for one in rebase(proposal)}
        bring_up_to_date(proposal.pk, self.author, ours)
        with suppress(Refused):
            act(proposal.pk, Action.APPROVE, self.publisher)
        self.apply(proposal)

    def apply(self, proposal: Proposal | None = None) -> None:
        proposal = proposal or self.pick()
        act(proposal.pk, Action.APPLY, self.publisher)
        for document in ProposedDocument.objects.of(proposal):
            self.expected[document.pid] = document.text

    def live(self) -> dict[str, str]:
        return {record.pid: record.document for record in Record.objects.all()}

    def check(self) -> None:
        """Live is what was applied last; no version is ever rewritten; derived tables agree."""
        assert self.live() == {pid: text for pid, text in self.expected.items() if text}
        versions = {(version.pid, version.number): version.document for version in Version.objects.all()}
        assert self.ever.items() <= versions.items()
        self.ever = versions

    def restore_all(self) -> None:
        """Every version that fits can be live again, byte for byte."""
        for (pid, _), text in self.ever.items():
            with undone(), suppress(InvalidDocuments, Refused):
                found = propose(self.author, "Back", [Draft("organisation", pid, json.loads(text) if text else None)])
                act(found.pk, Action.SUBMIT, self.author)
                act(found.pk, Action.APPROVE, self.publisher)
                assert act(found.pk, Action.APPLY, self.publisher).state == State.APPLIED
                assert self.live().get(pid, "") == text


def organisation(name: str) -> dict[str, Any]:
    return {**made.data("organisation", name), "name": name}


def based(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "basis": {name: [made.JUDGED] for name in ("full_name", "name") if name in data}}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(OPERATIONS), min_size=2, max_size=10), st.data())
def test_live_is_what_was_applied_last_after_any_sequence(operations: list[str], data: st.DataObject) -> None:
    with undone():
        team = Team(person("Contributor", "author"), person("Publisher", "publisher"), data.draw)
        for operation in operations:
            for step in (operation, "publish"):
                team.work(step)
                team.check()
        event(f"{Proposal.objects.filter(state=State.APPLIED).count()} applied")
        assert list(examine()) == []
        team.restore_all()
