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
    GraphQLError,
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

from v2xkb.records.graphql.connections import MOST_NESTED, MOST_ROOT, page_asked
from v2xkb.records.graphql.types import DOCUMENT, INTERFACE

MOST_CHARACTERS = 50_000
MOST_TOKENS = 4_000
DEEPEST = 15
MOST_PLACES = 100
MOST_VALUES = 200_000
# What lists that have no pages are taken to hold, and a whole document to weigh: as much as most do.
WITHIN_DOCUMENT = 5
WITHIN_SCHEMA = 10
WHOLE_DOCUMENT = 50
META_FIELDS = {"__schema": SchemaMetaFieldDef, "__type": TypeMetaFieldDef, "__typename": TypeNameMetaFieldDef}
# Fields of these hand on what their list has fetched.
PAGES = ("Connection", "Edge")


@dataclass(frozen=True)
class Size:
    """How deep fields nest, how many places fetch records, how many values and rows are asked for at most."""

    depth: int = 0
    places: int = 0
    values: int = 0

    def __add__(self, other: "Size") -> "Size":
        return Size(max(self.depth, other.depth), self.places + other.places, self.values + other.values)


def check(
    schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, variables: Mapping[str, Any]
) -> None:
    """Raises GraphQLError naming the limit that the operation passes, and by how much."""
    size = Measure(schema, document, variables).operation(operation)
    for value, most, what, remedy in (
        (size.depth, DEEPEST, "nests fields {} levels deep", "Ask in two steps."),
        (size.places, MOST_PLACES, "leads to other records in {} places", "Split it."),
        (size.values, MOST_VALUES, "asks for about {} values", "Lower “first”, or ask for fewer fields."),
    ):
        if value > most:
            raise GraphQLError(f"The query {what.format(f'{value:,}')}; at most {most:,} are answered. {remedy}")


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
        return self._selections(root, node.selection_set) if root else Size()

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
        from_page = parent.name.endswith(PAGES)
        places = below.places + (is_record(kind) and not from_page)
        times = 1
        if "first" in field.args:
            most = MOST_ROOT if parent is self.schema.query_type else MOST_NESTED
            times, places = page_asked(get_argument_values(field, node, self.variables), most).first, places + 1
        elif is_list(field.type) and not from_page:
            times = WITHIN_SCHEMA if kind.name.startswith("__") else WITHIN_DOCUMENT
        own = WHOLE_DOCUMENT if name == DOCUMENT else 1
        return Size(below.depth + 1, places, times * (own + below.values))


def is_list(kind: GraphQLOutputType) -> bool:
    return isinstance(kind.of_type if isinstance(kind, GraphQLNonNull) else kind, GraphQLList)


def is_record(kind: Any) -> bool:
    """Whether following a field to this type may cost a query."""
    return getattr(kind, "name", "") == INTERFACE or any(
        interface.name == INTERFACE for interface in getattr(kind, "interfaces", ())
    )
