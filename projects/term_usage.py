"""How publications use the field's terms: our codings counted, beside the shares that the paper states of its own.

The two are different samples, read to different depths. Neither is ever counted into the other.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict
from django.utils.translation import gettext as _

from projects.choices import Expectation
from projects.documents import ClaimDocument
from projects.models import Claim
from projects.selection import Selection, read_selection
from v2xkb.literature.choices import TextSeen
from v2xkb.records.facet_values import NOT_REPORTED, NOT_REPORTED_LABEL
from v2xkb.records.languages import DataText
from v2xkb.taxonomy.choices import UsageSense
from v2xkb.taxonomy.filtersets import CODINGS, TermUsageFilterSet
from v2xkb.taxonomy.models import TermCoding, TermUsage
from v2xkb.taxonomy.usage_shares import DISPUTED, Between, Share, Uses

# The terms of the paper's content research, in the order in which its figures are told; others follow.
TERMS = ("v2x", "v2g", "v2b", "v2h")
# How many publications the paper's content research read, all in full.
PAPER_SAMPLE = 20
FOUND = (UsageSense.UMBRELLA.value, UsageSense.EXPLICIT.value, UsageSense.USED.value)


@dataclass(frozen=True)
class Comparison:
    """One use of a term: the share that the paper states, if it gives a number, and what our codings count.

    `by_text` has ours by how much of the publications was read; `list_query` is that of the codings that say so.
    """

    claim: Claim
    statement: str
    term: str
    senses: tuple[str, ...]
    label: str
    paper: Share | None
    ours: Share
    by_text: dict[str, Share]
    list_query: str


@dataclass(frozen=True)
class OfTerm:
    """One term in our codings: sense -> number of publications; and the queries of the codings that say so."""

    slug: str
    label: str
    counts: dict[str, int]
    list_queries: dict[str, str]

    @property
    def publications(self) -> int:
        return sum(self.counts.values())

    @property
    def found(self) -> int:
        return sum(self.counts[sense] for sense in FOUND)


def asked(query: QueryDict, beside: tuple[str, ...] = ()) -> Selection:
    """The codings that a query asks for. Raises WrongSelection."""
    return read_selection(query, {}, beside, TermUsageFilterSet)


class UsageStatistics:
    """The numbers of one selection of codings, read when they are asked for."""

    def __init__(self, selection: Selection) -> None:
        self.selection = selection

    @cached_property
    def uses(self) -> Uses:
        return Uses(TermCoding.objects.judgements(self.selection.filterset.matches))

    @property
    def codings(self) -> int:
        """How many codings match; a publication has one from each of its coders."""
        return self.selection.filterset.total

    @cached_property
    def everything(self) -> int:
        """How many publications are coded at all."""
        return TermUsage.objects.publications()

    @cached_property
    def names(self) -> dict[str, str]:
        """Term -> label, of those that were looked for."""
        known = self.selection.filterset.filters["term"].names
        found = [*TERMS, *sorted(self.uses.senses.keys() - set(TERMS))]
        return {slug: DataText(known[slug].label) for slug in found if slug in known}

    @cached_property
    def terms(self) -> list[OfTerm]:
        return [self._of_term(slug, label) for slug, label in self.names.items()]

    def _of_term(self, slug: str, label: str) -> OfTerm:
        counts = self.uses.counts(slug)
        numbers = {sense: counts[sense] for sense in (*UsageSense.values, DISPUTED)}
        queries = {sense: self.list_query(slug, sense) for sense in UsageSense.values if counts[sense]}
        return OfTerm(slug, label, numbers, queries)

    @cached_property
    def comparisons(self) -> list[Comparison]:
        """Of each statement of the paper on the use of a term."""
        found = [self._comparison(claim) for claim in Claim.objects.about_publications()]
        order = {slug: place for place, slug in enumerate(self.names)}
        return sorted(filter(None, found), key=lambda one: (order[one.term], one.paper is None))

    def _comparison(self, claim: Claim) -> Comparison | None:
        document = ClaimDocument.model_validate_json(claim.record.document)
        measurement = document.measurement
        if not measurement or not measurement.term or measurement.term not in self.names:
            return None
        term, senses = measurement.term, tuple(measurement.senses)
        stated = measurement.value if measurement.expects == Expectation.SHARE else None
        ours = self.uses.share(term, senses)
        words = str(UsageSense(senses[0]).label) if len(senses) == 1 else _("in either sense")
        return Comparison(
            claim,
            DataText(document.statement),
            term,
            senses,
            f"{self.names[term]}: {words}",
            None if stated is None else Share(round(stated * PAPER_SAMPLE / 100), PAPER_SAMPLE),
            ours,
            {text: self.uses.share(term, senses, text) for text in self.texts},
            self.list_query(term, *senses) if ours.hits else "",
        )

    @cached_property
    def texts(self) -> dict[str, int]:
        """How much was read -> number of publications, most of the text first, as far as any were read so."""
        read = self.uses.texts_read()
        return {text: read[text] for text in (*TextSeen.values, "") if read[text]}

    @property
    def agreements(self) -> list[Between]:
        return self.uses.agreements(list(self.names))

    def list_query(self, term: str, *senses: str) -> str:
        """The query of the codings that say so; none where what is chosen of terms and senses stands in its way."""
        filterset = self.selection.filterset
        if any(facet.rows == CODINGS for facet in (*filterset.chosen, *filterset.every, *filterset.lookups)):
            return ""
        return self.selection.list_query(term=[term], sense=list(senses))

    def apart(self) -> Iterator[tuple[Comparison, bool | None]]:
        """Of each share that the paper gives in numbers, whether ours is clearly higher, clearly lower, or neither."""
        for one in self.comparisons:
            if one.paper and one.ours.total:
                ours, paper = one.ours.interval, one.paper.interval
                is_apart = ours.low > paper.high or ours.high < paper.low
                yield one, ours.low > paper.high if is_apart else None


def text_label(text: str) -> str:
    return str(TextSeen(text).label if text else NOT_REPORTED_LABEL)


def text_value(text: str) -> str:
    """As the parameter of the lists has it."""
    return text or NOT_REPORTED


def sense_label(sense: str) -> str:
    return _("coders differ") if sense == DISPUTED else str(UsageSense(sense).label)
