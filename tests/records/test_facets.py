"""Every list of every kind can be asked by its parameters, and counts what it would find."""

import pytest
from django.http import QueryDict
from pytest_django import DjangoAssertNumQueries

from barriers.filtersets import BarrierFilterSet, BarrierSetFilterSet, MeasureFilterSet, ResearchTopicFilterSet
from projects.filtersets import (
    ClaimFilterSet,
    CollectionFilterSet,
    DerivationRuleFilterSet,
    OrganisationFilterSet,
    ProjectFilterSet,
)
from v2xkb.literature.filtersets import ReferenceFilterSet
from v2xkb.records import registry
from v2xkb.records.facet_values import as_query
from v2xkb.records.facets import FacetedFilterSet
from v2xkb.taxonomy.filtersets import TermFilterSet, TermUsageFilterSet

FILTERSETS = [
    BarrierFilterSet,
    BarrierSetFilterSet,
    ClaimFilterSet,
    CollectionFilterSet,
    DerivationRuleFilterSet,
    MeasureFilterSet,
    OrganisationFilterSet,
    ProjectFilterSet,
    ReferenceFilterSet,
    ResearchTopicFilterSet,
    TermFilterSet,
    TermUsageFilterSet,
]

pytestmark = pytest.mark.usefixtures("knowledge_base")


def slugs(filterset: FacetedFilterSet) -> list[str]:
    assert filterset.is_valid(), filterset.errors
    return list(filterset.qs.values_list("slug", flat=True))


def test_every_kind_has_a_filter_set() -> None:
    assert {filterset._meta.model for filterset in FILTERSETS} == {kind.projection.model for kind in registry.kinds()}


@pytest.mark.parametrize("filterset", [each for each in FILTERSETS if each is not ProjectFilterSet])
def test_every_option_counts_what_choosing_it_finds(
    filterset: type[FacetedFilterSet], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(2):
        facets = filterset(QueryDict()).facets()
    for facet in facets:
        for option in facet.options:
            chosen = filterset({facet.name: [option.value]})
            assert chosen.total == len(slugs(chosen)) == option.count, (facet.name, option)
        assert sum(option.count for option in facet.options) >= filterset(QueryDict()).total


@pytest.mark.parametrize("filterset", FILTERSETS)
def test_nothing_asked_finds_everything_in_order(filterset: type[FacetedFilterSet]) -> None:
    everything = filterset()
    assert everything.is_valid()
    assert everything.total == filterset._meta.model.objects.count() > 0
    assert everything.selected == []
    assert everything.unknown == []


def test_barriers_come_as_the_paper_presents_them_and_claims_by_section() -> None:
    assert slugs(BarrierFilterSet(QueryDict("from_paper=yes"))) == [
        *("battery-degradation", "user-adoption", "upfront-cost", "standardisation", "immature-market")
    ]
    sections = list(ClaimFilterSet(QueryDict()).qs.values_list("section", flat=True))
    assert sections == sorted(sections)


def test_a_coding_is_asked_by_term_and_sense_together() -> None:
    assert slugs(TermUsageFilterSet(QueryDict("sense=umbrella")))
    assert slugs(TermUsageFilterSet(QueryDict("term=v2h")))
    assert slugs(TermUsageFilterSet(QueryDict("term=v2h&sense=umbrella"))) == []


def test_plain_data_are_read_like_an_address() -> None:
    query = as_query({"year": "2016..2019", "type": ["report", "thesis"], "q": ""})
    assert query.urlencode() == "year=2016..2019&type=report&type=thesis&q="
    assert slugs(ReferenceFilterSet({"type": ["thesis"]})) == slugs(ReferenceFilterSet(QueryDict("type=thesis")))


def test_each_filter_set_asks_parameters_of_its_own() -> None:
    one, other = TermUsageFilterSet(QueryDict("sense=used")), TermUsageFilterSet(QueryDict("sense=umbrella"))
    assert one.is_valid()
    assert other.is_valid()
    assert (one.form.cleaned_data["sense"], other.form.cleaned_data["sense"]) == (["used"], ["umbrella"])
    for name, declared in one.filters.items():
        assert declared is not other.filters[name]
        assert declared.parent is one
        if "fault" in declared.extra:
            assert declared.field.fault.__self__ is declared
