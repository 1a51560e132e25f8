"""Term usage as plain data and as rows of a download, and what it is declared to be, for every interface."""

from collections.abc import Callable, Iterator
from typing import Any

from projects.term_usage import (
    PAPER_SAMPLE,
    Comparison,
    OfTerm,
    UsageStatistics,
    sense_label,
    text_label,
    text_value,
)
from projects.term_usage_charts import percent
from v2xkb.records.openapi import COUNT, TEXT, or_none, rows_of, titled, told
from v2xkb.taxonomy.usage_shares import Between, Share

Address = Callable[[str], str]
Data = dict[str, Any]

OURS, PAPER = "ours", "paper"
ALL_TEXTS = "all"
COLUMNS = (
    "sample",
    "term",
    "senses",
    "text_seen",
    "publications",
    "of",
    "percent",
    "low",
    "high",
    "unclear",
    "disputed",
)


def plain(statistics: UsageStatistics, list_address: Address) -> Data:
    """All numbers; `list_address` makes an address of a query of the list of codings."""
    uses = statistics.uses
    return {
        "publications": uses.publications,
        "of": statistics.everything,
        "codings": statistics.codings,
        "coders": uses.coders,
        "coded_by_several": uses.coded_by_several,
        "texts": [plain_text(text, number) for text, number in statistics.texts.items()],
        "paper_publications": PAPER_SAMPLE,
        "terms": [plain_term(term, list_address) for term in statistics.terms],
        "shares": [plain_comparison(one, list_address) for one in statistics.comparisons],
        "agreements": [plain_agreement(one) for one in statistics.agreements],
    }


def plain_text(text: str, publications: int) -> Data:
    return {"text_seen": text_value(text), "label": text_label(text), "publications": publications}


def plain_term(term: OfTerm, list_address: Address) -> Data:
    return {
        "term": term.slug,
        "publications": term.publications,
        "senses": [
            {
                "sense": sense,
                "label": sense_label(sense),
                "publications": number,
                "list": list_address(query) if (query := term.list_queries.get(sense, "")) else None,
            }
            for sense, number in term.counts.items()
        ],
    }


def plain_comparison(one: Comparison, list_address: Address) -> Data:
    return {
        "claim": one.claim.slug,
        "statement": one.statement,
        "term": one.term,
        "senses": list(one.senses),
        "paper": plain_share(one.paper) if one.paper else None,
        "ours": plain_share(one.ours),
        "by_text_seen": [
            {"text_seen": text_value(text), "share": plain_share(share)} for text, share in one.by_text.items()
        ],
        "list": list_address(one.list_query) if one.list_query else None,
    }


def plain_share(share: Share) -> Data:
    is_any = share.total > 0
    return {
        "publications": share.hits,
        "of": share.total,
        "percent": percent(share.value),
        "low": percent(share.interval.low) if is_any else None,
        "high": percent(share.interval.high) if is_any else None,
        "unclear": share.unclear,
        "disputed": share.disputed,
    }


def plain_agreement(between: Between) -> Data:
    found = between.agreement
    return {
        "coders": list(between.coders),
        "term": between.term or None,
        "publications": between.publications,
        "judgements": found.judged,
        "agreed": found.agreed,
        "expected": None if found.expected is None else round(found.expected, 4),
        "kappa": None if found.kappa is None else round(found.kappa, 4),
    }


def table(statistics: UsageStatistics) -> Iterator[list[str]]:
    """Header, then each share: the paper's, ours, and ours by how much of the publications was read."""
    yield list(COLUMNS)
    for one in statistics.comparisons:
        if one.paper:
            yield line(PAPER, one, "full", one.paper)
        yield line(OURS, one, ALL_TEXTS, one.ours)
        for text, share in one.by_text.items():
            yield line(OURS, one, text_value(text), share)


def line(sample: str, one: Comparison, text: str, share: Share) -> list[str]:
    numbers = ["" if value is None else str(value) for value in plain_share(share).values()]
    return [sample, one.term, " ".join(one.senses), text, *numbers]


PERCENT = {"type": ["number", "null"], "minimum": 0, "maximum": 100}
SHARE = titled(
    "UsageShare",
    "How many publications of a sample use a term in a way, with Wilson's 95 % interval; null where there are none.",
    {
        "publications": told(COUNT, "Publications that use it so."),
        "of": told(COUNT, "All in which it was looked for, the unclear and the disputed among them."),
        "percent": told(PERCENT, "The share in percent."),
        "low": told(PERCENT, "Lower end of the interval in percent."),
        "high": told(PERCENT, "Upper end of the interval in percent."),
        "unclear": told(COUNT, "Publications of which the coding could not tell."),
        "disputed": told(COUNT, "Publications of which coders said different things; they count as none of them."),
    },
)
LIST = {
    "type": ["string", "null"],
    "format": "uri",
    "description": "The codings that say so, if there are any and they can be asked for.",
}
SENSE = titled(
    "UsageOfSense",
    "How many publications use a term in one sense.",
    {
        "sense": told(TEXT, "The sense; disputed where coders said different things."),
        "label": told(TEXT, "What it is called."),
        "publications": told(COUNT, "Publications of that sense."),
        "list": LIST,
    },
)
TERM = titled(
    "UsageOfTerm",
    "One term by its senses.",
    {
        "term": told(TEXT, "Slug of the term."),
        "publications": told(COUNT, "Publications in which it was looked for."),
        "senses": rows_of(SENSE, "Every sense there is, the disputed last."),
    },
)
TEXT_SEEN = titled(
    "UsageTextSeen",
    "How many publications were read so far.",
    {
        "text_seen": told(TEXT, "How much was read, as the parameter has it."),
        "label": told(TEXT, "What it is called."),
        "publications": told(COUNT, "Publications of which so much was read."),
    },
)
OF_TEXT = titled(
    "UsageShareOfText",
    "A share among the publications of which so much was read.",
    {"text_seen": told(TEXT, "How much was read, as the parameter has it."), "share": told(SHARE, "The share there.")},
)
COMPARISON = titled(
    "UsageComparison",
    "A statement of the paper on the use of a term, and our codings: two samples, never one.",
    {
        "claim": told(TEXT, "Slug of the statement among the claims."),
        "statement": told(TEXT, "What the paper says, in our words."),
        "term": told(TEXT, "Slug of the term."),
        "senses": rows_of(TEXT, "The senses that count as a yes."),
        "paper": or_none(SHARE, "The paper's share, where it gives a number."),
        "ours": told(SHARE, "The share among our codings."),
        "by_text_seen": rows_of(OF_TEXT, "Ours by how much of the publications was read."),
        "list": LIST,
    },
)
AGREEMENT = titled(
    "CoderAgreement",
    "How far two coders agree in the publications that both coded: Cohen's kappa, unweighted.",
    {
        "coders": rows_of(TEXT, "The two."),
        "term": told({"type": ["string", "null"]}, "Slug of the term; null for all terms together."),
        "publications": told(COUNT, "Publications that both coded."),
        "judgements": told(COUNT, "Judgements that both made."),
        "agreed": told(COUNT, "Those that are the same."),
        "expected": told({"type": ["number", "null"]}, "The share that would be the same by chance."),
        "kappa": told(
            {"type": ["number", "null"]},
            "Agreement beyond chance; null where it is not defined, as chance alone would make both agree always.",
        ),
    },
)
USAGE = titled(
    "TermUsageStatistics",
    "How publications use the terms: codings of readers counted, each publication once for a term.",
    {
        "publications": told(COUNT, "Publications whose codings the filters leave."),
        "of": told(COUNT, "Publications coded at all."),
        "codings": told(COUNT, "Codings that the filters leave; a publication has one from each of its coders."),
        "coders": rows_of(TEXT, "Who coded them."),
        "coded_by_several": told(COUNT, "Publications that more than one of them coded."),
        "texts": rows_of(TEXT_SEEN, "How much of the publications was read."),
        "paper_publications": told(COUNT, "How many publications the paper's shares are of; it read them in full."),
        "terms": rows_of(TERM, "Every term that was looked for."),
        "shares": rows_of(COMPARISON, "One for each statement of the paper on the use of a term."),
        "agreements": rows_of(AGREEMENT, "Of every two coders, by term, then of all terms together."),
    },
)
