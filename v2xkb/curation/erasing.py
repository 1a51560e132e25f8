"""A person is erased without a hole in history: what they did stays, their name, address and ways in go."""

import re

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import AbstractUser
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from v2xkb.accounts.lockout import forget_failures
from v2xkb.accounts.models import AuditEntry
from v2xkb.curation.models import Correction, DuplicateDecision, Event, Import, Proposal
from v2xkb.curation.people import ERASED, erased_name
from v2xkb.records.apply import lock_writers, note_change
from v2xkb.records.models import Revision

# Where curators write sentences of their own, which may name somebody; what readers wrote, and records, stay.
SENTENCES: tuple[tuple[type[models.Model], str], ...] = (
    (Proposal, "reason"),
    (Import, "reason"),
    (Revision, "reason"),
    (Event, "note"),
    (DuplicateDecision, "reason"),
    (Correction, "answer"),
)


@transaction.atomic
def erase(user: AbstractUser) -> None:
    """Takes a person out of the database; proposals, reviews and versions stay, done by nobody in particular.

    Goes: user name, names, e-mail and password; roles and rights; sessions; whatever would go with the account, such
    as tokens of scripts; the name under every version they signed; their full name and e-mail in SENTENCES. Whatever
    else is signed with no key of its person beside it is signed by role.
    """
    # As every application takes them: a proposal of theirs is applied before or after, not meanwhile.
    lock_writers()
    for proposal in user.proposals.signed_in_public():  # type: ignore[attr-defined]
        Revision.objects.sign_anew(proposal.revision_id, ERASED)
    _take_out_of_sentences(user)
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


def _take_out_of_sentences(user: AbstractUser) -> None:
    """E-mail addresses are the same in whatever capitals; a single name may be a word like any other, and is left."""
    # Addresses first: one may begin or end with the name.
    ways = [f"(?i:{re.escape(user.email)})"] if user.email else []
    if user.first_name and user.last_name:
        ways.append(re.escape(user.get_full_name()))
    if not ways:
        return
    whole = re.compile(rf"(?<!\w)(?:{'|'.join(ways)})(?!\w)")
    for model, field in SENTENCES:
        # All are read, as each database has its own idea of what letters are the same.
        filled = model._base_manager.exclude(**{field: ""}).values_list("pk", field).iterator()
        for pk, text in [(pk, text) for pk, text in filled if whole.search(text)]:
            model._base_manager.filter(pk=pk).update(**{field: whole.sub(ERASED, text)})


def _delete_what_is_theirs(user: AbstractUser) -> None:
    """Rows that would be deleted with the account; what must outlive it is protected from that, and stays."""
    for relation in user._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel) or relation.on_delete is not models.CASCADE:
            continue
        if relation.related_model is not LogEntry:
            relation.related_model._base_manager.filter(**{relation.field.name: user}).delete()
