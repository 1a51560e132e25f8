"""The list of projects can be asked by every parameter, and its counts are true."""

import random
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from django.http import QueryDict
from django.utils.translation import override
from django_filters.rest_framework import DjangoFilterBackend
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertQuerySetEqual
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from projects.filtersets import OrganisationFilterSet, ProjectFilterSet
from projects.models import Project
from tests.projects.plain_facts import GROUPS, PlainFacts
from tests.sweeps import spread
from v2xkb.records.facet_values import NOT_REPORTED, Facet
from v2xkb.records.models import Record

pytestmark = pytest.mark.usefixtures("knowledge_base")

Chosen = dict[str, list[str]]


def asked(address: str) -> ProjectFilterSet:
    return ProjectFilterSet(QueryDict(address))


def chosen_by(chosen: Chosen, *, cited_only: bool = False, q: str = "") -> ProjectFilterSet:
    filterset = ProjectFilterSet({**chosen, "cited_only": "1" if cited_only else "", "q": q})
    assert filterset.is_valid(), filterset.errors
    return filterset


def slugs(filterset: ProjectFilterSet) -> list[str]:
    return list(filterset.qs.values_list("slug", flat=True))


def facets(filterset: ProjectFilterSet) -> dict[str, Facet]:
    return {facet.name: facet for facet in filterset.facets()}


@cache
def plain(*, cited_only: bool = False) -> PlainFacts:
    documents = [
        record.data for kind in ("project", "barrier", "collection") for record in Record.objects.of_kind(kind)
    ]
    return PlainFacts(documents, cited_only=cited_only)


@pytest.mark.parametrize("cited_only", [False, True])
def test_every_single_option_selects_what_the_documents_say_and_as_many_as_it_counts(cited_only: bool) -> None:
    facts, filterset = plain(cited_only=cited_only), chosen_by({}, cited_only=cited_only)
    assert sum(len(facet.options) for facet in filterset.facets()) > (300 if cited_only else 700)
    for facet in filterset.facets():
        for option in spread(facet.options, 3):
            chosen = {facet.name: [option.value]}
            found = slugs(chosen_by(chosen, cited_only=cited_only))
            assert set(found) == facts.slugs(chosen), (facet.name, option)
            assert len(found) == option.count, (facet.name, option)


@pytest.mark.parametrize("seed", spread(range(50), 6))
def test_random_combinations_select_what_the_documents_say_and_as_many_as_they_count(seed: int) -> None:
    """Ten options counted beside each of fifty choices, same-row groups favoured, cited only in every third."""
    rng = random.Random(seed)  # noqa: S311 - which options are tried is no secret
    cited_only = seed % 3 == 0
    facts, first = plain(cited_only=cited_only), facets(chosen_by({}, cited_only=cited_only))
    options = {name: [option.value for option in facet.options if option.count] for name, facet in first.items()}
    group = rng.choice(GROUPS)
    chosen = {
        name: rng.sample(options[name], min(len(options[name]), rng.choice([1, 1, 2])))
        for name in {rng.choice(group), rng.choice(list(options))}
    }
    counted = facets(chosen_by(chosen, cited_only=cited_only))
    names = [*group, *group, *rng.sample(list(options), 10)][:10]
    for name in names:
        option = rng.choice(counted[name].options)
        both = chosen | {name: [option.value]}
        found = slugs(chosen_by(both, cited_only=cited_only))
        assert set(found) == facts.slugs(both), both
        assert len(found) == option.count, both


def test_counts_beside_a_search_are_true() -> None:
    counted = facets(chosen_by({"tier": ["V2X"]}, q="frequency"))
    for name in ("country", "scenario", "stance", "active", "tier"):
        for option in counted[name].options:
            both = {"tier": ["V2X"], name: [option.value]}
            assert chosen_by(both, q="frequency").total == option.count, both


def test_ranges_that_are_no_options_select_what_the_documents_say() -> None:
    facts = plain()
    for name, values in {
        "active": ["2016..2019", "..2012", "2040..", "2030..2031"],
        "start": ["..2015", "2016..2017"],
        "chargers": ["3..4", "..2", "0", "500.."],
        "vehicles": ["7..20", "999999999"],
    }.items():
        for value in values:
            assert set(slugs(chosen_by({name: [value]}))) == facts.slugs({name: [value]}), (name, value)


def test_values_of_one_parameter_are_alternatives_and_parameters_are_conditions() -> None:
    danish, dutch = (set(slugs(asked(f"country={code}"))) for code in ("DK", "NL"))
    assert set(slugs(asked("country=DK&country=NL"))) == danish | dutch
    bidirectional = set(slugs(asked("scenario=v2g")))
    assert set(slugs(asked("country=DK&scenario=v2g"))) == danish & bidirectional
    unreported = set(slugs(asked("country=not-reported")))
    assert unreported
    assert set(slugs(asked("country=not-reported&country=DK"))) == danish | unreported


def test_counting_asks_for_the_revision_for_open_names_that_are_given_and_for_what_holds_the_words(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        asked("").facets()
    many = "scenario=v2g&country=DK&organisation=dtu&part_of=scale&barrier=standardisation&cited_only=1"
    with django_assert_num_queries(2):
        asked(many).facets()
    with django_assert_num_queries(2):
        asked(f"{many}&active=2016..").facets()
    # Other names of the words, and the records.
    with django_assert_num_queries(3):
        filterset = asked("q=frequency&country=DK")
        assert filterset.facets()
        assert filterset.total
    with django_assert_num_queries(2):
        filterset = asked("country=DK&sort=-start")
        assert filterset.total
        assert list(filterset.between(5, 8))


def test_a_list_comes_by_name_and_by_rank_where_words_are_searched() -> None:
    rows = [(project.sort_key, project.pid) for project in asked("country=GB").qs]
    assert rows == sorted(rows)
    assert len(rows) > 30
    assert slugs(asked("q=parker"))[0] == "parker"


def test_options_stand_in_the_order_people_look_for_them() -> None:
    shown = facets(asked(""))
    labels = {name: [option.label for option in facet.options] for name, facet in shown.items()}
    assert labels["scenario"][:6] == ["V1G", "V2B", "V2G", "V2H", "V2L", "V2V"]
    assert labels["status"] == ["planned", "ongoing", "completed", "cancelled", "commercial", "not reported"]
    assert labels["country"][:3] == ["Australia", "Austria", "Belgium"]
    assert {"South Korea", "United Kingdom"} < set(labels["country"])
    counts = [option.count for option in shown["organisation"].options[:-1]]
    assert counts == sorted(counts, reverse=True)
    assert len(counts) > 500
    assert [option.value for option in shown["start"].options][:-1] == sorted(labels["start"][:-1])
    assert all(facet.options[-1].value == NOT_REPORTED for facet in shown.values())


def test_closed_vocabularies_show_what_no_project_reported() -> None:
    shown = facets(asked("country=DK"))
    empty = {name: {option.value for option in facet.options if not option.count} for name, facet in shown.items()}
    assert "v2v" in empty["scenario"]
    assert "cybersecurity-privacy" in empty["barrier"]
    assert "cancelled" in empty["status"]
    assert empty["organisation"] <= {NOT_REPORTED}


def test_what_is_chosen_stays_among_the_options_and_is_told_with_its_label() -> None:
    filterset = asked(
        "country=NZ&organisation=nuvve&status=cancelled&active=2016..2019&chargers=200..&q=bus&cited_only=1"
        "&service=not-reported"
    )
    selected = {
        (facet.name, option.value) for facet in filterset.facets() for option in facet.options if option.selected
    }
    assert selected == {
        ("country", "NZ"),
        ("organisation", "nuvve"),
        ("status", "cancelled"),
        ("chargers", "200.."),
        ("service", NOT_REPORTED),
    }
    assert filterset.selected == [
        ("q", "bus", "bus"),
        ("service", NOT_REPORTED, "not reported"),
        ("status", "cancelled", "cancelled"),
        ("country", "NZ", "New Zealand"),
        ("organisation", "nuvve", "Nuvve"),
        ("active", "2016..2019", "2016 to 2019"),
        ("chargers", "200..", "200 or more"),
        ("cited_only", "1", "Cited values only"),
    ]


def test_years_go_on_later_and_numbers_to_more() -> None:
    told = {"en": ["200 or more", "2018 or later", "2018 or later"], "de": ["200 oder mehr", "ab 2018", "ab 2018"]}
    for language, labels in told.items():
        with override(language):
            selected = asked("start=2018..&active=2018..&chargers=200..").selected
            assert sorted(label for _name, _value, label in selected) == labels


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("scenario=V2G", "“V2G” is none of its values. Did you mean “v2g”?"),
        ("scenario=smart-chargin", "“smart-chargin” is none of its values. Did you mean “smart-charging”?"),
        ("service=v2g", "“v2g” is none of its values. Known: "),
        ("country=dk", "“dk” is no ISO 3166-1 code. Did you mean “DK”?"),
        ("country=Denmark", "“Denmark” is no ISO 3166-1 code. Did you mean “DK”?"),
        ("country=UK", "“UK” is no ISO 3166-1 code. Did you mean “"),
        ("organisation=nuve", "“nuve” is none of its values. Did you mean “nuvve”?"),
        ("part_of=scal", "“scal” is none of its values. Did you mean “scale”?"),
        ("tier=v2x", "“v2x” is no value of it. Did you mean “V2X”?"),
        ("status=finished", "“finished” is no value of it. "),
        ("active=20x6", "“20x6” is no range of years. Write 2016..2019, 2016.., ..2019 or 2016, the earlier first."),
        ("active=2019..2016", "“2019..2016” is no range of years. "),
        ("start=..", "“..” is no range of years. "),
        ("chargers=-1", "“-1” is no range of whole numbers. Write 2..9, 2.., ..9 or 2, the smaller first."),
        ("chargers=9999999999", "“9999999999” is no range of whole numbers. "),
        ("vehicles=²", "“²” is no range of whole numbers. "),
        ("cited_only=maybe", "“maybe” is neither on nor off. Write 1, or leave it out."),
        ("q=a&q=b", "It is given 2 times. Give it once."),
        ("q=" + "a" * 201, "A search takes at most 200 characters; these are 201. Shorten it."),
        ("organisation=%00", "“\\x00” is none of its values. "),
        ("organisation=" + "x" * 5000, "“" + "x" * 80 + "… (5000 characters)” is none of its values. "),
    ],
)
def test_a_wrong_value_is_told_with_the_nearest_right_one_and_matches_nothing(address: str, message: str) -> None:
    filterset = asked(address)
    assert not filterset.is_valid()
    ((name, messages),) = filterset.errors.items()
    assert name == address.partition("=")[0]
    assert len(messages) == 1
    assert messages[0].startswith(message)
    assert filterset.total == 0
    assert filterset.selected == []
    assert facets(filterset)["tier"].options[0].count == 189


def test_a_name_that_is_no_parameter_is_told_with_the_nearest_one() -> None:
    filterset = asked("scenaro=v2g&page=2&format=csv&view=map")
    assert filterset.unknown == ["scenaro"]
    assert filterset.unknown_errors == {"scenaro": ["There is no such parameter. Did you mean “scenario”?"]}


def test_too_many_values_are_refused_before_the_database_sees_them() -> None:
    filterset = asked("&".join(f"chargers={number}" for number in range(101)))
    assert filterset.errors == {"chargers": ["101 values are too many. Give at most 100."]}
    ranges = "&".join(f"{name}={1900 + number}" for name in ("active", "start") for number in range(51))
    message = "102 values are too many in one request. Give at most 100 in all."
    assert asked(ranges).errors == {"active": [message]}


def test_the_most_values_allowed_can_be_counted() -> None:
    ranges = "&".join(f"{name}={1900 + number}" for name in ("active", "start") for number in range(50))
    assert len(asked(ranges).facets()) == 27


@pytest.mark.parametrize("cited_only", ["", "&cited_only=1"])
@pytest.mark.parametrize(
    "query",
    [
        "active=2016..2019",
        "active=2016..2019&active=..2012&active=2020&country=DK",
        "start=2020..&start=not-reported&tier=V2X",
        "chargers=2..9&chargers=7..&chargers=5",
        "chargers=3..40&charger_kw=7..60&connector=chademo&service__all=self-consumption",
        "q=nissan&vehicles=..12&scenario=v2h",
        "active=1970..1971",
    ],
)
def test_a_range_that_somebody_wrote_counts_as_the_list_it_alone_would_leave(query: str, cited_only: str) -> None:
    filterset = asked(query + cited_only)
    counted = [(facet.name, option) for facet in filterset.facets() for option in facet.written]
    assert counted
    for name, option in counted:
        alone = QueryDict(query + cited_only, mutable=True)
        alone[name] = option.value
        assert option.count == ProjectFilterSet(alone).total, (name, option)
        assert option.selected


def test_empty_and_repeated_values_change_nothing() -> None:
    assert slugs(asked("country=&q=&cited_only=0&country=DK&country=DK&country=+DK")) == slugs(asked("country=DK"))


def test_a_narrower_queryset_is_filtered_and_counted_within() -> None:
    few = Project.objects.filter(slug__in=["parker", "scale", "invent-ucsd"]).order_by("-slug")
    filterset = ProjectFilterSet(QueryDict("country=DK"), few)
    assertQuerySetEqual(filterset.qs.values_list("slug", flat=True), ["parker"])
    counts = {option.value: option.count for option in facets(filterset)["tier"].options}
    assert counts == {"V2X": 1, "V1G": 0, "study": 0, NOT_REPORTED: 0}


def test_the_rest_framework_takes_the_same_class() -> None:
    class View:
        filterset_class = ProjectFilterSet

    def filtered(address: str) -> Any:
        request = Request(APIRequestFactory().get(f"/?{address}"))
        return DjangoFilterBackend().filter_queryset(request, Project.objects.all(), View())

    assert [project.slug for project in filtered("country=DK&scenario=v2g")] == slugs(asked("country=DK&scenario=v2g"))
    with pytest.raises(ValidationError) as caught:
        filtered("country=DNK")
    assert list(caught.value.detail) == ["country"]


def test_every_parameter_is_described_for_the_other_interfaces() -> None:
    parameters = {parameter.name: parameter for parameter in ProjectFilterSet.parameters()}
    names = (
        "q tier scenario scenario_state service connector power_flow status record_type family realisation country "
        "organisation role segment barrier stance actor typology report_actor report_scenario orientation active "
        "start chargers vehicles collection part_of cited_only sort"
    )
    assert " ".join(name for name in parameters if "__" not in name) == names
    assert all(parameter.help_text.endswith(".") and parameter.label for parameter in parameters.values())
    once = {name for name, parameter in parameters.items() if not parameter.multiple}
    assert {name for name in once if not name.endswith(("__isnull", "__gte", "__lte"))} == {"q", "cited_only", "sort"}
    assert parameters["tier"].values == ("V2X", "V1G", "study", NOT_REPORTED)
    assert (parameters["service"].kind, parameters["service"].of) == ("term", "service")
    assert (parameters["part_of"].kind, parameters["part_of"].of) == ("record", "project")
    assert {parameter.kind for parameter in parameters.values()} == {
        *("text", "flag", "order", "choice", "term", "country", "record", "years", "number", "presence")
    }


def test_organisations_are_asked_by_country_and_role() -> None:
    filterset = OrganisationFilterSet(QueryDict("role=dso-partner"))
    names = {partner for partner, role in partnerships() if role == "dso-partner"}
    assert set(filterset.qs.values_list("slug", flat=True)) == names
    for facet in filterset.facets():
        for option in facet.options:
            same = OrganisationFilterSet({"role": ["dso-partner"]} | {facet.name: [option.value]})
            assert same.total == option.count, option


def partnerships() -> Iterator[tuple[str, str]]:
    for record in Record.objects.of_kind("project"):
        for partner in record.data.get("partners", []):
            yield partner["organisation"], partner["role"]
