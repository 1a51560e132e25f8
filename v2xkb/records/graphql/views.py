"""The GraphQL endpoint: queries only, by GET or as JSON by POST, measured before they run."""

import json
import logging
from http import HTTPStatus
from typing import Any, NamedTuple, cast

import graphene_django.views
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    OperationType,
    execute,
    get_operation_ast,
)
from graphql.execution.values import get_variable_values
from pydantic_core import to_json

from v2xkb.records.graphql import limits
from v2xkb.records.graphql.editor import editor
from v2xkb.records.graphql.planned import PlannedExecution
from v2xkb.records.graphql.texts import Unreadable, document_of
from v2xkb.records.one_moment import one_moment
from v2xkb.records.passing import passes
from v2xkb.records.replica import database
from v2xkb.records.reply_headers import HTML

logger = logging.getLogger(__name__)

JSON = "application/json"
METHODS = ("get", "head", "post", "options")
PARAMETERS = ("query", "variables", "operationName")
UNEXPECTED = "Something went wrong here; it has been noted."


class Asked(NamedTuple):
    """A query with its variables, and the name of the operation to run."""

    query: str
    variables: dict[str, Any]
    name: str | None


class Refused(Exception):
    """The request cannot be run; carries what is wrong with it."""

    def __init__(self, errors: list[GraphQLError], status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> None:
        self.errors = errors
        self.status = status
        super().__init__("; ".join(error.message for error in errors))


def refused(message: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> Refused:
    return Refused([GraphQLError(message)], status)


@method_decorator(csrf_exempt, name="dispatch")
class GraphQLView(graphene_django.views.GraphQLView):
    """Nothing can be changed and no cookie is read or set, so no token is asked for."""

    is_expensive = True

    http_method_names = list(METHODS)

    @staticmethod
    def asked_of(request: HttpRequest) -> str | None:
        """The query with its variables, by whichever way it is sent; None where it cannot be read, or is none."""
        try:
            asked = read(sent(request))
        except Refused:
            return None
        return json.dumps(asked, sort_keys=True)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # graphene-django's own sets a CSRF cookie, which would keep replies from being shared, and knows no limits.
        return cast(HttpResponse, View.dispatch(self, request, *args, **kwargs))

    def get(self, request: HttpRequest) -> HttpResponse:
        if request.get_preferred_type([JSON, HTML]) == HTML:
            response = cast(HttpResponse, editor(request))
        else:
            response = self.answer(request)
        patch_vary_headers(response, ["Accept"])
        return response

    def post(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def http_method_not_allowed(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = reply_to(refused("Queries come by GET or POST.", HTTPStatus.METHOD_NOT_ALLOWED))
        response["Allow"] = ", ".join(METHODS).upper()
        return response

    def answer(self, request: HttpRequest) -> HttpResponse:
        try:
            asked = read(sent(request))
            document = self.checked(*asked)
        except Refused as error:
            return reply_to(error)
        with one_moment(database()):
            content = self.run(request, document, asked)
        response = reply(content)
        if "errors" in content:
            response["Cache-Control"] = "no-store"
        return response

    def checked(self, query: str, variables: dict[str, Any], name: str | None) -> DocumentNode:
        """The query read and measured, without asking the database; raises Refused."""
        schema: GraphQLSchema = self.schema.graphql_schema
        try:
            document = document_of(schema, query)
        except Unreadable as error:
            raise Refused(error.errors) from error
        operation = get_operation_ast(document, name)
        if operation is None:
            raise refused("Name one of the query's operations in “operationName”.")
        if operation.operation is not OperationType.QUERY:
            raise refused(f"This is a {operation.operation.value}; only queries are answered.")
        coerced = get_variable_values(schema, operation.variable_definitions, variables)
        if isinstance(coerced, list):
            raise Refused(coerced)
        try:
            limits.check(schema, document, operation, coerced)
        except GraphQLError as error:
            raise Refused([error]) from error
        return document

    def run(self, request: HttpRequest, document: DocumentNode, asked: Asked) -> dict[str, Any]:
        result = execute(
            self.schema.graphql_schema,
            document,
            None,
            request,
            asked.variables,
            asked.name,
            execution_context_class=PlannedExecution,
        )
        answered: dict[str, Any] = {"data": result.data}  # type: ignore[union-attr]
        if result.errors:  # type: ignore[union-attr]
            raise_what_passes(result.errors)  # type: ignore[union-attr]
            answered["errors"] = [formatted(error) for error in result.errors]  # type: ignore[union-attr]
        return answered


def sent(request: HttpRequest) -> dict[str, Any]:
    """The parameters of a GET, or the object that a POST holds; raises Refused."""
    if request.method != "POST":
        return {name: request.GET[name] for name in PARAMETERS if name in request.GET}
    if request.content_type != JSON:
        raise refused(f"Send the query as {JSON}.", HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    try:
        data = json.loads(request.body)
    except RequestDataTooBig:
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        raise refused(f"The body has more than {most:,} bytes.", HTTPStatus.REQUEST_ENTITY_TOO_LARGE) from None
    except (ValueError, RecursionError):
        raise refused("The body is no JSON.") from None
    if not isinstance(data, dict):
        raise refused("The body is a JSON object with the key “query”; it holds one query.")
    return data


def read(data: dict[str, Any]) -> Asked:
    """Raises Refused."""
    query, variables, name = (data.get(parameter) for parameter in PARAMETERS)
    if not isinstance(query, str) or not query.strip():
        raise refused("“query” is missing: it holds the text of a GraphQL query.")
    if isinstance(variables, str):
        try:
            variables = json.loads(variables)
        except (ValueError, RecursionError):
            raise refused("“variables” is no JSON.") from None
    if not isinstance(variables, dict | None):
        raise refused("“variables” is a JSON object.")
    if not isinstance(name, str | None):
        raise refused("“operationName” is a text.")
    return Asked(query, variables or {}, name)


def raise_what_passes(errors: list[GraphQLError]) -> None:
    """Where the database is away, the whole reply is 503, not a 200 that lacks parts for now."""
    for error in errors:
        if error.original_error and passes(error.original_error):
            raise error.original_error


def formatted(error: GraphQLError) -> Any:
    """What went wrong, in full where it was the query's fault, and otherwise in the log only."""
    if error.original_error is None or isinstance(error.original_error, GraphQLError):
        return error.formatted
    logger.error("a GraphQL query failed at %s", error.path, exc_info=error.original_error)
    return {**error.formatted, "message": UNEXPECTED}


def reply(content: dict[str, Any], status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    return HttpResponse(to_json(content), content_type=JSON, status=status)


def reply_to(error: Refused) -> HttpResponse:
    return reply({"errors": [fault.formatted for fault in error.errors]}, error.status)
