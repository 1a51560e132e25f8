"""A person is erased without a hole in history: what they did stays, their name, address and ways in go."""

import re
from collections.abc import Iterable
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import AbstractUser
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from v2xkb.accounts.lockout import forget_failures
from v2xkb.accounts.models import AuditEntry
from v2xkb.curation.models import Event, Proposal
from v2xkb.curation.people import ERASED, erased_name
from v2xkb.records.apply import lock_writers, note_change
from v2xkb.records.models import Revision


@transaction.atomic
def erase(user: AbstractUser) -> None:
    """Takes a person out of the database; proposals, reviews and versions stay, done by nobody in particular.

    Goes: user name, names, e-mail and password; roles and rights; sessions; whatever would go with the account, such
    as tokens of scripts; the name under every version they signed; their full name and e-mail in reasons and notes.
    """
    # As every application takes them: a proposal of theirs is applied before or after, not meanwhile.
    lock_writers()
    for proposal in user.proposals.signed_in_public():  # type: ignore[attr-defined]
        Revision.objects.sign_anew(proposal.revision_id, ERASED)
    for words in filter(None, (user.email, _full_name(user))):
        _replace(Proposal.objects.giving_reasons_with(words), "reason", words)
        _replace(Revision.objects.giving_reasons_with(words), "reason", words)
        _replace(Event.objects.with_notes_holding(words), "note", words)
    _delete_what_is_theirs(user)
    forget_failures(user.get_username())
    AuditEntry.objects.forget_addresses_of(user)
    user.groups.clear()
    user.user_permissions.clear()
    user.username, user.first_name, user.last_name, user.email = erased_name(user), "", "", ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.last_login = None
    user.set_unusable_password()
    user.save()
    # What was kept of replies may show the name.
    note_change("A person was erased.", ERASED)
    # How the admin's log calls the account; what else it says names no values.
    account = ContentType.objects.get_for_model(user)
    LogEntry.objects.filter(content_type=account, object_id=str(user.pk)).update(object_repr=user.username)


def _full_name(user: AbstractUser) -> str:
    """A single name may be a word like any other, and is left where it stands."""
    return user.get_full_name() if user.first_name and user.last_name else ""


def _replace(rows: Iterable[Any], field: str, words: str) -> None:
    whole = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    for row in rows:
        setattr(row, field, whole.sub(ERASED, getattr(row, field)))
        row.save(update_fields=[field])


def _delete_what_is_theirs(user: AbstractUser) -> None:
    """Rows that would be deleted with the account; what must outlive it is protected from that, and stays."""
    for relation in user._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel) or relation.on_delete is not models.CASCADE:
            continue
        if relation.related_model is not LogEntry:
            relation.related_model._base_manager.filter(**{relation.field.name: user}).delete()
