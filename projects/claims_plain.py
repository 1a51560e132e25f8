"""Verdicts on claims as plain data, and what they are declared to be, for every interface that programs read."""

from collections.abc import Callable, Sequence
from typing import Any

from projects.claims import KINDS, Tally, Verdict, verdicts
from projects.documents import ClaimDocument
from v2xkb.records.openapi import COUNT, TEXT, or_none, rows_of, titled, told

Data = dict[str, Any]


def verdicts_on(documents: Sequence[str], list_address: Callable[[str], str]) -> list[Data]:
    """A verdict for each claim, in order; `list_address` makes an address of a query of the list of projects."""
    claims = [ClaimDocument.model_validate_json(document) for document in documents]
    return [plain(verdict, list_address) for verdict in verdicts(claims)]


def plain(verdict: Verdict, list_address: Callable[[str], str]) -> Data:
    def counted(tally: Tally | None) -> Data | None:
        return plain_tally(tally, list_address) if tally else None

    return {
        "kind": verdict.kind,
        "text": str(verdict.text),
        "overall": counted(verdict.overall),
        "other": counted(verdict.other),
        "cited": counted(verdict.cited),
        "periods": [plain_tally(period, list_address) for period in verdict.periods],
        "unclear": verdict.unclear,
        "not_reported": verdict.unreported,
    }


def plain_tally(tally: Tally, list_address: Callable[[str], str]) -> Data:
    return {
        "label": str(tally.label),
        "hits": tally.hits,
        "total": tally.total,
        "list": list_address(tally.query) if tally.query else None,
    }


TALLY = titled(
    "ClaimTally",
    "How many of a population meet the statement's test.",
    {
        "label": told(TEXT, "Among which records it is counted."),
        "hits": told(COUNT, "Those that meet the test."),
        "total": told(COUNT, "All of the population."),
        "list": {
            "type": ["string", "null"],
            "format": "uri",
            "description": "Those that meet the test, where a list of them can be asked for.",
        },
    },
)
VERDICT = titled(
    "ClaimVerdict",
    "What our records say to a statement: counted anew, never stored.",
    {
        "kind": {"type": "string", "enum": list(KINDS), "description": "What it comes to."},
        "text": told(TEXT, "The verdict in words, with its count."),
        "overall": or_none(TALLY, "Counted in the sample that the statement is on, where it can be counted."),
        "other": or_none(TALLY, "Counted in the other of the paper's five projects and all V2X projects."),
        "cited": or_none(TALLY, "Counted among values that a source states."),
        "periods": rows_of(TALLY, "Counted by when projects started."),
        "unclear": told(COUNT, "Codings of publications that are unclear."),
        "not_reported": told(COUNT, "Records of the sample that do not report what is tested."),
    },
)
