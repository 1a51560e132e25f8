"""Errors of the REST interface as problem details (RFC 9457): one form for every status."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse, QueryDict
from rest_framework.exceptions import APIException
from rest_framework.response import Response
from rest_framework.views import exception_handler

from v2xkb.records.problems import nearest

PROBLEM_TYPE = "application/problem+json"
WRONG_PARAMETER = "A parameter or value that doesn't exist; the nearest right one is named."
PROBLEM_SCHEMA = {
    "type": "object",
    "description": "What went wrong, in the form of RFC 9457.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {
            "type": "string",
            "const": "about:blank",
            "description": "No more is said by the type than by status.",
        },
        "title": {"type": "string", "description": "What the status means."},
        "status": {"type": "integer", "description": "The HTTP status."},
        "detail": {"type": "string", "description": "What went wrong here, and the remedy."},
        "errors": {
            "type": "array",
            "description": "Every wrong parameter.",
            "items": {
                "type": "object",
                "required": ["parameter", "detail"],
                "properties": {
                    "parameter": {"type": "string", "description": "Name of the parameter."},
                    "detail": {"type": "string", "description": "What is wrong with it, and what is nearest right."},
                },
            },
        },
    },
}


class WrongParameters(APIException):
    """Parameters that do not exist, or hold what they cannot."""

    status_code = HTTPStatus.BAD_REQUEST

    def __init__(self, faults: Mapping[str, Sequence[str]]) -> None:
        self.errors = [{"parameter": name, "detail": text} for name, texts in faults.items() for text in texts]
        super().__init__(" ".join(f"{error['parameter']}: {error['detail']}" for error in self.errors))


class Gone(APIException):
    """A record that was withdrawn."""

    status_code = HTTPStatus.GONE


def refuse_blank(submitted: QueryDict) -> None:
    """Raises WrongParameters for parameters without a value, which pages pass over, since forms send them."""
    blank = [name for name, values in submitted.lists() if not all(value.strip() for value in values)]
    if blank:
        raise WrongParameters({name: ["It is empty. Give a value, or leave it out."] for name in blank})


def refuse_unknown(submitted: QueryDict, known: Sequence[str]) -> None:
    """Raises WrongParameters for names that are not `known`, or have no value."""
    unknown = [name for name in submitted if name not in known]
    if unknown:
        remedies = {name: nearest(name, known) if known else "This address takes none." for name in unknown}
        raise WrongParameters({name: [f"There is no such parameter. {text}"] for name, text in remedies.items()})
    refuse_blank(submitted)


def problem(status: HTTPStatus, detail: str) -> dict[str, Any]:
    return {"type": "about:blank", "title": status.phrase, "status": int(status), "detail": detail}


def problem_reply(status: HTTPStatus, detail: str) -> HttpResponse:
    """What middlewares refuse with, where no view of the interface is asked."""
    return HttpResponse(f"{json.dumps(problem(status, detail), indent=2)}\n", PROBLEM_TYPE, status)


def handle(exception: Exception, context: dict[str, Any]) -> Response | None:
    """What REST framework answers, said as problem details; nothing for errors that are bugs."""
    response = exception_handler(exception, context)
    if response is None:
        return None
    if response.status_code == HTTPStatus.NOT_MODIFIED:
        return Response(status=HTTPStatus.NOT_MODIFIED)
    detail = response.data.get("detail", "") if isinstance(response.data, dict) else ""
    response.data = problem(HTTPStatus(response.status_code), str(detail))
    if isinstance(exception, WrongParameters):
        response.data["errors"] = exception.errors
    response.content_type = PROBLEM_TYPE
    return response
