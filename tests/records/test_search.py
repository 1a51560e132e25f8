"""Search as its users meet it: ranks, other names, limits, and composing with everything else."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from projects.models import Project
from tests.records import made
from tests.records.searching import searched
from v2xkb.records.apply import apply_documents
from v2xkb.records.models import Record
from v2xkb.records.search import SearchTooLong, Unsearchable, in_rank_order, matching
from v2xkb.records.search_request import WrongSearch
from v2xkb.taxonomy.models import Term

pytestmark = pytest.mark.django_db


def slugs(rows: Iterable[Project | Record | Term]) -> list[str]:
    return [row.slug for row in rows]


def rank_of(row: Any) -> int:
    return int(row.rank)


def projects(text: str) -> list[str]:
    return slugs(in_rank_order(matching(Project.objects.all(), text)))


@pytest.fixture
def trials(empty_database: None) -> None:
    """Projects whose slugs say where they hold the word “frequency”."""
    site = {"key": "s", "name": "Frequency Street", "country": "DK"}
    apply_documents(
        [
            made.term("v2g", "charging-term", label="V2G", alt_labels=["vehicle-to-grid", "car to grid"]),
            made.term("chademo", "connector", label="CHAdeMO"),
            made.project("name-is", name="Frequency"),
            made.project("name-has", name="The frequency trial"),
            made.project("place-has", name="A", sites=[site]),
            made.project("summary-has", name="B", summary="About frequencies."),
            made.project("beginning", name="C", summary="About frequenters."),
            made.project("without", name="D", scenarios=[{"term": "v2g"}], connectors=["chademo"]),
        ],
        reason="test",
        by="tester",
    )


def test_records_come_by_where_they_hold_the_word(trials: None) -> None:
    assert projects("frequency") == ["name-is", "name-has", "place-has", "summary-has"]
    assert projects("freq") == ["name-is", "name-has", "place-has", "summary-has", "beginning"]
    assert {project.slug: rank_of(project) for project in matching(Project.objects.all(), "frequency")} == {
        "name-is": 1,
        "name-has": 2,
        "place-has": 3,
        "summary-has": 4,
    }


def test_all_words_must_be_there_at_the_rank_where_the_last_of_them_is(trials: None) -> None:
    assert projects("frequency street") == ["place-has"]
    # The summary of every made project says that it is a trial, but for one.
    assert projects("trial frequency") == ["name-has", "place-has", "name-is"]
    assert projects("frequency absent") == []


def test_beginnings_need_three_letters(trials: None) -> None:
    assert projects("fre") == projects("freq")
    assert projects("fr") == []


def test_stop_words_count_only_alone(trials: None) -> None:
    assert projects("which of the frequencies") == projects("frequency")
    assert projects("about") == ["summary-has", "beginning"]


@pytest.mark.parametrize(
    "text", ["V2G", "v2g", "vehicle to grid", "Vehicle-to-Grid", "vehicles to grid", "car-to-grid"]
)
def test_every_name_of_a_term_finds_what_names_the_term(trials: None, text: str) -> None:
    assert projects(text) == ["without"]
    assert slugs(in_rank_order(matching(Term.objects.all(), text))) == ["v2g"]


def test_stop_words_around_a_name_do_no_harm(trials: None) -> None:
    assert slugs(searched("what is a frequency?"))[0] == "name-is"
    assert rank_of(matching(Term.objects.all(), "What is vehicle-to-grid?")[0]) == 1


def test_a_name_stands_for_the_others_within_a_longer_text(trials: None) -> None:
    assert projects("CHAdeMO for vehicle to grid") == projects("V2G CHAdeMO") == ["without"]


def test_blank_text_leaves_the_list_as_it_is(trials: None) -> None:
    assert projects("") == projects(" \t ") == slugs(Project.objects.in_order())


@pytest.mark.parametrize("text", ["!?", "“”", "-", "…"])
def test_symbols_alone_match_nothing(trials: None, text: str) -> None:
    found: Any = matching(Project.objects.all(), text)
    assert list(found) == []
    assert found.order_by("rank").count() == 0


def test_what_would_be_syntax_elsewhere_is_only_text(trials: None) -> None:
    for text in [
        'frequency" OR "x',
        "a:frequency NOT b",
        "(frequency",
        "frequency & !x",
        "frequency*",
        "{a}: x",
        "'; --",
    ]:
        assert set(projects(text)) <= set(projects("freq"))
    assert projects('"frequency" (*)') == projects("frequency")


def test_long_texts_are_refused_with_the_limit_named(trials: None) -> None:
    with pytest.raises(SearchTooLong, match="at most 20 words; these are 21"):
        matching(Project.objects.all(), "v2g " * 21)
    with pytest.raises(SearchTooLong, match="at most 200 characters; these are 201"):
        matching(Project.objects.all(), "x" * 201)
    assert projects("v2g " * 20) == projects("V2G")
    assert projects("x" * 200) == []


def test_a_nul_character_is_refused_as_it_is_everywhere(trials: None) -> None:
    for text in ("\0", "V2G\0", "fre\0quency"):
        with pytest.raises(Unsearchable, match="holds a NUL character"):
            matching(Project.objects.all(), text)


def test_a_search_narrows_and_is_narrowed_like_any_queryset(trials: None) -> None:
    named = Project.objects.filter(slug__startswith="name")
    assert slugs(in_rank_order(matching(named, "frequency"))) == ["name-is", "name-has"]
    found = matching(Project.objects.all(), "frequency")
    assert slugs(in_rank_order(found.filter(slug__contains="has"))) == ["name-has", "place-has", "summary-has"]
    assert found.count() == 4
    assert Project.objects.filter(pk__in=found.values("pk")).exclude(name="Frequency").count() == 3
    assert slugs(matching(found, "street")) == ["place-has"]
    assert slugs(in_rank_order(found)[1:3]) == ["name-has", "place-has"]


def test_one_query_reads_other_names_and_one_the_list_however_long(knowledge_base: None) -> None:
    for text in ("Parker", "V2G", "vehicle to grid frequency containment reserve CHAdeMO school bus DSO"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            list(in_rank_order(matching(Project.objects.all(), text)))
        assert ["records_searchphrase" in query["sql"] for query in queries] == [True, False]


def test_twenty_words_with_many_other_names_are_answered(knowledge_base: None) -> None:
    text = "FCR FRR DSO TSO V2G V2H V2B V2X AC DC CCS1 CCS2 MCS OCPP bus van OEM CPO ESB HGV"
    assert len(text.split()) == 20
    assert list(matching(Record.objects.all(), text)) == []


def test_records_of_all_kinds_come_with_their_sources_last(knowledge_base: None) -> None:
    found = list(searched("Parker"))
    assert (found[0].kind, found[0].slug) == ("project", "parker")
    assert {record.kind for record in found} >= {"project", "claim", "reference"}
    only = searched("Parker", ["claim", "organisation"])
    assert {record.kind for record in only} == {"claim"}


def test_records_without_search_text_are_never_found(knowledge_base: None) -> None:
    assert Record.objects.of_kind("term-usage").exists()
    assert not searched("coding", ["term-usage"]).exists()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200))
@example("\ud800")
@example("a" * 200)
@example("ﷺ" * 20)
def test_no_text_breaks_a_search(trials: None, text: str) -> None:
    with suppress(WrongSearch):
        list(searched(text))
