"""What a query may ask for, measured on its text and variables before anything is fetched."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLCompositeType,
    GraphQLError,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_argument_values,
    get_named_type,
)

from v2xkb.records.graphql.connections import MOST_NESTED, MOST_ROOT, page_asked
from v2xkb.records.graphql.types import INTERFACE

MOST_CHARACTERS = 50_000
MOST_TOKENS = 4_000
DEEPEST = 15
MOST_PLACES = 100
MOST_RECORDS = 20_000
# Fields of these hand on what their list has fetched.
PAGES = ("Connection", "Edge")


@dataclass(frozen=True)
class Size:
    """How deep fields nest, how many places fetch records, how many records lists ask for at most."""

    depth: int = 0
    places: int = 0
    records: int = 0

    def __add__(self, other: "Size") -> "Size":
        return Size(max(self.depth, other.depth), self.places + other.places, self.records + other.records)


def check(
    schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, variables: Mapping[str, Any]
) -> None:
    """Raises GraphQLError naming the limit that the operation passes, and by how much."""
    try:
        size = Measure(schema, document, variables).operation(operation)
    except RecursionError:
        raise GraphQLError(
            f"The query nests too deeply to be measured; at most {DEEPEST} levels are answered."
        ) from None
    for value, most, what, remedy in (
        (size.depth, DEEPEST, "nests fields {} levels deep", "Ask in two steps."),
        (size.places, MOST_PLACES, "leads to other records in {} places", "Split it."),
        (size.records, MOST_RECORDS, "asks for up to {} rows, pages within pages", "Lower “first”."),
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
        if node.name.value.startswith("__") or not isinstance(parent, GraphQLObjectType | GraphQLInterfaceType):
            return Size(depth=1)
        field = parent.fields[node.name.value]
        kind = get_named_type(field.type)
        below = self._selections(kind, node.selection_set) if node.selection_set else Size()
        size = replace(below, depth=below.depth + 1)
        if "first" in field.args:
            most = MOST_ROOT if parent is self.schema.query_type else MOST_NESTED
            first = page_asked(get_argument_values(field, node, self.variables), most).first
            size = replace(size, places=size.places + 1, records=first * (1 + below.records))
        elif is_record(kind) and not parent.name.endswith(PAGES):
            size = replace(size, places=size.places + 1)
        return size


def is_record(kind: Any) -> bool:
    """Whether following a field to this type may cost a query."""
    return getattr(kind, "name", "") == INTERFACE or any(
        interface.name == INTERFACE for interface in getattr(kind, "interfaces", ())
    )
