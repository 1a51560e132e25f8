"""What the graph tells besides records: made by the same functions, of the same declarations, as in REST."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import graphene
from django.http import QueryDict
from graphql import GraphQLError

from v2xkb.records.facet_values import Parameter, as_query
from v2xkb.records.graphql.arguments import argument_of, submitted
from v2xkb.records.graphql.batches import Derived
from v2xkb.records.graphql.plain import PlainTypes
from v2xkb.records.graphql.types import Resolver, field_of


@dataclass(frozen=True)
class Answer:
    """A field of the root: `make` reads a query as an address would give it, and gives plain data as `schema` says.

    `refusals` are the errors by which it says what is wrong with the query; `places`, as how many places it counts.
    """

    name: str
    schema: Mapping[str, Any]
    parameters: Sequence[Parameter]
    make: Callable[[QueryDict], Mapping[str, Any]]
    refusals: tuple[type[Exception], ...]
    places: int = 1

    def field(self, types: PlainTypes) -> graphene.Field:
        return graphene.Field(
            types.type_of(self.schema),
            required=True,
            description=self.schema["description"],
            args={parameter.name: argument_of(parameter) for parameter in self.parameters},
            resolver=self.resolver(),
        )

    def resolver(self) -> Resolver:
        def resolve(root: Any, info: Any, **arguments: Any) -> Mapping[str, Any]:
            try:
                return self.make(as_query(submitted(arguments)))
            except self.refusals as error:
                raise GraphQLError(str(error)) from error

        return resolve


def derived_field(derived: Derived, types: PlainTypes) -> graphene.Field:
    return field_of(
        types.type_of(derived.schema),
        lambda node, info: node.batch.derived(node, derived),
        derived.schema["description"],
        many=False,
        required=True,
    )
