"""What people look for and what they should find: judged by hand, met in order on every database."""

import json
from typing import Any

import pytest
from django.conf import settings

from tests.records.search_reference import Entry, search
from tests.records.searching import searched
from v2xkb.records import registry
from v2xkb.records.models import Record
from v2xkb.records.search import SOURCES, in_rank_order, matching

JUDGED = json.loads((settings.BASE_DIR / "tests/data/judged_queries.json").read_text(encoding="utf-8"))

pytestmark = pytest.mark.usefixtures("knowledge_base")


def asked(judged: dict[str, Any]) -> str:
    return f"{judged['query']} ({judged.get('kind', 'all kinds')})"


@pytest.mark.parametrize("judged", JUDGED, ids=asked)
def test_what_was_judged_best_comes_first(judged: dict[str, Any]) -> None:
    """`expected` are the first slugs in order, of one kind or with their kind; with `complete` there are no others."""
    kind, expected = judged.get("kind"), judged["expected"]
    found = searched(judged["query"], [kind] if kind else [])
    names = [record.slug if kind else f"{record.kind}/{record.slug}" for record in found]
    assert (names if judged.get("complete") else names[: len(expected)]) == expected


def test_enough_was_judged_over_all_that_is_searched() -> None:
    assert len({asked(judged) for judged in JUDGED}) >= 60
    kinds = {"project", "barrier", "term", "reference", "organisation", "claim"}
    assert {judged.get("kind") for judged in JUDGED} >= kinds


def test_a_list_of_one_kind_is_found_in_the_same_order() -> None:
    for judged in JUDGED:
        if kind := judged.get("kind"):
            rows = in_rank_order(matching(registry.kind(kind).projection.model._default_manager.all(), judged["query"]))
            records = searched(judged["query"], [kind])
            assert [row.pk for row in rows] == [record.pk for record in records]


def test_the_whole_answer_to_each_query_is_that_of_plain_python() -> None:
    """Plain Python knows no database, so both databases answer alike, order included."""
    records = {record.pk: record for record in Record.objects.all()}
    labels = {(record.kind, record.slug): record.label for record in records.values()}
    texts = {}
    for key, record in records.items():
        kind = registry.kind(record.kind)
        texts[key] = kind.search_text(kind.document.model_validate_json(record.document), labels)
    entries = {key: Entry(record.kind, record.slug, texts[key]) for key, record in records.items()}
    same = [text.same for text in texts.values() if text.same]

    def order(key: int, rank: int) -> tuple[int, bool, str, str]:
        return rank, records[key].kind == SOURCES, records[key].sort_key, records[key].pid

    for query in {judged["query"] for judged in JUDGED}:
        ranks = search(entries, same, query)
        expected = sorted(ranks, key=lambda key: order(key, ranks[key]))
        assert [record.pk for record in searched(query)] == expected, query
