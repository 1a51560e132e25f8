"""Tells people by mail what waits for them: queued with the step itself, sent by the worker, never in its way."""

import logging
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from v2xkb.curation import letters
from v2xkb.curation.choices import Action, Stage, State, Told
from v2xkb.curation.models import Correction, Event, NotificationChoice, ProposedDocument
from v2xkb.curation.people import PROPOSE, PUBLISH, REVIEW
from v2xkb.curation.waiting import backlogs_of

# Work that is told of, and the state in which it still waits when a mail leaves.
WAITS_IN = {Action.SUBMIT: State.SUBMITTED, Action.REBASE: State.SUBMITTED, Action.APPROVE: State.APPROVED}
ANSWERS = frozenset({Action.ASK, Action.REJECT, Action.APPLY})
SETTLING = frozenset({Action.APPLY, Action.REJECT})
AT_ONCE = (Told.AT_ONCE,)
IN_DIGEST = (Told.AT_ONCE, Told.WEEKLY)
# How long after each failure a mail is tried again; after the last it is given up.
TRIED_AGAIN_AFTER = (timedelta(minutes=1), timedelta(minutes=15), timedelta(hours=2), timedelta(hours=12))
log = logging.getLogger(__name__)


def announce(event: Event) -> None:
    """Have those told whom an event concerns. What is queued here exists once the step is committed, or not at all."""
    if event.action in {*WAITS_IN, *ANSWERS, Action.COMMENT}:
        tell.enqueue(event.pk)


def announce_correction(correction: Correction) -> None:
    tell_of_correction.enqueue(correction.pk)


def announce_outcome(correction: Correction) -> None:
    if correction.email:
        mail_outcome.enqueue(correction.pk)


def announce_digest() -> int:
    """Queue a digest for everybody who wants one and for whom anything waits; returns for how many."""
    readers = NotificationChoice.objects.told(with_right(PROPOSE), how=IN_DIGEST)
    waiting = [person for person in readers if backlogs_of(person)]
    for person in waiting:
        mail_digest.enqueue(person.pk)
    return len(waiting)


def audience(event: Event) -> list[User]:
    """Whom an event concerns, its doer apart."""
    proposal, action = event.proposal, Action(event.action)
    writers = {proposal.author_id, *ProposedDocument.objects.writers(proposal)}
    if action == Action.APPROVE:
        people = with_right(PUBLISH)
    elif action in WAITS_IN:
        unseen = writers if settings.FOUR_EYES else set()
        people = [person for person in with_right(REVIEW) if person.pk not in unseen]
    elif action == Action.COMMENT:
        people = with_keys({proposal.author_id, *Event.objects.who_spoke(proposal)})
    else:
        people = with_keys({proposal.author_id})
    return [person for person in people if person.pk != event.by_id]


def with_right(right: str) -> list[User]:
    return list(User.objects.with_perm(right).order_by("pk"))


def with_keys(keys: Iterable[int]) -> list[User]:
    return list(User.objects.in_bulk(list(keys)).values())


@task()
def tell(event_pk: int) -> None:
    """One task for each mail, so that one that fails holds no other back; all are queued or none."""
    event = Event.objects.for_mail(event_pk)
    if event is None:
        return
    with transaction.atomic():
        for person in NotificationChoice.objects.told(audience(event), how=AT_ONCE):
            mail_event.enqueue(event.pk, person.pk)
        if event.action in SETTLING:
            for correction in Correction.objects.of_proposal(event.proposal_id).to_be_told():
                mail_outcome.enqueue(correction.pk)


@task()
def tell_of_correction(correction_pk: int) -> None:
    with transaction.atomic():
        for person in NotificationChoice.objects.told(with_right(REVIEW), how=AT_ONCE):
            mail_correction.enqueue(correction_pk, person.pk)


@task()
def mail_event(event_pk: int, person_pk: int, failures: int = 0) -> None:
    event, person = Event.objects.for_mail(event_pk), reader(person_pk)
    if event is None or person is None:
        return
    still = WAITS_IN.get(Action(event.action), event.proposal.state)
    if event.proposal.state == still and not sent(letters.of_event(event, person)):
        try_again(mail_event, failures, event_pk, person_pk)


@task()
def mail_correction(correction_pk: int, person_pk: int, failures: int = 0) -> None:
    correction, person = Correction.objects.with_proposal().of_keys([correction_pk]).first(), reader(person_pk)
    if correction is None or person is None or not correction.is_open:
        return
    if not sent(letters.of_correction(correction, person)):
        try_again(mail_correction, failures, correction_pk, person_pk)


@task()
def mail_digest(person_pk: int, failures: int = 0) -> None:
    person = reader(person_pk)
    backlogs = backlogs_of(person) if person else []
    if backlogs and not sent(letters.of_digest(backlogs, person)):
        try_again(mail_digest, failures, person_pk)


@task()
def mail_outcome(correction_pk: int, failures: int = 0) -> None:
    """To the sender of a correction, once for each outcome."""
    correction = Correction.objects.with_proposal().of_keys([correction_pk]).to_be_told().first()
    if correction is None or correction.stage in (Stage.RECEIVED, Stage.IN_WORK):
        return
    if sent(letters.of_outcome(correction)):
        Correction.objects.of_keys([correction_pk]).update(told_at=timezone.now())
    else:
        try_again(mail_outcome, failures, correction_pk)


def reader(person_pk: int) -> User | None:
    """A person who can still be written to."""
    person = User.objects.in_bulk([person_pk]).get(person_pk)
    return person if person and person.is_active and person.email else None


def sent(letter: letters.Letter) -> bool:
    """Whether a mail left; why not is logged without addresses, passwords or what a server echoes of them."""
    try:
        EmailMessage(letter.subject, letter.body, to=[letter.to]).send()
    except Exception as error:
        log.warning("A mail was not sent: %s %s", type(error).__name__, getattr(error, "smtp_code", ""))
        return False
    return True


def try_again(mail: Any, failures: int, *arguments: int) -> None:
    if failures >= len(TRIED_AGAIN_AFTER):
        log.error("%s %s was given up after %s attempts. Is EMAIL_URL right?", mail.name, arguments, failures + 1)
        return
    mail.using(run_after=timezone.now() + TRIED_AGAIN_AFTER[failures]).enqueue(*arguments, failures + 1)
