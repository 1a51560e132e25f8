"""What mails say: one sentence, what it is about, and a link; never who wrote a correction or what was said inside."""

import logging
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from v2xkb.curation.choices import Action, Stage
from v2xkb.curation.models import Correction, Event, ProposedDocument
from v2xkb.curation.waiting import Backlog, work_address
from v2xkb.records.models import Record

MOST_RECORDS = 10
SUBJECTS = {
    Action.SUBMIT: "Proposal {number} waits for review",
    Action.REBASE: "Proposal {number} waits for review again",
    Action.APPROVE: "Proposal {number} is approved and can be applied",
    Action.ASK: "Proposal {number}: changes are asked for",
    Action.REJECT: "Proposal {number} was rejected",
    Action.APPLY: "Proposal {number} is live",
    Action.COMMENT: "Proposal {number} has a new comment",
}
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    """A plain mail to one address."""

    to: str
    subject: str
    body: str


def of_event(event: Event, person: Any) -> Letter:
    proposal = event.proposal
    subject = SUBJECTS[Action(event.action)].format(number=proposal.pk)
    documents = ProposedDocument.objects.of(proposal)
    named = [str(document) for document in documents[:MOST_RECORDS]]
    more = documents.count() - len(named)
    about = ", ".join(named) + (f" and {more} more" if more else "")
    parts = [f"{subject}.", f"Reason given: {proposal.reason}", f"Records: {about}"]
    return to_curator(person, subject, parts, proposal.get_absolute_url())


def of_correction(correction: Correction, person: Any) -> Letter:
    subject = "A reader suggests a correction"
    parts = [f"{subject} of {correction.label}, at {correction.path}."]
    return to_curator(person, subject, parts, correction.get_absolute_url())


def of_digest(backlogs: list[Backlog], person: Any) -> Letter:
    lines = []
    for backlog in backlogs:
        first = backlog.oldest[0]
        lines.append(f"- {backlog.name}: {backlog.total}. The oldest, since {first.since:%Y-%m-%d}: {first.title}")
    return to_curator(person, "What waits for you", ["What waits for you:", "\n".join(lines)], work_address())


def to_curator(person: Any, subject: str, parts: list[str], address: str) -> Letter:
    choice = absolute(reverse("admin:curation_notificationchoice_changelist"))
    body = [*parts, absolute(address), f"Choose what you are told, and how: {choice}" if choice else ""]
    return Letter(person.email, f"[v2xkb] {one_line(subject)}", joined(body))


def of_outcome(correction: Correction) -> Letter:
    """What became of a correction, in the language in which it was sent; without the secret, which nobody knows."""
    with translation.override(correction.language):
        told = {
            Stage.ACCEPTED: _("Thank you: a change was made from what you suggested, and is live."),
            Stage.DECLINED: _("What you suggested was read and not taken over."),
            Stage.ALREADY_RIGHT: _("Thank you: the record already says what you suggested."),
        }[correction.stage]
        about = _("You suggested a correction of “{name}”.").format(name=correction.label)
        record = Record.objects.with_pids([correction.pid]).first()
        answer = _("Answer: {text}").format(text=correction.answer) if correction.answer else ""
        days = settings.KEEP_EMAILS_DAYS
        forgotten = ngettext(
            "Your e-mail address is deleted {days} day after this.",
            "Your e-mail address is deleted {days} days after this.",
            days,
        ).format(days=days)
        address = absolute(record.get_absolute_url()) if record else ""
        subject = f"[v2xkb] {_('The outcome of the correction you suggested')}"
        return Letter(correction.email, subject, joined([about, told, answer, address, forgotten]))


def absolute(path: str) -> str:
    """A link to a page of this site; nothing where the site's own address is not known."""
    if not settings.SITE_ADDRESS:
        log.warning("SITE_ADDRESS is not set: mails go out without links. Set it to this site's address.")
        return ""
    return f"{settings.SITE_ADDRESS}{path}"


def joined(parts: list[str]) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


def one_line(text: str) -> str:
    return " ".join(text.split())
