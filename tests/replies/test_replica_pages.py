"""Everything public is read from one database: where that is a replica, no page asks the primary anything."""

from collections.abc import Iterator

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from pytest_django.plugin import DjangoDbBlocker

from tests import snapshots
from tests.browser.walk import ADDRESSES
from tests.site.walk import by_page
from tests.test_documentation import EXAMPLES
from v2xkb.records import replica
from v2xkb.records.keyed import declared
from v2xkb.records.keyed_replies import UNKEYED, view_at
from v2xkb.records.models import Record


@pytest.fixture
def second_name(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """The database under test is its own replica. Without Django's own fixture, which would allow no second name."""
    monkeypatch.setattr(replica, "presence", replica.Presence())
    monkeypatch.setitem(connections.settings, replica.REPLICA, connections.settings[DEFAULT_DB_ALIAS])
    with django_db_blocker.unblock():
        if not Record.objects.exists():
            snapshots.put_back()
        yield
        connections[replica.REPLICA].close()
        del connections[replica.REPLICA]


@pytest.mark.usefixtures("second_name")
@pytest.mark.parametrize("address", [*by_page(ADDRESSES), *by_page(EXAMPLES)])
def test_a_page_reads_all_of_it_from_the_replica(address: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        Client().get(address, headers={"accept": "*/*"}).getvalue()
    is_for_the_primary = declared(view_at(RequestFactory().get(address)), UNKEYED)
    assert bool(is_for_the_primary) == bool(len(queries)), queries.captured_queries
