"""Addresses below the REST interface for tests only: one that fails, one that is throttled, one that will go."""

from datetime import UTC, datetime

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.urls import path
from rest_framework.exceptions import APIException, Throttled
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from v2xkb.records.deprecation import Deprecation


class Failing(APIView):
    schema = None

    def get(self, request: Request, how: str) -> Response:
        errors: dict[str, Exception] = {
            "bug": ZeroDivisionError("secret detail"),
            "busy": Throttled(wait=7),
            "other": APIException("It failed."),
        }
        raise errors[how]


class Going(APIView):
    """An address that will be gone in two years."""

    schema = None
    deprecated = Deprecation(
        datetime(2027, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC), "/api/v2/going/", "/about/"
    )

    def get(self, request: Request) -> Response:
        return Response({"still": "here"}, headers={"Link": '</api/v1/>; rel="up"'})


def unreadable(request: HttpRequest) -> HttpResponse:
    raise BadRequest("secret detail")


urlpatterns = [
    path("api/v1/failing/<slug:how>/", Failing.as_view()),
    path("api/v1/going/", Going.as_view()),
    path("api/v1/unreadable/", unreadable),
    path("page/unreadable/", unreadable),
]
