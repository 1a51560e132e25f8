"""The queues of curation: what waits, for whom, and why it stands there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from v2xkb.curation.choices import OPEN
from v2xkb.curation.links import name_holders
from v2xkb.curation.models import Correction, DuplicateCandidate, DuplicateDecision, LinkCheck, Proposal
from v2xkb.curation.people import PROPOSE, PUBLISH, REVIEW
from v2xkb.curation.record_queues import few_facts, list_wide_bases, not_verified


@dataclass(frozen=True)
class Queue:
    """Rows that wait for somebody, counted and listed by the same query; `template` shows one row.

    `complete` gives the rows of one page what no query of theirs has.
    """

    name: str
    title: str
    about: str
    right: str
    rows: Callable[[Any], QuerySet[Any]]
    template: str
    complete: Callable[[Sequence[Any]], None] = lambda rows: None
    # What can be done about the queue itself, above its rows.
    above: str = ""


@dataclass(frozen=True)
class Waiting:
    """A queue and how much waits in it for one person."""

    queue: Queue
    count: int


def _waiting(queue: Queue, user: Any) -> Waiting:
    return Waiting(queue, queue.rows(user).count())


PROPOSALS, RECORDS = "curation/_queued_proposal.html", "curation/_queued_record.html"
_queues: dict[str, Queue] = {}


def register(queue: Queue) -> None:
    if queue.name in _queues:
        raise ValueError(f"the queue “{queue.name}” is registered twice")
    _queues[queue.name] = queue


def queues() -> Mapping[str, Queue]:
    return _queues


def waiting_for(user: Any) -> list[Waiting]:
    """Every queue that a person works on, with its count."""
    return [_waiting(queue, user) for queue in _queues.values() if user.has_perm(queue.right)]


register(
    Queue(
        "mine",
        "My drafts",
        "What you have begun and not handed in, or got back with questions.",
        PROPOSE,
        lambda user: Proposal.objects.in_work_of(user).for_list(),
        PROPOSALS,
    )
)
register(
    Queue(
        "review",
        "To review",
        "Handed in by others and read by nobody yet; what waits longest stands first.",
        REVIEW,
        lambda user: Proposal.objects.to_review_by(user, four_eyes=settings.FOUR_EYES).for_list(),
        PROPOSALS,
    )
)
register(
    Queue(
        "apply",
        "To apply",
        "Approved, and live only once somebody applies it.",
        PUBLISH,
        lambda user: Proposal.objects.to_apply().for_list(),
        PROPOSALS,
    )
)
register(
    Queue(
        "corrections",
        "Corrections by readers",
        "What readers say is wrong, and nobody has answered or made a proposal of.",
        PROPOSE,
        lambda user: Correction.objects.waiting(),
        "curation/_queued_correction.html",
    )
)
register(
    Queue(
        "not-verified",
        "Not verified for 24 months",
        "Records none of whose sources was read within the last 24 months, or of which nobody noted when they were "
        "read. A date known only to the year or the month counts as its last day.",
        PROPOSE,
        lambda user: not_verified(date.today()),
        RECORDS,
    )
)
register(
    Queue(
        "few-facts",
        "Few facts",
        "Projects of which little is known: fewer than ten of their values or lists have a basis of their own.",
        PROPOSE,
        lambda user: few_facts(),
        RECORDS,
    )
)
register(
    Queue(
        "list-wide-bases",
        "List-wide bases to split",
        "Records where one basis with several sources speaks for a whole list, so that nobody can tell which source "
        "says what of its parts.",
        PROPOSE,
        lambda user: list_wide_bases(),
        RECORDS,
    )
)
register(
    Queue(
        "dead-links",
        "Dead links",
        "Addresses of sources that failed three times in a row, or were “not found” or “gone” on two different days. "
        "They are asked only when an operator runs check_links.",
        PROPOSE,
        lambda user: LinkCheck.objects.dead(),
        "curation/_queued_link.html",
        complete=name_holders,
    )
)
register(
    Queue(
        "duplicates",
        "Possible duplicates",
        "Pairs of records that may be one thing collected twice, the likeliest first, each with what speaks for and "
        "against. Decided once, they are not asked about again.",
        REVIEW,
        lambda user: DuplicateCandidate.objects.to_decide(DuplicateDecision.objects.all()),
        "curation/_queued_duplicate.html",
        above="curation/_look_again.html",
    )
)
register(
    Queue(
        "to-merge",
        "The same, not merged",
        "Pairs decided to be one thing, of which both records are still live and no open proposal merges them.",
        REVIEW,
        lambda user: DuplicateDecision.objects.to_merge(OPEN),
        "curation/_queued_decision.html",
    )
)
