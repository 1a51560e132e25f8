"""A classification as plain data, and what it is declared to be, for every interface that programs read."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from v2xkb.records.openapi import TEXT, rows_of, titled, told
from v2xkb.taxonomy.classification import PAPER, TERMS, Classification, Doubt, Result
from v2xkb.taxonomy.questions import QUESTIONS
from v2xkb.taxonomy.reasoning import Reading

Data = dict[str, Any]


def plain(classification: Classification) -> Data:
    return {
        "answers": asdict(classification.answers),
        "results": list(map(plain_result, classification.results)),
        "disagreements": list(map(plain_doubt, classification.doubts)),
        "worth_asking": list(classification.worth_asking),
        "reference": PAPER,
    }


def plain_result(result: Result) -> Data:
    return {
        "readings": list(result.readings),
        "headline": result.headline,
        "smart_charging": result.is_smart,
        "certain": list(result.certain),
        "possible": list(result.possible),
        "steps": [asdict(step) | {"place": str(step.place), "terms": list(step.terms)} for step in result.steps],
    }


def plain_doubt(doubt: Doubt) -> Data:
    return {
        "name": doubt.disagreement.name,
        "kind": doubt.disagreement.kind,
        "text": str(doubt.disagreement.text),
        "depends": doubt.depends,
    }


def texts(values: Sequence[str], description: str) -> Data:
    return rows_of({"type": "string", "enum": list(values)}, description)


QUESTION = {"type": "string", "enum": [question.name for question in QUESTIONS]}
STEP = titled(
    "ClassificationStep",
    "One step of the reasoning.",
    {
        "question": told(QUESTION, "The question whose answer it rests on."),
        "text": told(TEXT, "What follows."),
        "place": told(TEXT, "Where the paper says so."),
        "terms": texts(TERMS, "The terms it speaks of."),
    },
)
RESULT = titled(
    "ClassificationResult",
    "What follows by one or more readings of the paper that agree.",
    {
        "readings": texts(list(Reading), "Readings of the paper that agree on it."),
        "headline": told(TEXT, "The narrowest class that is certain, or what is open."),
        "smart_charging": {
            "type": "string",
            "enum": ["yes", "no", "unknown"],
            "description": "Whether it is smart charging.",
        },
        "certain": texts(TERMS, "Terms that hold whatever the open answers are, the widest first."),
        "possible": texts(TERMS, "Terms that hold for some of the open answers only."),
        "steps": rows_of(STEP, "Why, in order."),
    },
)
DISAGREEMENT = titled(
    "ClassificationDisagreement",
    "Why readings differ: the paper contradicts itself or is silent.",
    {
        "name": told(TEXT, "Its name."),
        "kind": {
            "type": "string",
            "enum": ["contradiction", "silence"],
            "description": "Whether the paper contradicts itself or says nothing.",
        },
        "text": told(TEXT, "What the paper says, or does not."),
        "depends": {"type": "boolean", "description": "Only some of the open answers lead into it."},
    },
)
ANSWERS = titled(
    "ClassificationAnswers",
    "What is known of the way of charging.",
    {
        question.name: {
            "type": "string",
            "enum": list(question.options),
            "description": f"What was answered to “{question.name}”.",
        }
        for question in QUESTIONS
    },
)
ANSWER = titled(
    "Classification",
    "The paper's classes that follow from the answers to a few questions, by every reading of the paper.",
    {
        "answers": told(ANSWERS, "The answers it rests on."),
        "results": {**rows_of(RESULT, "One, or one for each reading of the paper that differs."), "minItems": 1},
        "disagreements": rows_of(DISAGREEMENT, "Why readings differ: the paper contradicts itself or is silent."),
        "worth_asking": rows_of(QUESTION, "Open questions whose answer would tell more."),
        "reference": told(TEXT, "Slug of the paper."),
    },
)
