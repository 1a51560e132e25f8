"""The only way to write public corrections: receive one, answer it, or make a proposal of it."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from v2xkb.curation import notifying
from v2xkb.curation.choices import Answer, Stage, Way
from v2xkb.curation.correction_forms import Seen
from v2xkb.curation.correction_models import Correction
from v2xkb.curation.people import REVIEW
from v2xkb.curation.proposals import Draft, comment, propose
from v2xkb.curation.secret_codes import hash_of, new_secret
from v2xkb.curation.states import Refused
from v2xkb.records.models import Record

MOST_OF_AN_ANSWER = 5000


@transaction.atomic
def receive(seen: Seen, text: str, source: str, email: str, language: str) -> str:
    """Keep what a reader suggests; returns the secret by which the sender follows it, which is kept nowhere."""
    secret = new_secret()
    correction = Correction.objects.create(
        pid=seen.pid,
        kind=seen.kind,
        path=seen.path,
        version=seen.version,
        label=seen.label,
        shown=seen.shown,
        text=text,
        source=source,
        email=email,
        language=language,
        secret_hash=hash_of(secret),
    )
    notifying.announce_correction(correction)
    return secret


@transaction.atomic
def make_proposal(correction_id: int, by: Any) -> Correction:
    """A draft that holds the record, with the suggestion as a comment at its path; the curator makes the change."""
    correction = _to_answer(correction_id)
    record = Record.objects.with_pids([correction.pid]).first()
    if record is None:
        raise Refused("The record was withdrawn since, so there is nothing to change. Decline, and say so.")
    reason = f"A reader suggested a correction of {correction.path}."
    proposal = propose(by, reason, [Draft(record.kind, record.pid, record.data)], way=Way.CORRECTION)
    comment(proposal.pk, suggestion(correction), by, record.pid, correction.path)
    correction.proposal, correction.told_at = proposal, None
    correction.outcome, correction.answer, correction.answered_by, correction.answered_at = "", "", None, None
    correction.save()
    return correction


@transaction.atomic
def decline(correction_id: int, answer: str, by: Any) -> Correction:
    """Change nothing, and tell the sender why."""
    if not answer.strip():
        raise Refused("Say why, so that the sender understands it: write it into the answer.")
    return _answer(correction_id, Answer.DECLINED, answer, by)


@transaction.atomic
def already_right(correction_id: int, answer: str, by: Any) -> Correction:
    """The record says by now what the sender says."""
    return _answer(correction_id, Answer.ALREADY_RIGHT, answer, by)


@transaction.atomic
def reopen(correction_id: int, by: Any) -> Correction:
    """Take an answer back: the correction waits again, or follows its proposal."""
    _require_review(by)
    correction = Correction.objects.locked(correction_id)
    if not correction.outcome:
        raise Refused("Nobody has answered this correction, so there is no answer to take back.")
    correction.outcome, correction.answer, correction.answered_by, correction.answered_at = "", "", None, None
    correction.told_at = None
    correction.save()
    return correction


def forget_email(correction: Correction) -> None:
    Correction.objects.of_keys([correction.pk]).forget_emails()


def suggestion(correction: Correction) -> str:
    """What the sender wrote, as a comment; never who they are."""
    shown = correction.shown or "not reported"
    saw = f"A reader saw “{shown}” (version {correction.version}) and writes:"
    return f"{saw}\n{correction.text}\n\nSource: {correction.source}"


def _answer(correction_id: int, outcome: Answer, answer: str, by: Any) -> Correction:
    _require_review(by)
    if "\x00" in answer:
        raise Refused("The answer holds a NUL character: remove it.")
    if len(answer) > MOST_OF_AN_ANSWER:
        raise Refused(f"The answer has {len(answer):,} characters, and at most {MOST_OF_AN_ANSWER:,} fit: shorten it.")
    correction = _to_answer(correction_id)
    correction.outcome, correction.answer = outcome, answer.strip()
    correction.answered_by, correction.answered_at = by, timezone.now()
    correction.save()
    notifying.announce_outcome(correction)
    return correction


def _to_answer(correction_id: int) -> Correction:
    correction = Correction.objects.locked(correction_id)
    if correction.stage == Stage.IN_WORK:
        raise Refused(f"A proposal was made of this correction already, and waits: {correction.proposal}.")
    if correction.outcome or correction.stage == Stage.ACCEPTED:
        raise Refused(f"This correction is “{correction.stage.label}” already. Reopen it first.")
    return correction


def _require_review(by: Any) -> None:
    if not (by.is_active and by.has_perm(REVIEW)):
        raise Refused("Your role does not include answering. An administrator can change your role.")
