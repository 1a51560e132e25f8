"""GraphQL types of what REST declares as JSON Schema: what is not a record is declared once too."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import graphene

from v2xkb.records.graphql.types import Type, field_of, object_type

Schema = Mapping[str, Any]
SCALARS = {
    "boolean": graphene.Boolean,
    "integer": graphene.Int,
    "number": graphene.Float,
    "string": graphene.String,
}


class PlainTypes:
    """One type for each title; what is declared is read once, when it is first asked for."""

    def __init__(self) -> None:
        self._declared: dict[str, Schema] = {}
        self._type = cache(self._made)

    def type_of(self, schema: Schema) -> Type:
        """Raises ValueError where two different objects have one title."""
        title = schema["title"]
        if self._declared.setdefault(title, schema)["properties"] != schema["properties"]:
            raise ValueError(f"Two different declarations are called “{title}”. Give one of them another title.")
        return self._type(title)

    def fields(self, schema: Schema) -> dict[str, graphene.Field]:
        return {name: self.field(name, inner) for name, inner in schema["properties"].items()}

    def field(self, name: str, schema: Schema) -> graphene.Field:
        """A field of plain data; names are resolved as they stand there."""
        inner, required = present(schema)
        many = inner.get("type") == "array"
        inner = inner["items"] if many else inner
        description = schema.get("description") or inner.get("description")
        return field_of(self._inner(inner), read(name), description, many=many, required=required)

    def _inner(self, schema: Schema) -> Any:
        return self.type_of(schema) if "properties" in schema else SCALARS[kinds_of(schema)[0]]

    def _made(self, title: str) -> Type:
        schema = self._declared[title]
        return object_type(title, schema["description"], self.fields(schema))


def read(name: str) -> Any:
    return lambda data, info: data[name]


def present(schema: Schema) -> tuple[Schema, bool]:
    """What a value is declared to be where there is one, and whether there always is."""
    if "oneOf" in schema:
        return schema["oneOf"][0], False
    return schema, len(kinds_of(schema)) == 1


def kinds_of(schema: Schema) -> list[str]:
    """The kind of a value, and null where there may be none."""
    kind = schema["type"]
    return [kind] if isinstance(kind, str) else list(kind)
