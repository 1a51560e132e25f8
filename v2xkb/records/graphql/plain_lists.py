"""Lists of what is no record, in the graph: asked by the same filter sets as elsewhere, rows of plain data."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import graphene
from graphql import GraphQLError

from v2xkb.records.facet_values import Parameter
from v2xkb.records.facets import FacetedFilterSet
from v2xkb.records.graphql.arguments import argument_of, submitted
from v2xkb.records.graphql.bounds import ROOT_PAGE
from v2xkb.records.graphql.connections import connection_of, page_arguments, page_asked
from v2xkb.records.graphql.facets import ListPage, facets_field, refuse_faults
from v2xkb.records.graphql.plain import PlainTypes
from v2xkb.records.graphql.types import Resolver

Schema = Mapping[str, Any]


@dataclass(frozen=True)
class PlainRows:
    """A field of the root: all rows of a list that is short, as `schema` says of one; `make` gives them."""

    name: str
    schema: Schema
    description: str
    make: Callable[[Callable[[str], str]], Sequence[Mapping[str, Any]]]
    places: int = 1

    def field(self, types: PlainTypes) -> graphene.Field:
        row = graphene.NonNull(types.type_of(self.schema))
        return graphene.Field(
            graphene.NonNull(graphene.List(row)),
            description=self.description,
            resolver=lambda root, info: self.make(info.context.build_absolute_uri),
        )


@dataclass(frozen=True)
class PlainRow:
    """A field of the root: one row by its slug, null where there is none."""

    name: str
    schema: Schema
    description: str
    make: Callable[[str], Mapping[str, Any] | None]
    places: int = 1

    def field(self, types: PlainTypes) -> graphene.Field:
        return graphene.Field(
            types.type_of(self.schema),
            description=self.description,
            args={"slug": graphene.Argument(graphene.String, required=True, description="Its name in addresses.")},
            resolver=lambda root, info, slug: self.make(slug),
        )


@dataclass(frozen=True)
class PlainList:
    """A field of the root: pages of the list that belongs to what `of` names, null where that is not there.

    `rows_of` gives the rows of one of these; raises `refusals` where they are not given out. `plain` makes data of one.
    """

    name: str
    schema: Schema
    description: str
    of: Parameter
    filterset: type[FacetedFilterSet]
    rows_of: Callable[[str], Any]
    plain: Callable[[Any], Mapping[str, Any]]
    refusals: tuple[type[Exception], ...]
    places: int = 1

    def field(self, types: PlainTypes) -> graphene.Field:
        row = types.type_of(self.schema)
        return graphene.Field(
            connection_of(self.schema["title"], lambda: row, (("facets", facets_field(self.filterset)),)),
            description=self.description,
            args={
                self.of.name: graphene.Argument(graphene.String, required=True, description=self.of.help_text),
                **{parameter.name: argument_of(parameter) for parameter in self.filterset.parameters()},
                **page_arguments(ROOT_PAGE),
            },
            resolver=self.resolver(),
        )

    def resolver(self) -> Resolver:
        def resolve(root: Any, info: Any, **arguments: Any) -> ListPage | None:
            first, offset = page_asked(arguments, ROOT_PAGE)
            try:
                rows = self.rows_of(arguments.pop(self.of.name))
            except self.refusals as error:
                raise GraphQLError(str(error)) from error
            if rows is None:
                return None
            filterset = self.filterset(submitted(arguments), rows)
            refuse_faults(filterset)
            found = list(filterset.between(offset, offset + first + 1))
            nodes = list(map(self.plain, found[:first]))
            return ListPage(nodes, offset, len(found) > first, lambda: filterset.total, lambda: filterset)

        return resolve
