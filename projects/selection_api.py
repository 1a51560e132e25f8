"""REST for numbers over a selection of records: one reading of the query, refused as a problem."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.http import QueryDict
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from projects.selection import WrongSelection
from v2xkb.records.problem_details import WrongParameters, refuse_blank
from v2xkb.records.tagging import TaggedView

Wanted = TypeVar("Wanted")


class SelectionAPIView(TaggedView, Generic[Wanted]):
    """What a query says of a selection of records; each number leads to the list of its records."""

    list_name = "api:project-list"

    def asked(self, query: QueryDict) -> Wanted:
        """Raises WrongSelection."""
        raise NotImplementedError

    def answer(self, wanted: Wanted, list_address: Callable[[str], str]) -> dict[str, Any]:
        """`list_address` makes an address of a query of the records' list."""
        raise NotImplementedError

    def get(self, request: Request) -> Response:
        refuse_blank(request.query_params)
        try:
            wanted = self.asked(request.query_params)
        except WrongSelection as error:
            raise WrongParameters(error.faults) from error
        home = reverse(self.list_name, request=request)
        return Response(self.answer(wanted, lambda query: f"{home}{query}"))
