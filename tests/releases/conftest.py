"""One release of the whole knowledge base for all tests that only look at it."""

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests import snapshots
from tests.releases.standing import some_of
from v2xkb.records.models import Record
from v2xkb.releases.building import Built, build
from v2xkb.releases.states import State, live

VERSION = "2026.1"


@pytest.fixture(scope="session")
def state(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> State:
    with django_db_blocker.unblock():
        # A test with real transactions may have emptied the database, and may be the one before.
        if not Record.objects.exists():
            snapshots.put_back()
        return live()


@pytest.fixture(scope="session")
def built(state: State) -> Built:
    return build(state, VERSION, "The first release.")


@pytest.fixture(scope="session")
def some(state: State) -> State:
    """Few records, to be built again and again."""
    return some_of(state)
