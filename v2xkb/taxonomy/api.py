"""REST for terms, for how publications use them, and for classifying a way of charging."""

from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from v2xkb.records.api import RecordViewSet
from v2xkb.records.openapi import Operation
from v2xkb.records.problem_details import WRONG_PARAMETER, WrongParameters, refuse_blank
from v2xkb.records.tagging import OfCodeView
from v2xkb.taxonomy.classification import classify
from v2xkb.taxonomy.classification_plain import ANSWER, plain
from v2xkb.taxonomy.filtersets import TermFilterSet, TermUsageFilterSet
from v2xkb.taxonomy.questions import QUESTIONS, WrongAnswers, read_answers


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
        return Response(plain(classify(answers)))

    def operation(self) -> Operation:
        return Operation(
            name="classify",
            tag="terms",
            summary="The paper's classes of charging that follow from what is known, by every reading of the paper.",
            answer=ANSWER,
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
