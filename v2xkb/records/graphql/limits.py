"""What a query may ask for, measured on its text and variables before anything is fetched."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLCompositeType,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLOutputType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SchemaMetaFieldDef,
    SelectionSetNode,
    TypeMetaFieldDef,
    TypeNameMetaFieldDef,
    get_argument_values,
    get_named_type,
)

from v2xkb.records.graphql import bounds
from v2xkb.records.graphql.connections import page_asked
from v2xkb.records.graphql.types import DOCUMENT, INTERFACE

# What lists that have no pages are taken to hold, and a whole document to weigh: as much as most do.
WITHIN_DOCUMENT = 5
WITHIN_SCHEMA = 10
WHOLE_DOCUMENT = 50
META_FIELDS = {"__schema": SchemaMetaFieldDef, "__type": TypeMetaFieldDef, "__typename": TypeNameMetaFieldDef}
# Fields of these hand on what their list has fetched.
CONNECTION = "Connection"
PAGES = (CONNECTION, "Edge")
FACETS = "facets"


# The field of a schema's extensions that says of (type, field) as how many places it counts; others as one or none.
PLACES = "places"


@dataclass(frozen=True)
class Size:
    """How deep fields nest, how many are renamed, and how many directives, fetching places and values there are."""

    depth: int = 0
    aliases: int = 0
    directives: int = 0
    places: int = 0
    values: int = 0

    def __add__(self, other: "Size") -> "Size":
        return Size(
            max(self.depth, other.depth),
            self.aliases + other.aliases,
            self.directives + other.directives,
            self.places + other.places,
            self.values + other.values,
        )


def check(
    schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, variables: Mapping[str, Any]
) -> None:
    """Raises GraphQLError naming the limit that the operation passes, and by how much."""
    size = Measure(schema, document, variables).operation(operation)
    bounds.DEPTH.check(size.depth)
    bounds.ALIASES.check(size.aliases)
    bounds.DIRECTIVES.check(size.directives)
    bounds.PLACES.check(size.places)
    bounds.COST.check(size.values)


class Measure:
    """Measures one operation; a fragment is measured once, however often it is spread."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, Any]) -> None:
        self.schema = schema
        self.variables = dict(variables)
        definitions = (node for node in document.definitions if isinstance(node, FragmentDefinitionNode))
        self.fragments = {node.name.value: node for node in definitions}
        self._known: dict[str, Size] = {}

    def operation(self, node: OperationDefinitionNode) -> Size:
        root = self.schema.get_root_type(node.operation)
        size = self._selections(root, node.selection_set) if root else Size()
        return size + Size(directives=len(node.directives))

    def _selections(self, parent: GraphQLCompositeType, selections: SelectionSetNode) -> Size:
        total = Size()
        for node in selections.selections:
            match node:
                case FieldNode():
                    total += self._field(parent, node)
                case InlineFragmentNode():
                    name = node.type_condition.name.value if node.type_condition else ""
                    inner = self.schema.type_map[name] if name else parent
                    total += self._selections(inner, node.selection_set)  # type: ignore[arg-type]
                case FragmentSpreadNode():
                    total += self._fragment(node.name.value)
            total += Size(directives=len(node.directives))
        return total

    def _fragment(self, name: str) -> Size:
        if name not in self._known:
            node = self.fragments[name]
            parent = self.schema.type_map[node.type_condition.name.value]
            self._known[name] = self._selections(parent, node.selection_set)  # type: ignore[arg-type]
        return self._known[name]

    def _field(self, parent: GraphQLCompositeType, node: FieldNode) -> Size:
        name = node.name.value
        field = META_FIELDS[name] if name in META_FIELDS else parent.fields[name]  # type: ignore[union-attr] # no unions
        kind = get_named_type(field.type)
        below = self._selections(kind, node.selection_set) if node.selection_set else Size()  # type: ignore[arg-type]
        given = get_argument_values(field, node, self.variables)
        check_batch(given)
        times = self._times(parent, field, given)
        own = WHOLE_DOCUMENT if name == DOCUMENT else 1
        return Size(
            below.depth + 1,
            below.aliases + (node.alias is not None),
            below.directives,
            below.places + self._places(parent, name, field),
            times * (own + below.values),
        )

    def _times(self, parent: GraphQLCompositeType, field: GraphQLField, given: dict[str, Any]) -> int:
        """How many rows a field may give."""
        if "first" in field.args:
            limit = bounds.ROOT_PAGE if parent is self.schema.query_type else bounds.NESTED_PAGE
            return page_asked(given, limit).first
        if not is_list(field.type) or parent.name.endswith(PAGES):
            return 1
        if batches := [value for value in given.values() if isinstance(value, list)]:
            return max(map(len, batches))
        return WITHIN_SCHEMA if get_named_type(field.type).name.startswith("__") else WITHIN_DOCUMENT

    def _places(self, parent: GraphQLCompositeType, name: str, field: GraphQLField) -> int:
        declared: int | None = self.schema.extensions.get(PLACES, {}).get((parent.name, name))
        if declared is not None:
            return declared
        if name == FACETS and parent.name.endswith(CONNECTION):
            return bounds.OF_FACETS
        leads = is_record(get_named_type(field.type)) and not parent.name.endswith(PAGES)
        return leads + ("first" in field.args)


def check_batch(given: Mapping[str, Any]) -> None:
    """Raises GraphQLError where the lists given to one field hold too many values together."""
    bounds.BATCH.check(sum(len(value) for value in given.values() if isinstance(value, list)))


def is_list(kind: GraphQLOutputType) -> bool:
    return isinstance(kind.of_type if isinstance(kind, GraphQLNonNull) else kind, GraphQLList)


def is_record(kind: Any) -> bool:
    """Whether following a field to this type may cost a query."""
    return getattr(kind, "name", "") == INTERFACE or any(
        interface.name == INTERFACE for interface in getattr(kind, "interfaces", ())
    )
