"""Classifying a way of charging over REST: strict, described, and what the function itself says."""

from itertools import product

import jsonschema
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.api.described import description
from v2xkb.taxonomy.classification import classify
from v2xkb.taxonomy.questions import QUESTIONS, read_answers

pytestmark = pytest.mark.usefixtures("knowledge_base")

ADDRESS = "/api/v1/classification/"


def test_every_combination_of_answers_is_answered_as_the_function_says_and_as_described(client: Client) -> None:
    answers = description()["paths"][ADDRESS]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    check = jsonschema.Draft202012Validator(answers)
    for values in product(*(question.options for question in QUESTIONS)):
        given = dict(zip((question.name for question in QUESTIONS), values, strict=True))
        reply = client.get(ADDRESS, given).json()
        check.validate(reply)
        classification = classify(read_answers({name: [value] for name, value in given.items()}))
        assert reply["answers"] == given
        assert [(result["certain"], result["possible"]) for result in reply["results"]] == [
            (list(result.certain), list(result.possible)) for result in classification.results
        ]
        assert [entry["name"] for entry in reply["disagreements"]] == [
            doubt.disagreement.name for doubt in classification.doubts
        ]


def test_an_answer_that_is_not_given_is_unknown_and_no_record_is_needed(client: Client) -> None:
    with CaptureQueriesContext(connection) as captured:
        reply = client.get(f"{ADDRESS}?direct=yes&rate=no").json()
    # The revision under which the reply is kept.
    assert len(captured) == 1
    assert reply["answers"] == {"direct": "yes", "tariff": "unknown", "rate": "no", "back": "unknown", "to": "unknown"}
    assert [result["readings"] for result in reply["results"]] == [["definitions"], ["running-text"], ["flow"]]
    assert reply["reference"] == "drive2x-cired-2024"


@pytest.mark.parametrize(
    ("query", "parameter", "detail"),
    [
        ("drect=yes", "drect", "There is no such parameter. Did you mean “direct”?"),
        ("to=hme", "to", "“hme” is no answer to it. Did you mean “home”?"),
        ("back=yes&back=no", "back", "It is given 2 times. Give it once."),
    ],
)
def test_wrong_parameters_are_refused_with_the_nearest_right_one(
    client: Client, query: str, parameter: str, detail: str
) -> None:
    reply = client.get(f"{ADDRESS}?{query}")
    assert (reply.status_code, reply["Content-Type"]) == (400, "application/problem+json")
    assert reply.json()["errors"] == [{"parameter": parameter, "detail": detail}]
