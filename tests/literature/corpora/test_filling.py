"""Publications that were loaded before there were lists are found after an upgrade."""

from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from v2xkb.literature.models import Publication

pytestmark = pytest.mark.django_db

MIGRATION = ("literature", "0007_find_publications")


def test_what_lists_find_them_by_is_written_as_it_was_then() -> None:
    old = Publication.objects.create(
        title="Bi-directional Analyses of 10kW Buses’ Behaviour in Malmø",
        author_keywords=["Vehicle-to-grid", "北京 "],
        index_keywords=["vehicle-to-grid", "Ångström"],
        title_tokens="",
        keyword_keys="",
    )
    apps: Any = MigrationLoader(connection).project_state(MIGRATION, at_end=False).apps
    import_module(".".join(("v2xkb", MIGRATION[0], "migrations", MIGRATION[1]))).fill(apps, None)
    old.refresh_from_db()
    assert old.title_tokens == " bi direct bidirect analysi of 10 kw 10kw bus behavior in malmo "
    assert old.keyword_keys == "\nvehicle-to-grid\n北京\nangstrom\n"
