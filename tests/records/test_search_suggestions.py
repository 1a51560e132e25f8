"""While one writes, names are offered that hold what was written so far."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from v2xkb.records.search import Unsearchable
from v2xkb.records.search_suggestions import MOST, suggestions

pytestmark = pytest.mark.usefixtures("knowledge_base")


def names(text: str) -> list[str]:
    return [record.label for record in suggestions(text)]


def test_names_that_begin_so_come_first() -> None:
    assert names("park")[0] == "PARKER"


def test_sources_come_last() -> None:
    kinds = [record.kind for record in suggestions("nissan")]
    assert kinds == sorted(kinds, key=lambda kind: kind == "reference")


def test_each_name_is_offered_once_and_not_too_many() -> None:
    for text in ("vehicle", "parker", "charging", "e.on"):
        assert len(set(names(text))) == len(names(text)) <= MOST


def test_accents_and_capitals_do_not_matter() -> None:
    assert names("quebec") == names("QUÉBEC")


@pytest.mark.parametrize("text", ["", "  ", "???", "zzzzqq"])
def test_nothing_is_offered_for_nothing(text: str) -> None:
    assert names(text) == []


def test_what_cannot_be_searched_is_refused() -> None:
    with pytest.raises(Unsearchable, match="NUL"):
        suggestions("a\0b")
    with pytest.raises(Unsearchable, match="200 characters"):
        suggestions("a" * 201)


def test_suggestions_cost_two_queries() -> None:
    with CaptureQueriesContext(connection) as captured:
        names("vehicle")
    assert len(captured) == 2
