"""`doctor --repair` makes anew whatever is derived, were all of it gone."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import F

from tests.backups.databases import on
from tests.faults.afterwards import Before
from tests.faults.servers import Databases
from tests.faults.sites import Site
from v2xkb.literature.corpus_models import Corpus, Publication
from v2xkb.records import registry
from v2xkb.records.doctor import row_of
from v2xkb.records.models import BasisEntry, Link, Record, SearchEntry, SearchPhrase

# A site with something in every table.
EXAMPLE = settings.BASE_DIR / "tests" / "data" / "backups" / "before-1.0.0.zip"
RECORD = ("slug", "subtype", "label", "sort_key")


@pytest.fixture
def site(databases: Databases, tmp_path: Path) -> Site:
    site = Site(databases.made(tmp_path, "own"), tmp_path)
    site.manage("restore", EXAMPLE)
    # The digest of a corpus names keys and texts as this database holds them.
    site.manage("doctor", "--repair")
    return site


def tables() -> Iterable[type[models.Model]]:
    """Those that hold nothing but what documents say, the dependent first."""
    yield from (Link, BasisEntry, SearchPhrase, SearchEntry)
    for kind in registry.kinds():
        yield from reversed(list(kind.projection.part_models))
    for kind in registry.kinds():
        yield kind.projection.model


def derived() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for model in tables():
        parents = [field.name for field in model._meta.concrete_fields if field.remote_field]
        rows = model._base_manager.select_related(*parents)
        found[model._meta.label] = sorted(str(row_of(row)) for row in rows)
    found["records"] = list(Record.objects.order_by("pk").values_list("pid", *RECORD))
    found["corpora"] = list(Corpus.objects.order_by("pk").values_list("slug", "summary", "content"))
    publications = Publication.objects.order_by("pk")
    found["publications"] = list(publications.values_list("pk", "title_tokens", "keyword_keys"))
    return found


def lose_all() -> None:
    # Keys are checked at the end, when nothing is left to name anything.
    with transaction.atomic(), connection.cursor() as cursor:
        for model in tables():
            cursor.execute(f"DELETE FROM {model._meta.db_table}")  # noqa: S608
    Corpus.objects.update(summary={}, content="")
    Publication.objects.update(title_tokens="", keyword_keys="")
    Record.objects.update(label="", sort_key="", subtype="", slug=F("pid"))


def spoil_all() -> None:
    """What is there is something else."""
    for record in Record.objects.order_by("-pk")[:20]:
        Record.objects.filter(pk=record.pk).update(slug=f"spoilt-{record.pk}", label="Spoilt", sort_key="zz")
    SearchEntry.objects.update(a="spoilt", label="Spoilt")
    BasisEntry.objects.update(note="spoilt")
    Link.objects.update(target=F("source"))
    Corpus.objects.update(summary={"publications": 7})
    Publication.objects.update(title_tokens=" spoilt ")


@pytest.mark.parametrize("damage", [lose_all, spoil_all])
def test_the_doctor_says_that_it_is_broken_and_mends_all_that_is_derived(
    site: Site, before: Before, damage: Any
) -> None:
    with on(site.url):
        was = derived()
        damage()
        assert derived() != was
    said = site.manage("doctor", status=1)
    assert "Run doctor --repair." in said
    assert "All is well" in site.manage("doctor", "--repair")
    with on(site.url):
        assert derived() == was
