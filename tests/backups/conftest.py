"""One backup of a small site with something in every table, for all tests that need one."""

from pathlib import Path
from typing import NamedTuple

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.backups import example
from v2xkb.backups.archive import Manifest
from v2xkb.backups.making import back_up
from v2xkb.releases.building import canonical_files
from v2xkb.releases.states import live
from v2xkb.releases.verifying import identity_of


class BackedUp(NamedTuple):
    """A backup, what a next release of the same records would be told by, and a token that the site doesn't keep."""

    file: Path
    manifest: Manifest
    identity: str
    token: str


@pytest.fixture(scope="session")
def backed_up(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> BackedUp:
    file = tmp_path_factory.mktemp("backups") / "example.zip"
    with django_db_blocker.unblock(), transaction.atomic():
        token = example.make()
        manifest = back_up(file)
        identity = next_identity()
        transaction.set_rollback(True)
    return BackedUp(file, manifest, identity, token)


def next_identity() -> str:
    """What the release would be told by that were made now."""
    return identity_of(canonical_files(live(), "2027.1"))
