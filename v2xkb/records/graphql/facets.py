"""The facets of a list beside its rows: counted as on the site, by the same filters."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import graphene
from graphql import GraphQLError

from v2xkb.records.facet_values import Facet
from v2xkb.records.facets import FacetedFilterSet
from v2xkb.records.graphql.batches import Page
from v2xkb.records.graphql.types import field_of, object_type
from v2xkb.records.problems import nearest, shown


@dataclass(frozen=True)
class ListPage(Page):
    """A page of a list that can be filtered."""

    filterset: Callable[[], FacetedFilterSet]


def refuse_faults(filterset: FacetedFilterSet) -> None:
    """Raises GraphQLError with all that is wrong with what was asked for."""
    if not filterset.is_valid():
        faults = [f"{name}: {text}" for name, texts in filterset.errors.items() for text in texts]
        raise GraphQLError(" ".join(faults))


def attribute(name: str) -> Any:
    return lambda value, info: getattr(value, name)


def required(kind: Any, name: str, description: str) -> graphene.Field:
    return graphene.Field(kind, required=True, description=description, resolver=attribute(name))


OPTION = object_type(
    "FacetOption",
    "One value of a facet.",
    {
        "value": required(graphene.String, "value", "As the argument takes it."),
        "label": required(graphene.String, "label", "In words."),
        "count": required(graphene.Int, "count", "How many rows choosing it alone in its facet would leave."),
        "selected": required(graphene.Boolean, "selected", "Whether it is chosen."),
    },
)
FACET = object_type(
    "Facet",
    "A filter with its values, each counted with every other filter applied.",
    {
        "name": required(graphene.String, "name", "The parameter's name, as in addresses."),
        "label": required(graphene.String, "label", "The parameter's name in words."),
        "kind": required(graphene.String, "kind", "What its values are."),
        "options": field_of(
            OPTION,
            lambda facet, info: [*facet.written, *facet.options],
            "Ranges that were asked for and no option offers, then all options in their order, not-reported last.",
            many=True,
            required=True,
        ),
    },
)


def facets_field(filterset: type[FacetedFilterSet]) -> graphene.Field:
    names = [facet.name for facet in filterset().facet_filters]
    return graphene.Field(
        graphene.NonNull(graphene.List(graphene.NonNull(FACET))),
        description="The facets of the whole list, whatever page is asked for.",
        args={
            "names": graphene.Argument(
                graphene.List(graphene.NonNull(graphene.String)),
                description=f"Only these, in this order; all unless given: {', '.join(names)}.",
            )
        },
        resolver=counted,
    )


def counted(page: ListPage, info: Any, names: Sequence[str] | None = None) -> list[Facet]:
    return facets_named(page.filterset(), names)


def facets_named(filterset: FacetedFilterSet, names: Sequence[str] | None) -> list[Facet]:
    """Raises GraphQLError where a name is that of no facet."""
    known = [facet.name for facet in filterset.facet_filters]
    for name in names or ():
        if name not in known:
            raise GraphQLError(f"names: “{shown(name)}” is no facet. {nearest(name, known)}")
    wanted: Iterable[str] = known if names is None else dict.fromkeys(names)
    return filterset.facets(list(wanted))
