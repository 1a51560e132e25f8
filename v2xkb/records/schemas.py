"""JSON Schemas of the documents, read off their declarations: one source for files, REST and OpenAPI."""

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from v2xkb.records.registry import Kind, kinds

DIALECT = "https://json-schema.org/draft/2020-12/schema"
COMPONENT = "#/components/schemas/{model}"


class CanonicalSchema(GenerateJsonSchema):
    """Describes canonical documents: a key is present only if it holds something, so nothing is null or empty."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def list_schema(self, schema: core_schema.ListSchema) -> JsonSchemaValue:
        return {"minItems": 1} | super().list_schema(schema)

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def document_schema(kind: Kind) -> dict[str, Any]:
    """The schema of one kind's documents, complete in itself."""
    schema = _schema(kind, "#/$defs/{model}")
    return {"$schema": DIALECT, "title": kind.document.__name__} | schema


def components() -> dict[str, Any]:
    """Name of a document or part -> its schema, as OpenAPI keeps them."""
    found: dict[str, Any] = {}
    for kind in kinds():
        schema = _schema(kind, COMPONENT)
        for name, part in (schema.pop("$defs", {}) | {kind.document.__name__: schema}).items():
            if found.setdefault(name, part) != part:
                raise ValueError(f"two different things are called {name}")
    return dict(sorted(found.items()))


def component_of(kind: Kind) -> dict[str, str]:
    return {"$ref": COMPONENT.format(model=kind.document.__name__)}


def _schema(kind: Kind, template: str) -> dict[str, Any]:
    schema = kind.document.model_json_schema(
        mode="serialization", ref_template=template, schema_generator=CanonicalSchema
    )
    # Pydantic counts a key with a default as optional; this one is in every document.
    schema["required"] = ["kind", *schema["required"]]
    return schema
