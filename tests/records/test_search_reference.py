"""Whatever the records and the query, the database answers as the plain-Python search does."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.records.search_reference import Entry, search
from v2xkb.records import identifiers
from v2xkb.records.models import Record, Revision, SearchEntry, SearchPhrase
from v2xkb.records.registry import SearchField, SearchText, Tier
from v2xkb.records.search import matching
from v2xkb.records.search_entries import entry_of, phrases_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_database")]

WORDS = (
    "a the to of on vehicle vehicles grid grids home v2g V2G v2gs charge charging charger bi-directional bidirectional "
    "e-NV200 env200 NV 200 GB/T gbt ccs2 CCS 2 cyber security cybersecurity cyber-security Ørsted orsted 三菱 三 "
    "vehicle-to-grid E.ON eon SDG&E organisation organization chargi gri ISO15118-20 15118 reference '"
)


def found_by(
    a: Sequence[str] = (), b: Sequence[str] = (), c: Sequence[str] = (), same: Sequence[str] = ()
) -> SearchText:
    return SearchText([SearchField(tier, tier, texts) for tier, texts in zip(Tier, (a, b, c), strict=True)], same)


texts = st.lists(st.sampled_from(WORDS.split()), max_size=5).map(" ".join)
tiers = st.lists(texts, max_size=2)
corpora = st.lists(st.builds(found_by, a=tiers, b=tiers, c=tiers, same=st.lists(texts, max_size=3)), max_size=4)
queries = st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=4).map(" ".join)


@pytest.fixture
def revision(empty_database: None) -> Revision:
    return Revision.objects.create(reason="test", by="tester", origin="fixtures")


def rank_of(record: Any) -> int:
    return int(record.rank)


def stored_records(corpus: list[SearchText], revision: Revision) -> dict[int, Entry]:
    records = [
        Record(
            pid=identifiers.mint(f"test/{number}"),
            kind="reference",
            slug=f"made-{number}",
            sort_key=f"made {number}",
            version=1,
            revision=revision,
        )
        for number in range(len(corpus))
    ]
    Record.objects.bulk_create(records)
    pairs = list(zip(records, corpus, strict=True))
    SearchEntry.objects.bulk_create(entry_of(record, text) for record, text in pairs)
    SearchPhrase.objects.bulk_create(phrase for record, text in pairs for phrase in phrases_of(record.pk, text))
    return {record.pk: Entry(record.kind, record.slug, text) for record, text in pairs}


# The database is emptied once for all examples, and each example is rolled back.
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(corpus=corpora, query=queries)
@example([found_by(a=["grid"])], "gri")
@example([found_by(a=["grid"])], "gr")
@example([found_by(a=["the"])], "a the")
@example([found_by(a=["gas"])], "ga")
@example([found_by(a=["vehicle-to-grid"], same=["V2G", "vehicle to grid"])], "v2g")
@example([found_by(a=["vehicle to home"], c=["of to grid"])], "vehicle to grid")
@example([found_by(a=["V2G"]), found_by(a=["x"], same=["V2G", "x"])], "the V2G of")
@example([found_by(a=["cybersecurity"])], "cyber security")
@example([found_by(a=["E-Flex"], c=["on"])], "E.ON")
@example([found_by(a=["plug android charge"])], "plug-and-charge")
@example([found_by(b=["the grid"], same=["the grid", "grid"]), found_by(a=["grid"])], "the grids")
def test_the_database_answers_as_the_description_says(revision: Revision, corpus: list[SearchText], query: str) -> None:
    with transaction.atomic():
        entries = stored_records(corpus, revision)
        found = {record.pk: rank_of(record) for record in matching(Record.objects.all(), query)}
        assert found == search(entries, [text.same for text in corpus], query)
        transaction.set_rollback(True)
