"""Whatever the description of the interface allows, and much that it doesn't, is answered as the description says.

`make fuzz` makes up more requests than a test of every day.
"""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as running
from schemathesis import Case, GenerationMode, Response
from schemathesis.specs.openapi.checks import positive_data_acceptance, unsupported_method

from tests.api.described import description
from tests.fuzz.numbers import FUZZING, number_of
from tests.sweeps import spread

pytestmark = pytest.mark.usefixtures("knowledge_base")

METHODS = ("get", "post")
# Each right by itself, and made wrong by others that are given, or by the data: page beside cursor, relevance without
# words, one facet in rows and columns, a revision that has not come; and a range that ends before it begins.
TOGETHER = ("page", "sort", "rows", "columns", "since")


# Where nothing is asked, nothing can be wrong.
ASKED = [
    pytest.param(path, method, mode, id=f"{mode.value} {method} {path}")
    for path, methods in description()["paths"].items()
    for method in METHODS
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    if method in methods and (mode == GenerationMode.POSITIVE or methods[method].get("parameters"))
]
EACH = -(-number_of("REST") // len(ASKED))
DONE: Counter[str] = Counter()


@cache
def schema() -> Any:
    return schemathesis.openapi.from_dict(description())


def open_texts(path: str, method: str) -> Iterator[str]:
    """Parameters whose schema does not say which values there are: names of records, words, countries, cursors."""
    for parameter in description()["paths"][path][method].get("parameters", []):
        shape = parameter["schema"].get("items", parameter["schema"])
        if shape.get("type") == "string" and "enum" not in shape:
            yield parameter["name"]


def check_accepted(case: Case, response: Response) -> None:
    """Of what is right by its description only open texts are refused."""
    if response.status_code != 400 or case.method != "GET":
        return
    allowed = {*open_texts(case.path, case.method.lower()), *TOGETHER}
    refused = {error["parameter"] for error in response.json()["errors"]}
    assert not {name for name in refused - allowed if not name.endswith("__lte")}, response.json()


@pytest.mark.parametrize(("path", "method", "mode"), ASKED if FUZZING else spread(ASKED, 24))
def test_replies_are_those_described(path: str, method: str, mode: GenerationMode, wsgi: WSGIHandler) -> None:
    schema().app = wsgi
    operation = schema()[path][method.upper()]

    @running(
        max_examples=EACH,
        deadline=None,
        database=None,
        derandomize=not FUZZING,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Case) -> None:
        DONE[case.operation.label] += 1
        response = case.call()
        case.validate_response(response, excluded_checks=[positive_data_acceptance, unsupported_method])
        if mode == GenerationMode.POSITIVE:
            check_accepted(case, response)

    ask()
