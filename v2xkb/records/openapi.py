"""OpenAPI read off the declarations: documents from their schemas, parameters from the filter sets."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, cast

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from v2xkb.records.deprecation import deprecation_of
from v2xkb.records.facet_values import Parameter
from v2xkb.records.prefixes import REST
from v2xkb.records.problem_details import PROBLEM_SCHEMA, PROBLEM_TYPE
from v2xkb.records.schemas import components

JSON = "application/json"
TOKEN = "token"  # noqa: S105 - the name of a scheme
TOKEN_SCHEME = {"type": "http", "scheme": "bearer", "description": "A token that a curator made for a program."}
PROBLEM = {"$ref": "#/components/schemas/Problem"}


@dataclass(frozen=True)
class Operation:
    """What one address answers: `answer` is the schema of the reply, `problems` the statuses of errors.

    `body` is the schema of what is sent, for addresses that take something, in the form of `body_type`; `examples` are
    addresses below the root.
    """

    name: str
    tag: str
    summary: str
    answer: dict[str, Any]
    parameters: Sequence[OpenApiParameter] = ()
    problems: dict[int, str] = field(default_factory=dict)
    body: dict[str, Any] | None = None
    body_type: str = JSON
    status: int = 200
    needs_token: bool = False
    examples: Sequence[str] = ()


class Described(Protocol):
    """A view that says what it answers."""

    def operation(self) -> Operation: ...


TEXT: dict[str, Any] = {"type": "string"}
COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}
# What a single number can be, by the kind of parameter.
BOUNDS: dict[str, dict[str, Any]] = {
    "years": {"type": "integer", "minimum": 1000, "maximum": 9999},
    "number": {**COUNT, "maximum": 10**9 - 1},
}
ADDRESS: dict[str, Any] = {"type": "string", "format": "uri"}


# Schemas that several replies have in common, by name.
_shared: dict[str, dict[str, Any]] = {}


def shared(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """A reference to a schema that stands in the description once, under this name."""
    _shared[name] = schema
    return {"$ref": f"#/components/schemas/{name}"}


def object_schema(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}


def titled(title: str, description: str, properties: dict[str, Any]) -> dict[str, Any]:
    """An object that GraphQL has a type of, called by the title."""
    return {"title": title, "description": description, **object_schema(properties)}


def told(schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {**schema, "description": description}


def rows_of(item: dict[str, Any], description: str = "") -> dict[str, Any]:
    return {"type": "array", "items": item} | ({"description": description} if description else {})


def or_none(schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"oneOf": [schema, {"type": "null"}], "description": description}


class OperationSchema(AutoSchema):
    """Asks the view for its `operation`."""

    @property
    def operation(self) -> Operation:
        return cast(Described, self.view).operation()

    def get_operation_id(self) -> str:
        return self.operation.name

    def get_tags(self) -> list[str]:
        return [self.operation.tag]

    def get_summary(self) -> str:
        return self.operation.summary

    def get_description(self) -> str:  # type: ignore[override] # as drf-spectacular itself does
        examples = ", ".join(f"`{REST}{address}`" for address in self.operation.examples)
        return f"For example {examples}" if examples else ""

    def is_deprecated(self) -> bool:
        return deprecation_of(self.view) is not None

    def get_override_parameters(self) -> list[Any]:
        return list(self.operation.parameters)

    def get_filter_backends(self) -> list[Any]:
        return []

    def get_request_serializer(self) -> Any:
        return {self.operation.body_type: self.operation.body} if self.operation.body else None

    def get_auth(self) -> list[dict[str, list[str]]]:
        return [{TOKEN: []}] if self.operation.needs_token else []

    def get_response_serializers(self) -> Any:
        problems = {
            406: "No form that Accept allows can be given.",
            429: "More was asked for from here than is answered in a minute; Retry-After says when to go on.",
        } | self.operation.problems
        same = {304: OpenApiResponse(None, "Nothing has changed since the reply whose ETag If-None-Match gives.")}
        return {
            **({} if self.operation.needs_token else same),
            (self.operation.status, JSON): OpenApiResponse(self.operation.answer, self.operation.summary),
            **{(status, PROBLEM_TYPE): OpenApiResponse(PROBLEM, text) for status, text in sorted(problems.items())},
        }

    def _is_list_view(self, serializer: Any = None) -> bool:
        # What a list looks like is in its operation; nothing is to be wrapped.
        return False


def described(parameter: Parameter) -> OpenApiParameter:
    """Vocabularies stay open texts: data may grow without the file changing."""
    if parameter.kind in ("flag", "presence"):
        return OpenApiParameter(parameter.name, bool, description=parameter.help_text)
    if parameter.kind in BOUNDS and not parameter.multiple:
        return OpenApiParameter(parameter.name, BOUNDS[parameter.kind], description=parameter.help_text)
    return OpenApiParameter(
        parameter.name,
        str,
        many=parameter.multiple,
        enum=parameter.values or None,
        description=parameter.help_text,
    )


def add_documents(result: dict[str, Any], generator: Any, **options: Any) -> dict[str, Any]:
    """A hook of drf-spectacular: puts the documents' schemas beside what it has gathered."""
    schemas = result.setdefault("components", {}).setdefault("schemas", {})
    result["components"]["securitySchemes"] = {TOKEN: TOKEN_SCHEME}
    schemas |= {"Problem": PROBLEM_SCHEMA} | _shared | components()
    result["components"]["schemas"] = dict(sorted(schemas.items()))
    return result
