"""REST for terms, for how publications use them, and for classifying a way of charging."""

from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from v2xkb.records.api import RecordViewSet
from v2xkb.records.openapi import Operation, object_schema
from v2xkb.records.problem_details import WRONG_PARAMETER, WrongParameters, refuse_blank
from v2xkb.records.tagging import OfCodeView
from v2xkb.taxonomy.classification import PAPER, TERMS, classify
from v2xkb.taxonomy.filtersets import TermFilterSet, TermUsageFilterSet
from v2xkb.taxonomy.questions import QUESTIONS, WrongAnswers, read_answers
from v2xkb.taxonomy.reasoning import Reading


class TermViewSet(RecordViewSet):
    kind = "term"
    example = "v2g"
    examples = ("scheme=service",)
    filterset_class = TermFilterSet


class TermUsageViewSet(RecordViewSet):
    kind = "term-usage"
    example = "aljanad-2015"
    examples = ("term=v2g",)
    filterset_class = TermUsageFilterSet


class ClassificationView(OfCodeView):
    """The paper's classes that follow from the answers to a few questions, by every reading of the paper."""

    def get(self, request: Request) -> Response:
        refuse_blank(request.query_params)
        try:
            answers = read_answers(dict(request.query_params.lists()))
        except WrongAnswers as error:
            raise WrongParameters(error.faults) from error
        classification = classify(answers)
        results = [
            {
                "readings": list(result.readings),
                "headline": result.headline,
                "smart_charging": result.is_smart,
                "certain": list(result.certain),
                "possible": list(result.possible),
                "steps": [
                    asdict(step) | {"place": str(step.place), "terms": list(step.terms)} for step in result.steps
                ],
            }
            for result in classification.results
        ]
        disagreements = [
            {
                "name": doubt.disagreement.name,
                "kind": doubt.disagreement.kind,
                "text": str(doubt.disagreement.text),
                "depends": doubt.depends,
            }
            for doubt in classification.doubts
        ]
        return Response(
            {
                "answers": asdict(answers),
                "results": results,
                "disagreements": disagreements,
                "worth_asking": list(classification.worth_asking),
                "reference": PAPER,
            }
        )

    def operation(self) -> Operation:
        return Operation(
            name="classify",
            tag="terms",
            summary="The paper's classes of charging that follow from what is known, by every reading of the paper.",
            answer=object_schema(ANSWER),
            parameters=[
                OpenApiParameter(
                    question.name,
                    str,
                    enum=list(question.options),
                    description=f"{question.text} {question.help_text}".strip(),
                )
                for question in QUESTIONS
            ],
            examples=["classification/?back=yes&to=home"],
            problems={400: WRONG_PARAMETER},
        )


def texts(values: tuple[str, ...] | list[str], description: str) -> dict[str, Any]:
    return {"type": "array", "items": {"type": "string", "enum": list(values)}, "description": description}


QUESTION = {"type": "string", "enum": [question.name for question in QUESTIONS]}
STEP = {
    "question": QUESTION,
    "text": {"type": "string", "description": "What follows."},
    "place": {"type": "string", "description": "Where the paper says so."},
    "terms": texts(TERMS, "The terms it speaks of."),
}
RESULT = {
    "readings": texts(list(Reading), "Readings of the paper that agree on it."),
    "headline": {"type": "string", "description": "The narrowest class that is certain, or what is open."},
    "smart_charging": {"type": "string", "enum": ["yes", "no", "unknown"]},
    "certain": texts(TERMS, "Terms that hold whatever the open answers are, the widest first."),
    "possible": texts(TERMS, "Terms that hold for some of the open answers only."),
    "steps": {"type": "array", "items": object_schema(STEP)},
}
DISAGREEMENT = {
    "name": {"type": "string"},
    "kind": {"type": "string", "enum": ["contradiction", "silence"]},
    "text": {"type": "string"},
    "depends": {"type": "boolean", "description": "Only some of the open answers lead into it."},
}
ANSWER = {
    "answers": object_schema(
        {question.name: {"type": "string", "enum": list(question.options)} for question in QUESTIONS}
    ),
    "results": {
        "type": "array",
        "minItems": 1,
        "description": "One, or one for each reading of the paper that differs.",
        "items": object_schema(RESULT),
    },
    "disagreements": {
        "type": "array",
        "description": "Why readings differ: the paper contradicts itself or is silent.",
        "items": object_schema(DISAGREEMENT),
    },
    "worth_asking": {
        "type": "array",
        "description": "Open questions whose answer would tell more.",
        "items": QUESTION,
    },
    "reference": {"type": "string", "description": "Slug of the paper."},
}
