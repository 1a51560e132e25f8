"""What waits for a curator, queue by queue: for the weekly digest and the private feed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from v2xkb.curation.models import Correction, Proposal
from v2xkb.curation.people import PROPOSE, PUBLISH, REVIEW

# A feed names no more of each queue; the digest counts all.
MOST_NAMED = 50


@dataclass(frozen=True)
class Waiting:
    """One piece of work: `key` tells it from all others, `address` is a path of this site."""

    key: str
    title: str
    address: str
    since: datetime


@dataclass(frozen=True)
class Queue:
    """Work of one sort, what waits longest first, and how much there is in all."""

    name: str
    total: int
    oldest: list[Waiting]


def queues_of(user: Any) -> list[Queue]:
    """The queues that hold anything for a person."""
    return [queue for queue in _queues(user) if queue.total]


def _queues(user: Any) -> Iterator[Queue]:
    if user.has_perm(PROPOSE):
        yield _proposals("sent back to you for changes", Proposal.objects.sent_back_to(user))
    if user.has_perm(REVIEW):
        rows = Proposal.objects.to_review_by(user, four_eyes=settings.FOUR_EYES)
        yield _proposals("to review", rows)
        yield _corrections("corrections by readers to answer", Correction.objects.waiting())
    if user.has_perm(PUBLISH):
        yield _proposals("approved, to apply", Proposal.objects.to_apply())


def _proposals(name: str, rows: Any) -> Queue:
    oldest = [
        Waiting(
            f"proposal/{row.pk}/{row.state}", f"Proposal {row.pk}: {row.reason}", row.get_absolute_url(), row.changed_at
        )
        for row in rows.distinct()[:MOST_NAMED]
    ]
    return Queue(name, rows.distinct().count(), oldest)


def _corrections(name: str, rows: Any) -> Queue:
    oldest = [
        Waiting(
            f"correction/{row.pk}", f"Correction of {row.label}: {row.path}", row.get_absolute_url(), row.received_at
        )
        for row in rows[:MOST_NAMED]
    ]
    return Queue(name, rows.count(), oldest)


def work_address() -> str:
    """The page from which a curator reaches all queues."""
    return reverse("admin:index")
