"""Who may do what, and how people are named in public."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import AbstractUser

from v2xkb.curation.choices import Signature

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
    if is_erased(user):
        return ERASED
    if signed == Signature.ROLE:
        role = role_of(user)
        return f"an {role}" if role[0] in "aeiou" else f"a {role}"
    return user.get_full_name() or user.get_username()


def erased_name(user: Any) -> str:
    """What stands in place of an erased person's user name."""
    return f"erased-{user.pk}"


def is_erased(user: Any) -> bool:
    return not user.is_active and user.get_username() == erased_name(user)
