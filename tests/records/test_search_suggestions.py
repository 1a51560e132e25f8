"""While one writes, names are offered that hold what was written so far."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from v2xkb.records import registry
from v2xkb.records.search import Unsearchable
from v2xkb.records.search_suggestions import MOST, offered

pytestmark = pytest.mark.usefixtures("knowledge_base")


def names(text: str) -> list[str]:
    return [name.label for name in offered(text)]


def test_names_that_begin_so_come_first() -> None:
    assert names("park")[0] == "PARKER"


def test_sources_come_last() -> None:
    kinds = [name.kind for name in offered("nissan")]
    assert kinds == sorted(kinds, key=lambda kind: kind == "reference")


def test_each_name_of_a_record_is_offered_once_and_not_too_many() -> None:
    for text in ("vehicle", "parker", "charging", "e.on"):
        found = offered(text)
        records = [name.label for name in found if name.kind in registry.kind_names()]
        assert len(set(records)) == len(records)
        assert len(found) <= MOST


def test_accents_and_capitals_do_not_matter() -> None:
    assert names("quebec") == names("QUÉBEC")


@pytest.mark.parametrize("text", ["", "  ", "???", "zzzzqq"])
def test_nothing_is_offered_for_nothing(text: str) -> None:
    assert names(text) == []


def test_what_cannot_be_searched_is_refused() -> None:
    with pytest.raises(Unsearchable, match="NUL"):
        offered("a\0b")
    with pytest.raises(Unsearchable, match="200 characters"):
        offered("a" * 201)


def test_suggestions_cost_two_queries_and_one_for_the_corpora_that_are_published() -> None:
    with CaptureQueriesContext(connection) as captured:
        names("vehicle")
    assert len(captured) == 3
