"""Notes what is done to accounts, whoever does it: a page, a command or a shell."""

from typing import Any

from django.contrib.auth.models import Group, User
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models.signals import m2m_changed, post_init, post_save

from v2xkb.accounts.audit import note
from v2xkb.accounts.choices import Happening
from v2xkb.accounts.second_factor import HOW

DONE = {"post_add": "given", "post_remove": "taken", "pre_clear": "taken"}
FLAGS = {"is_active": "active", "is_staff": "staff", "is_superuser": "superuser"}


def connect() -> None:
    user_logged_in.connect(signed_in)
    user_logged_out.connect(signed_out)
    post_init.connect(remember_flags, sender=User)
    post_save.connect(flags_changed, sender=User)
    m2m_changed.connect(rights_changed, sender=User.groups.through)
    m2m_changed.connect(rights_changed, sender=User.user_permissions.through)
    m2m_changed.connect(rights_changed, sender=Group.permissions.through)


def signed_in(sender: Any, request: Any, user: Any, **rest: Any) -> None:
    note(Happening.SIGNED_IN, user, by=user, request=request, detail=getattr(user, HOW, ""))


def signed_out(sender: Any, request: Any, user: Any, **rest: Any) -> None:
    if user is not None:
        note(Happening.SIGNED_OUT, user, by=user, request=request)


def flags_of(user: User) -> dict[str, bool]:
    return {word: user.__dict__[field] for field, word in FLAGS.items() if field in user.__dict__}


def remember_flags(sender: Any, instance: User, **rest: Any) -> None:
    instance.flags_before = flags_of(instance) if instance.pk else {}  # type: ignore[attr-defined]


def flags_changed(sender: Any, instance: User, created: bool, raw: bool = False, **rest: Any) -> None:
    before, now = getattr(instance, "flags_before", {}), flags_of(instance)
    usual = {"active": True, "staff": False, "superuser": False}
    changed = {word: is_so for word, is_so in now.items() if is_so != before.get(word, usual[word])}
    instance.flags_before = now  # type: ignore[attr-defined]
    if changed and not raw:
        detail = ", ".join(f"{word} {'given' if is_so else 'taken'}" for word, is_so in changed.items())
        note(Happening.RIGHTS, instance, detail=detail)


def rights_changed(sender: Any, instance: Any, action: str, model: Any, pk_set: Any, **rest: Any) -> None:
    """Roles of a person, or of a role's people; rights of a person or a role."""
    done = DONE.get(action)
    if done is None or (pk_set is not None and not pk_set):
        return
    named = model._default_manager.in_bulk(pk_set) if pk_set is not None else {}
    if model is User:
        for user in named.values():
            note(Happening.RIGHTS, user, detail=f"{instance} {done}")
        return
    what = ", ".join(sorted(str(one) for one in named.values())) or "all"
    whom = "" if isinstance(instance, User) else f"role {instance}: "
    note(Happening.RIGHTS, instance if isinstance(instance, User) else None, detail=f"{whom}{what} {done}")
