"""Every one of several values can be asked for, beside any of others, and what adding one would leave is counted."""

import random
from functools import cache

import pytest
from django.http import QueryDict
from pytest_django import DjangoAssertNumQueries

from projects.filtersets import ProjectFilterSet
from tests.projects.plain_facts import GROUPS, PlainFacts
from tests.sweeps import spread
from v2xkb.records.facet_values import Facet
from v2xkb.records.models import Record

pytestmark = pytest.mark.usefixtures("knowledge_base")

Chosen = dict[str, list[str]]
# Whether they exist is asked only of as many as are allowed.
MANY = [f"body-{number}" for number in range(21)]
EVERY = {name for name in ProjectFilterSet.base_filters if name.endswith("__all")}


def asked(address: str) -> ProjectFilterSet:
    return ProjectFilterSet(QueryDict(address))


def chosen_by(chosen: Chosen) -> ProjectFilterSet:
    filterset = ProjectFilterSet(chosen)
    assert filterset.is_valid(), filterset.errors
    return filterset


def slugs(filterset: ProjectFilterSet) -> set[str]:
    return set(filterset.qs.values_list("slug", flat=True))


def facets(filterset: ProjectFilterSet) -> dict[str, Facet]:
    return {facet.name: facet for facet in filterset.facets()}


@cache
def plain(*, cited_only: bool) -> PlainFacts:
    documents = [
        record.data for kind in ("project", "barrier", "collection") for record in Record.objects.of_kind(kind)
    ]
    return PlainFacts(documents, cited_only=cited_only)


def test_what_a_record_can_have_several_of_can_be_asked_for_whole() -> None:
    several = (
        "scenario scenario_state service connector power_flow country organisation role segment barrier stance actor "
        "typology report_actor report_scenario orientation collection part_of"
    )
    assert {name.removesuffix("__all") for name in EVERY} == set(several.split())


def test_every_one_of_the_values_must_be_there() -> None:
    both = slugs(asked("country__all=GB&country__all=NL"))
    assert both == slugs(asked("country=GB")) & slugs(asked("country=NL"))
    assert both
    assert both < slugs(asked("country=GB&country=NL"))


def test_any_and_every_can_be_asked_together() -> None:
    found = slugs(asked("service=peak-shaving&service=frequency-containment&service__all=self-consumption"))
    any_of = slugs(asked("service=peak-shaving&service=frequency-containment"))
    assert found == any_of & slugs(asked("service=self-consumption"))
    assert found


def test_every_value_is_met_together_with_what_its_part_is_also_asked() -> None:
    found = slugs(asked("barrier__all=standardisation&barrier__all=upfront-cost&stance=reported"))
    each = [slugs(asked(f"barrier={name}&stance=reported")) for name in ("standardisation", "upfront-cost")]
    assert found == each[0] & each[1]
    assert found
    assert slugs(asked("organisation=nissan&role__all=oem-partner")) == slugs(
        asked("organisation=nissan&role=oem-partner")
    )


def test_not_reported_can_be_one_of_the_values() -> None:
    assert slugs(asked("service__all=not-reported")) == slugs(asked("service=not-reported"))
    assert slugs(asked("service__all=not-reported&service__all=peak-shaving")) == set()
    mixed = slugs(asked("scenario_state__all=not-reported&scenario_state__all=demonstrated"))
    assert mixed == plain(cited_only=False).slugs({"scenario_state__all": ["not-reported", "demonstrated"]})


@pytest.mark.parametrize("seed", spread(range(40), 8))
def test_random_choices_of_every_value_select_what_the_documents_say_and_as_many_as_they_count(seed: int) -> None:
    """Options of the facet itself count as added to it; those of others as chosen beside."""
    rng = random.Random(seed)  # noqa: S311 - which options are tried is no secret
    flags: Chosen = {"cited_only": ["1"]} if seed % 4 == 0 else {}
    facts, first = plain(cited_only=bool(flags)), facets(chosen_by(flags))
    options = {name: [option.value for option in facet.options if option.count] for name, facet in first.items()}
    group = rng.choice([*GROUPS, ("service",), ("country",), ("scenario", "scenario_state")])
    name = rng.choice(group)
    chosen: Chosen = flags | {f"{name}__all": rng.sample(options[name], min(len(options[name]), rng.choice([1, 2])))}
    for other in rng.sample(group, min(len(group), 2)):
        if rng.random() < 0.6:
            chosen[other] = rng.sample(options[other], min(len(options[other]), 2))
    if rng.random() < 0.5:
        other = rng.choice(group)
        chosen[f"{other}__all"] = [rng.choice(options[other])]
    filterset = chosen_by(chosen)
    assert slugs(filterset) == facts.slugs(chosen), chosen
    counted = facets(filterset)
    for facet in {*group, "tier", "country"}:
        every = f"{facet}__all"
        assert counted[facet].every == (every in chosen)
        for option in rng.sample(counted[facet].options, min(len(counted[facet].options), 6)):
            both = dict(chosen)
            if every in chosen:
                both[every] = [*dict.fromkeys([*chosen[every], option.value])]
            else:
                both[facet] = [option.value]
            assert option.count == len(facts.slugs(both)), both
            assert option.selected == (option.value in chosen.get(every if every in chosen else facet, []))


def test_every_facet_is_still_counted_in_two_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    many = (
        "service__all=peak-shaving&service__all=self-consumption&organisation__all=nissan&role=oem-partner"
        "&barrier__all=standardisation&barrier__all=upfront-cost&actor__all=dso&stance=reported"
    )
    with django_assert_num_queries(2):
        asked(many).facets()


def test_chosen_values_are_told_as_those_that_must_all_be_there() -> None:
    filterset = asked("service__all=peak-shaving&service=frequency-containment&organisation__all=nissan")
    assert [(name, value) for name, value, _ in filterset.selected] == [
        ("service", "frequency-containment"),
        ("service__all", "peak-shaving"),
        ("organisation__all", "nissan"),
    ]
    assert str(filterset.filters["service__all"].label) == "Service (all of these)"


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("service__all=peak-shavin", "“peak-shavin” is none of its values. Did you mean “peak-shaving”?"),
        (
            "&".join(f"organisation__all={slug}" for slug in MANY),
            "21 values are too many. Give at most 20.",
        ),
    ],
)
def test_a_wrong_value_is_told_and_matches_nothing(address: str, message: str) -> None:
    filterset = asked(address)
    ((name, messages),) = filterset.errors.items()
    assert name == address.partition("=")[0]
    assert messages == [message]
    assert filterset.total == 0


def test_what_can_only_be_single_cannot_be_asked_for_whole() -> None:
    assert asked("tier__all=V2X&chargers__all=10..49").unknown == ["tier__all", "chargers__all"]


def test_as_many_values_as_are_allowed_can_be_counted() -> None:
    values = [option.value for option in facets(asked(""))["organisation"].options[:20]]
    assert chosen_by({"organisation__all": values, "role__all": ["dso-partner", "oem-partner"]}).facets()
