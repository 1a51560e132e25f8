"""This app's part of the graph: terms, how publications use them, and the ways back to both."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import override

from v2xkb.records.facet_values import Parameter
from v2xkb.records.graphql.answers import Answer
from v2xkb.records.graphql.batches import Backlinks
from v2xkb.records.graphql.queries import Listed
from v2xkb.taxonomy.classification import classify
from v2xkb.taxonomy.classification_plain import ANSWER, plain
from v2xkb.taxonomy.filtersets import TermFilterSet, TermUsageFilterSet
from v2xkb.taxonomy.questions import QUESTIONS, Question, WrongAnswers, read_answers

LISTS = [Listed("term", TermFilterSet), Listed("term-usage", TermUsageFilterSet)]
BACKLINKS = [
    Backlinks("term", "narrower", "term", ("broader",), "The next narrower terms of the same scheme."),
    Backlinks("term", "codings", "term-usage", ("codings",), "How publications use the term.", owner="usage"),
    Backlinks("reference", "term_usages", "term-usage", ("reference",), "How it uses the field's terms."),
]


def classification(query: QueryDict) -> Mapping[str, Any]:
    return plain(classify(read_answers(dict(query.lists()))))


def parameter_of(question: Question) -> Parameter:
    with override("en"):
        told = f"{question.text} {question.help_text} One of: {', '.join(question.options)}."
    return Parameter(
        question.name, question.name, " ".join(told.split()), "choice", False, values=tuple(question.options)
    )


ANSWERS = [Answer("classify", ANSWER, list(map(parameter_of, QUESTIONS)), classification, (WrongAnswers,))]
