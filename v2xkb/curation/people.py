"""Who may do what, how people are named in public, and how a person is erased without a hole in history."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction

from v2xkb.curation.choices import Signature
from v2xkb.curation.notification_models import NotificationChoice
from v2xkb.records.models import Revision

PROPOSE = "curation.propose"
REVIEW = "curation.review"
PUBLISH = "curation.publish"
ADMINISTER = "curation.administer"

# Group -> its rights. Migration 0002 makes the groups from a copy that stays as it was.
ROLES: Mapping[str, Iterable[str]] = {
    "Contributor": (PROPOSE,),
    "Editor": (PROPOSE, REVIEW),
    "Publisher": (PROPOSE, REVIEW, PUBLISH),
    "Administrator": (PROPOSE, REVIEW, PUBLISH, ADMINISTER),
}
ERASED = "a former contributor"


def role_of(user: Any) -> str:
    """The widest role whose rights a person has, as the public history names it."""
    held = [role for role, rights in ROLES.items() if user.has_perms(rights)]
    return held[-1].lower() if held else "contributor"


def signature(user: AbstractUser, signed: str) -> str:
    """How the public history names a person."""
    if signed == Signature.ROLE:
        role = role_of(user)
        return f"an {role}" if role[0] in "aeiou" else f"a {role}"
    return user.get_full_name() or user.get_username()


@transaction.atomic
def erase(user: AbstractUser) -> None:
    """Takes name, e-mail and password of a person away; what they did stays, signed by nobody in particular."""
    for proposal in user.proposals.signed_in_public():  # type: ignore[attr-defined]
        Revision.objects.sign_anew(proposal.revision_id, ERASED)
    NotificationChoice.objects.of([user.pk]).delete()
    user.groups.clear()
    user.user_permissions.clear()
    user.username, user.first_name, user.last_name, user.email = f"erased-{user.pk}", "", "", ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.set_unusable_password()
    user.save()
