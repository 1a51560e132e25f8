"""What waits for a curator, queue by queue: for the weekly digest and the private feed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from v2xkb.curation.models import Correction, Proposal
from v2xkb.curation.people import PROPOSE, PUBLISH, REVIEW

# A feed names no more of each backlog; the digest counts all.
MOST_NAMED = 50


@dataclass(frozen=True)
class Work:
    """One piece of work: `key` tells it from all others, `address` is a path of this site."""

    key: str
    title: str
    address: str
    since: datetime


@dataclass(frozen=True)
class Backlog:
    """Work of one sort, what waits longest first, and how much there is in all."""

    name: str
    total: int
    oldest: list[Work]


def backlogs_of(user: Any) -> list[Backlog]:
    """Those that hold anything for a person."""
    return [backlog for backlog in _backlogs(user) if backlog.total]


def _backlogs(user: Any) -> Iterator[Backlog]:
    if user.has_perm(PROPOSE):
        yield _proposals("sent back to you for changes", Proposal.objects.sent_back_to(user))
    if user.has_perm(REVIEW):
        rows = Proposal.objects.to_review_by(user, four_eyes=settings.FOUR_EYES)
        yield _proposals("to review", rows)
        yield _corrections("corrections by readers to answer", Correction.objects.waiting())
    if user.has_perm(PUBLISH):
        yield _proposals("approved, to apply", Proposal.objects.to_apply())


def _proposals(name: str, rows: Any) -> Backlog:
    found = rows.distinct()
    oldest = [
        Work(
            f"proposal/{one.pk}/{one.state}", f"Proposal {one.pk}: {one.reason}", one.get_absolute_url(), one.changed_at
        )
        for one in found[:MOST_NAMED]
    ]
    return Backlog(name, found.count(), oldest)


def _corrections(name: str, rows: Any) -> Backlog:
    oldest = [
        Work(str(one), f"Correction of {one.label}: {one.path}", one.get_absolute_url(), one.received_at)
        for one in rows[:MOST_NAMED]
    ]
    return Backlog(name, rows.count(), oldest)


def work_address() -> str:
    """The page from which a curator reaches all queues."""
    return reverse("admin:index")
