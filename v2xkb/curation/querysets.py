"""Every query of curation, named by its use."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q

from v2xkb.curation.choices import IN_WORK, OPEN, Action, State
from v2xkb.numbers import LARGEST_KEY, whole_number_in
from v2xkb.records.chunking import chunks
from v2xkb.records.models import Record, Version

if TYPE_CHECKING:
    from v2xkb.curation.models import Event, Proposal, ProposedDocument

SPOKEN = (Action.ASK, Action.REJECT, Action.COMMENT)
# Of a large import's new records, the latest are offered to links.
MOST_OFFERED = 500


class ProposalQuerySet(models.QuerySet[Any]):
    def locked(self, pk: int) -> "Proposal":
        """One proposal that nobody else changes until the transaction ends."""
        return self.select_for_update(of=("self",)).get(pk=pk)

    def for_list(self) -> Self:
        """With what a line about each shows."""
        return self.select_related("author").annotate(records=Count("documents", distinct=True))

    def visible_to(self, user: Any, *, reviews: bool) -> Self:
        """All for a reviewer, their own for others."""
        return self if reviews else self.filter(author=user)

    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def in_work_of(self, user: Any) -> Self:
        """What a person has not handed in, or got back."""
        return self.filter(author=user, state__in=IN_WORK).order_by("-changed_at", "-pk")

    def sent_back_to(self, user: Any) -> Self:
        """What reviewers asked a person to change, what waits longest first."""
        return self.filter(author=user, state=State.CHANGES_REQUESTED).order_by("changed_at", "pk")

    def to_review_by(self, user: Any, *, four_eyes: bool) -> Self:
        """What waits for a review that this person may give, what waits longest first."""
        waiting = self.filter(state=State.SUBMITTED).order_by("changed_at", "pk")
        return waiting.not_written_by(user) if four_eyes else waiting

    def besides(self, pk: str) -> Self:
        """Without the one of this number; anything else is no number of any."""
        number = whole_number_in(pk, LARGEST_KEY)
        return self if number is None else self.exclude(pk=number)

    def not_written_by(self, user: Any) -> Self:
        settled = self.model.objects.filter(events__action=Action.REBASE, events__by=user).values("pk")
        return self.exclude(author=user).exclude(documents__versions__by=user).exclude(pk__in=settled)

    def signed_in_public(self) -> Self:
        return self.filter(revision__isnull=False)

    def to_apply(self) -> Self:
        return self.filter(state=State.APPROVED).order_by("changed_at", "pk")

    def touching_any(self, pids: list[str]) -> Self:
        """Open proposals that hold one of these records."""
        return self.open().filter(documents__pid__in=pids).distinct()


class ProposedDocumentQuerySet(models.QuerySet[Any]):
    def of(self, proposal: "Proposal") -> Self:
        return self.filter(proposal=proposal).order_by("pk")

    def without_texts(self, proposal: "Proposal") -> Self:
        """The records of a proposal by their names."""
        return self.of(proposal).defer("text")

    def called(self, pid: str) -> Self:
        return self.filter(pid=pid)

    def moved_on(self) -> Self:
        """Documents whose record has another live version by now than the one they were made from."""
        live = Record.objects.filter(pid=OuterRef("pid"))
        same = live.filter(version=OuterRef("base"))
        return self.filter(Q(base=0) & Exists(live) | ~Q(base=0) & ~Exists(same))

    def with_something_to_do(self) -> Self:
        """Documents that differ from the version they were made from, or withdraw it."""
        same = Version.objects.filter(pid=OuterRef("pid"), number=OuterRef("base"), document=OuterRef("text"))
        return self.exclude(Q(base__gt=0) & ~Q(text="") & Exists(same))

    def live_versions(self, pids: list[str]) -> dict[str, int]:
        """Permanent id -> number of the live version; what is not live is missing."""
        found: dict[str, int] = {}
        for chunk in chunks(pids):
            found |= dict(Record.objects.with_pids(chunk).values_list("pid", "version"))
        return found

    def writers(self, proposal: "Proposal") -> set[int]:
        """Keys of everybody who ever saved a draft in it."""
        return set(self.of(proposal).values_list("versions__by", flat=True)) - {None}

    def new_in_open_proposals(self, kind: str) -> Self:
        """Records of a kind that are not live yet, with their proposals."""
        return self.filter(kind=kind, base=0, proposal__state__in=OPEN).select_related("proposal").order_by("pk")

    def for_editor(self, proposal_id: int, pid: str) -> Self:
        return self.filter(proposal=proposal_id, pid=pid).select_related("proposal__author")

    def linkable(self, proposal_id: int, texts: Iterable[str]) -> Self:
        """What links of a proposal's drafts can lead to: records it holds by these slugs or ids, and its new ones."""
        held = self.filter(proposal=proposal_id).exclude(text="")
        texts = list(texts)
        return held.filter(Q(base=0) | Q(slug__in=texts) | Q(pid__in=texts)).order_by("-pk")[:MOST_OFFERED]

    def new_of_kind(self, proposal_id: int, kind: str) -> Self:
        """Records of a kind that a proposal makes, the latest first."""
        return self.filter(proposal=proposal_id, kind=kind, base=0).exclude(text="").order_by("-pk")[:MOST_OFFERED]

    def naming(self, document: "ProposedDocument", text: str) -> Self:
        """The other drafts of its proposal that hold a text."""
        return self.filter(proposal=document.proposal_id, text__contains=text).exclude(pk=document.pk)

    def in_work_of(self, user: Any, pid: str) -> Self:
        """A person's own drafts of a record."""
        mine = self.filter(pid=pid, proposal__author=user, proposal__state__in=IN_WORK)
        return mine.select_related("proposal").order_by("-proposal__changed_at")


class DraftVersionQuerySet(models.QuerySet[Any]):
    def text_of(self, document: "ProposedDocument", number: int) -> str:
        """The text of one draft; empty where there is none of this number."""
        return self.filter(document=document, number=number).values_list("text", flat=True).first() or ""

    def texts_of(self, pid: str) -> list[str]:
        """The texts of all drafts of a record, in whatever proposal."""
        return list(self.filter(document__pid=pid).values_list("text", flat=True))


class EventQuerySet(models.QuerySet[Any]):
    def settling(self, proposal: Any) -> Self:
        """What brought a proposal up to date: whoever did that wrote part of it."""
        return self.filter(proposal=proposal, action=Action.REBASE)

    def for_mail(self, pk: int) -> "Event | None":
        return self.filter(pk=pk).select_related("proposal__author", "by").first()

    def who_spoke(self, proposal: "Proposal") -> set[int]:
        """Keys of those who asked for changes of a proposal or commented on it."""
        return set(self.filter(proposal=proposal, action__in=SPOKEN).values_list("by", flat=True))

    def newest(self, proposal: "Proposal", action: Action) -> "Event | None":
        return self.filter(proposal=proposal, action=action).order_by("-at", "-pk").select_related("by").first()

    def for_history(self, proposal: "Proposal") -> Self:
        return self.filter(proposal=proposal).select_related("by").order_by("at", "pk")

    def comments(self, proposal: "Proposal") -> Self:
        return self.for_history(proposal).exclude(note="").annotate(place=F("path"))
