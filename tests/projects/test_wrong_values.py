"""A list that is refused, for however many wrong values, takes no more than one that is answered."""

from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from projects.choosing import MOST_READ, Chosen
from projects.filtersets import ProjectFilterSet
from tests.records.made import project
from v2xkb.records import spellings
from v2xkb.records.apply import apply_documents
from v2xkb.records.facet_filters import RecordFacet
from v2xkb.records.facet_remedies import meant
from v2xkb.records.folding import fold
from v2xkb.records.models import Record
from v2xkb.records.problems import likest
from v2xkb.records.spellings import MOST_GUESSED

pytestmark = pytest.mark.usefixtures("knowledge_base")

FACETS = [name for name, one in ProjectFilterSet().filters.items() if isinstance(one, RecordFacet)]
GUESSED = f"What is meant is guessed for the first {MOST_GUESSED} faults only: mend them first."


def wrong(values: int) -> str:
    return "&".join(f"{name}=no-{number}" for name in FACETS for number in range(values))


def queries_of(client: Client, address: str, status: int) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == status
    return [query["sql"] for query in asked.captured_queries]


@pytest.mark.parametrize("address", ["/projects/", "/api/v1/projects/", "/statistics/"])
def test_a_refused_list_costs_no_more_queries_than_an_answered_one(client: Client, address: str) -> None:
    queries_of(client, f"{address}?{wrong(1)}", 400)
    one, many = (queries_of(client, f"{address}?{wrong(values)}", 400) for values in (1, 40))
    assert len(many) == len(one) <= len(queries_of(client, f"{address}?country=DK", 200))


class Counted:
    def __init__(self, called: Any) -> None:
        self.called, self.calls = called, 0

    def __call__(self, *given: Any) -> Any:
        self.calls += 1
        return self.called(*given)


@pytest.fixture
def folded(monkeypatch: pytest.MonkeyPatch) -> Counted:
    counted = Counted(fold)
    monkeypatch.setattr(spellings, "fold", counted)
    return counted


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> Counted:
    counted = Counted(likest)
    monkeypatch.setattr(spellings, "likest", counted)
    return counted


def test_what_is_known_is_folded_once_a_revision_and_few_values_are_compared_with_it(
    folded: Counted, compared: Counted
) -> None:
    first = ProjectFilterSet(QueryDict("&".join(f"organisation=zq{number}" for number in range(100))))
    assert len(first.errors["organisation"]) == 100
    assert compared.calls == MOST_GUESSED
    assert folded.calls == 2 * Record.objects.of_kind("organisation").count() + MOST_GUESSED
    folded.calls = 0
    assert ProjectFilterSet(QueryDict("organisation=nuve")).errors
    assert folded.calls == 1


def test_what_a_revision_brings_is_guessed_from_then_on() -> None:
    asked = QueryDict("part_of=brand-new-thing-of-ths-test")
    assert "brand-new-thing-of-this-test" not in ProjectFilterSet(asked).errors["part_of"][0]
    apply_documents([project("brand-new-thing-of-this-test")], reason="A test", by="tests")
    assert "Did you mean “brand-new-thing-of-this-test”?" in ProjectFilterSet(asked).errors["part_of"][0]


def test_after_the_first_few_values_it_is_said_that_nothing_is_guessed() -> None:
    filterset = ProjectFilterSet(
        QueryDict("country=denmark&country=germany&organisation=nuve&organisation=zqzqz&tier=x")
    )
    told = [str(message) for messages in filterset.errors.values() for message in messages]
    assert len(told) == 5
    assert [GUESSED in message for message in told].count(True) == 5 - MOST_GUESSED
    guessed = [meant(filterset, name) for name in ("country", "organisation", "tier")]
    assert sum(map(len, guessed)) == MOST_GUESSED


def test_the_remedy_that_is_told_is_the_one_led_on_to_and_guessed_once(compared: Counted) -> None:
    filterset = ProjectFilterSet(QueryDict("organisation=nuve&organisation__all=nuve"))
    assert "Did you mean “nuvve”?" in filterset.errors["organisation__all"][0]
    assert meant(filterset, "organisation") == meant(filterset, "organisation__all") == {"nuve": "nuvve"}
    assert len(filterset.guesses.made) == 1
    assert compared.calls == 0


def test_names_that_are_no_parameters_are_guessed_as_few(compared: Counted) -> None:
    filterset = ProjectFilterSet(QueryDict("&".join(f"zq{number}=1" for number in range(50))))
    told = [messages[0] for messages in filterset.unknown_errors.values()]
    assert len(told) == 50
    assert compared.calls == MOST_GUESSED
    assert told[-1] == f"There is no such parameter. {GUESSED}"


def test_projects_that_are_none_are_guessed_as_few(folded: Counted, compared: Counted) -> None:
    chosen = Chosen(QueryDict("&".join(f"p=zq{number}" for number in range(MOST_READ))))
    told = [message for _text, message, _likely in chosen.unknown()]
    assert [message.endswith(GUESSED) for message in told].count(False) == compared.calls == MOST_GUESSED
    assert folded.calls == 2 * len(chosen.names) + MOST_GUESSED
