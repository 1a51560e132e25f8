"""Releases of before are signed anew by what upgrades a database; what they hold stays."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps as present
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from v2xkb.records.apply import note_change
from v2xkb.records.models import Revision
from v2xkb.releases.contents import ReleaseState
from v2xkb.releases.models import Release

pytestmark = pytest.mark.django_db

MIGRATION = ("releases", "0002_signed_by_role")


def upgrade() -> None:
    """With the models of that time, and no more of them than it depends on."""
    apps: Any = MigrationLoader(connection).project_state(MIGRATION, at_end=False).apps
    import_module(".".join(("v2xkb", MIGRATION[0], "migrations", MIGRATION[1]))).sign_by_role(apps, None)


def made(version: str, by: str, asked: User | None = None) -> int:
    release = Release.objects.create(version=version, by=by, state=ReleaseState.MADE, identity="0f" * 32)
    if asked:
        LogEntry.objects.create(
            user=asked,
            content_type=ContentType.objects.get_for_model(present.get_model("releases.Release")),
            object_id=str(release.pk),
            object_repr=version,
            action_flag=ADDITION,
        )
    return note_change(f"Release {version} was made.", by).number


def signed(version: str, revision: int) -> set[str]:
    return {Release.objects.get(version=version).by, Revision.objects.get(number=revision).by}


def test_a_release_that_a_person_signed_is_signed_by_role_and_nothing_else_changes() -> None:
    person = User.objects.create_user("zenobia", first_name="Zenobia", last_name="Palmyra")
    erased = User.objects.create_user("erased-7", is_active=False)
    by_name, by_user_name = made("2031.1", "Zenobia Palmyra", person), made("2031.2", "zenobia")
    of_one_erased = made("2031.3", "Of Old", erased)
    at_the_shell, team = made("2031.4", "the operator", person), made("2031.5", "the team")
    other = note_change("Release 2031.1 was looked at.", "Zenobia Palmyra").number
    before = list(Release.objects.order_by("pk").values_list("pk", "version", "state", "identity", "asked_at"))
    upgrade()
    assert signed("2031.1", by_name) == {"a publisher"}
    assert signed("2031.2", by_user_name) == {"a publisher"}
    assert signed("2031.3", of_one_erased) == {"a publisher"}
    assert signed("2031.4", at_the_shell) == {"the operator"}
    assert signed("2031.5", team) == {"the team"}
    assert Revision.objects.get(number=other).by == "Zenobia Palmyra"
    assert list(Release.objects.order_by("pk").values_list("pk", "version", "state", "identity", "asked_at")) == before
