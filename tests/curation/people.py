"""People of every role, and proposals at every stage, for tests of curation."""

from importlib import import_module
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, User

from tests.records import made
from v2xkb.curation.choices import Action
from v2xkb.curation.models import Proposal
from v2xkb.curation.people import ROLES
from v2xkb.curation.proposals import Draft, act, propose
from v2xkb.records.models import Record

ROLE_NAMES = tuple(ROLES)


def person(role: str | None, name: str = "") -> User:
    """An account with the rights of a role, or of none."""
    user = User.objects.create_user(name or f"a-{(role or 'stranger').lower()}", email=f"{name or role}@v2xkb.example")
    if role:
        if not Group.objects.filter(name=role).exists():
            # A test with real transactions has emptied the database, and what migrations wrote with it.
            import_module("v2xkb.curation.migrations.0002_roles").make_groups(apps, None)
        user.groups.add(Group.objects.get(name=role))
    return User.objects.get(pk=user.pk)


def draft(data: dict[str, Any]) -> Draft:
    return Draft(data["kind"], data["id"], data)


def changed(kind: str, slug: str, **values: Any) -> Draft:
    """A live record with other values."""
    return draft({**Record.objects.at(kind, slug).get().data, **values})


def new_project(slug: str = "made-project", **values: Any) -> Draft:
    return draft(made.project_data(slug, **values))


def submitted(author: User, *drafts: Draft) -> Proposal:
    proposal = propose(author, "To see it made.", drafts or [new_project()])
    return act(proposal.pk, Action.SUBMIT, author)


def approved(author: User, reviewer: User, *drafts: Draft) -> Proposal:
    return act(submitted(author, *drafts).pk, Action.APPROVE, reviewer)


def applied(author: User, reviewer: User, *drafts: Draft) -> Proposal:
    """Needs a reviewer who may publish."""
    return act(approved(author, reviewer, *drafts).pk, Action.APPLY, reviewer)
