"""Runs a query by a plan: what graphql-core works out anew for every value is worked out once for every field.

A plan knows answers without faults only. Where anything goes wrong it gives up, and graphql-core runs the whole query
from the start: it says where the fault is, and what is null for it. Reading twice changes nothing.
"""

import logging
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, cast

from django.db import Error as DatabaseFault
from graphql import (
    ExecutionContext,
    FieldNode,
    GraphQLAbstractType,
    GraphQLFieldResolver,
    GraphQLLeafType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLResolveInfo,
    OperationDefinitionNode,
    is_abstract_type,
    is_leaf_type,
)
from graphql.execution.execute import get_field_def
from graphql.execution.values import get_argument_values
from graphql.pyutils import is_iterable

logger = logging.getLogger(__name__)

Complete = Callable[[Any], Any]
# Values of exactly these classes are what their type's serialisation would make of them.
AS_THEY_ARE: dict[str, type] = {"Boolean": bool, "ID": str, "String": str}


class NotPlanned(Exception):
    """Something is asked for, or was found, that no plan is made for."""


class Never:
    """The class of no value."""


class PlannedField(NamedTuple):
    """A field of one type as one place of a query asks for it."""

    name: str
    resolve: GraphQLFieldResolver
    info: GraphQLResolveInfo
    arguments: dict[str, Any]
    as_it_is: type
    complete: Complete


class PlannedExecution(ExecutionContext):
    """For schemas whose resolvers return neither awaitables nor errors, and do not ask at which row they are."""

    def execute_operation(self, operation: OperationDefinitionNode, root_value: Any) -> Any:
        root = self.schema.get_root_type(operation.operation)
        try:
            # An operation selects fields as a field does.
            return self.of_object(cast(GraphQLObjectType, root), cast(list[FieldNode], [operation]))(root_value or ())
        except Exception as error:
            if isinstance(error, DatabaseFault):
                # What is asked of the database after its first fault may tell nothing of the cause.
                logger.warning("a GraphQL query is run anew", exc_info=error)
        return super().execute_operation(operation, root_value)

    def of_object(self, kind: GraphQLObjectType, nodes: list[FieldNode]) -> Complete:
        if kind.is_type_of:
            raise NotPlanned(kind.name)
        asked = self.collect_subfields(kind, nodes).items()
        fields = [self.field(kind, name, below) for name, below in asked]

        def complete(value: Any) -> dict[str, Any] | None:
            if value is None:
                return None
            told = {}
            for name, resolve, info, arguments, as_it_is, finish in fields:
                found = resolve(value, info, **arguments) if arguments else resolve(value, info)
                told[name] = found if type(found) is as_it_is else finish(found)
            return told

        return complete

    def field(self, parent: GraphQLObjectType, name: str, nodes: list[FieldNode]) -> PlannedField:
        declared = get_field_def(self.schema, parent, nodes[0])
        inner = declared.type.of_type if isinstance(declared.type, GraphQLNonNull) else declared.type
        return PlannedField(
            name,
            declared.resolve or self.field_resolver,
            # Where a value stands is what only errors tell.
            self.build_resolve_info(declared, nodes, parent, None),  # type: ignore[arg-type]
            get_argument_values(declared, nodes[0], self.variable_values),
            AS_THEY_ARE.get(getattr(inner, "name", ""), Never),
            self.of(declared.type, nodes),
        )

    def of(self, kind: GraphQLOutputType, nodes: list[FieldNode]) -> Complete:
        if isinstance(kind, GraphQLNonNull):
            return never_null(self.of(kind.of_type, nodes))
        if isinstance(kind, GraphQLList):
            return of_list(self.of(kind.of_type, nodes))
        if is_leaf_type(kind):
            return self.of_leaf(cast(GraphQLLeafType, kind))
        if is_abstract_type(kind):
            return self.of_abstract(cast(GraphQLAbstractType, kind), nodes)
        return self.of_object(cast(GraphQLObjectType, kind), nodes)

    def of_leaf(self, kind: GraphQLLeafType) -> Complete:
        return lambda value: None if value is None else self.complete_leaf_value(kind, value)

    def of_abstract(self, kind: GraphQLAbstractType, nodes: list[FieldNode]) -> Complete:
        """Plans for each type that is met, once."""
        known: dict[str, Complete] = {}
        type_of = kind.resolve_type or self.type_resolver
        info = cast(GraphQLResolveInfo, None)

        def complete(value: Any) -> Any:
            if value is None:
                return None
            name = cast(str, type_of(value, info, kind))
            if name not in known:
                known[name] = self.of_object(self.ensure_valid_runtime_type(name, kind, nodes, info, value), nodes)
            return known[name](value)

        return complete


def never_null(complete: Complete) -> Complete:
    def finish(value: Any) -> Any:
        if value is None:
            raise NotPlanned("null")
        return complete(value)

    return finish


def of_list(complete: Complete) -> Complete:
    def finish(value: Any) -> list[Any] | None:
        if value is None:
            return None
        if not is_iterable(value):
            raise NotPlanned("no list")
        return list(map(complete, cast(Iterable[Any], value)))

    return finish
