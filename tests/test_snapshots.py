"""A test that empties the database costs the next one a moment, and nothing is missing then."""

import pytest
from django.core.management import call_command
from django.db import connection

from tests import snapshots
from tests.records import made
from v2xkb.records.apply import apply_documents
from v2xkb.records.doctor import examine
from v2xkb.records.models import Record


def rows() -> dict[str, int]:
    with connection.cursor() as cursor:
        counted = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608
            counted[table] = cursor.fetchone()[0]
        return counted


@pytest.mark.django_db(transaction=True)
def test_what_was_emptied_is_put_back_whole() -> None:
    snapshots.put_back()
    before = rows()
    call_command("flush", interactive=False, verbosity=0, reset_sequences=True)
    assert not Record.objects.exists()
    snapshots.put_back()
    assert rows() == before
    assert Record.objects.at("project", "parker").exists()
    assert list(examine()) == []
    assert apply_documents([made.project("made-project")], reason="Why", by="test").created == ["project/made-project"]
