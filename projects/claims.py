"""What our records say to each of the paper's statements: counted anew, never stored."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.choices import ClaimSubject, Expectation
from projects.claim_counts import (
    FIELD,
    FIVE,
    Answers,
    answers_to,
    hits_query,
    population_in,
    scope_of,
    unreported,
    unrestricted,
    with_cited_only,
)
from projects.claim_records import comparison, records_compared
from projects.documents import ClaimDocument, Measurement
from v2xkb.records.nodes import Node
from v2xkb.taxonomy.models import TermCoding
from v2xkb.taxonomy.usage_shares import Uses

# Before and since the year in which two-way charging over CCS was first offered: shares moved most there.
PERIODS = (
    ("up to 2019", gettext_lazy("started up to 2019"), Q(start_year__lte=2019)),
    ("since 2020", gettext_lazy("started since 2020"), Q(start_year__gte=2020)),
)
SAMPLES = {
    FIELD: gettext_lazy("all V2X projects"),
    FIVE: gettext_lazy("the paper's five projects"),
    "": gettext_lazy("all records"),
}
# The kinds of verdict, in the order in which an overview names them.
KINDS = {
    "holds": gettext_lazy("holds"),
    "does-not-hold": gettext_lazy("does not hold"),
    "same": gettext_lazy("our record says the same"),
    "differs": gettext_lazy("our record differs"),
    "beside": gettext_lazy("our record stands beside it"),
    "silent": gettext_lazy("our record does not say"),
    "cannot-tell": gettext_lazy("can't tell"),
    "outside": gettext_lazy("outside our data"),
}
FEW = 0.1
# What a word of a statement is taken to mean, where the choice is ours.
TAKEN = {
    Expectation.MOST: gettext_lazy("we take “most” as more than half"),
    Expectation.FEW: gettext_lazy("we take “few” as under a tenth"),
}


@dataclass(frozen=True)
class Tally:
    """How many of a population meet a test; `query` is the filter behind the hits, where there is one."""

    label: str | Promise
    hits: int
    total: int
    query: str = ""

    def __str__(self) -> str:
        return _("{hits} of {total}").format(hits=self.hits, total=self.total)


@dataclass(frozen=True)
class Verdict:
    """Whether a statement holds for our records: in words, with all that was counted for it.

    `overall` is the sample that the statement is on, `other` the other of the paper's five and all V2X projects.
    """

    kind: str
    text: str | Promise
    overall: Tally | None = None
    other: Tally | None = None
    cited: Tally | None = None
    periods: list[Tally] = field(default_factory=list)
    unclear: int = 0
    unreported: int = 0

    @property
    def tallies(self) -> list[Tally]:
        return [tally for tally in (self.overall, self.other, self.cited, *self.periods) if tally]


OUTSIDE = Verdict("outside", gettext_lazy("outside our data"))
NOT_COUNTED = Verdict("cannot-tell", gettext_lazy("can't tell: no count of ours decides it"))


def meets(measurement: Measurement, hits: int, total: int) -> bool:
    """Whether `hits` of `total` are what the statement says."""
    value = measurement.value or 0
    match measurement.expects:
        case Expectation.MOST:
            return hits * 2 > total
        case Expectation.FEW:
            return hits < total * FEW
        case Expectation.SOME:
            return hits > 0
        case Expectation.COUNT:
            return hits == value
        case Expectation.ALL_BUT:
            return total - hits == value
        case Expectation.SHARE:
            return round(100 * hits / total) == round(value)


def verdicts(claims: Sequence[ClaimDocument]) -> list[Verdict]:
    """A verdict for each claim, in order; the number of queries does not grow with them."""
    answers = answers_for([claim.measurement for claim in claims if claim.measurement and counts_projects(claim)])
    uses = Uses(TermCoding.objects.judgements())
    records = records_compared(claims)
    return [verdict(claim, answers, uses, records) for claim in claims]


def counts_projects(claim: ClaimDocument) -> bool:
    return claim.subject == ClaimSubject.PROJECTS and claim.measurement is not None


def verdict(claim: ClaimDocument, answers: Answers, uses: Uses, records: dict[str, Node]) -> Verdict:
    measurement = claim.measurement
    if claim.subject == ClaimSubject.OUTSIDE:
        return OUTSIDE
    if measurement is None:
        return Verdict(*comparison(claim, records)) if claim.compared else NOT_COUNTED
    if claim.subject == ClaimSubject.PUBLICATIONS:
        return publication_verdict(measurement, uses)
    return project_verdict(measurement, answers, is_whole=not claim.untested)


def project_verdict(measurement: Measurement, answers: Answers, is_whole: bool) -> Verdict:
    population, test, unknown = measurement.population or "", measurement.test or "", unreported(measurement)
    scope = scope_of(measurement)
    other = FIELD if scope == FIVE else FIVE

    def tally(label: str | Promise, among: str, *also: str) -> Tally:
        total, hits = (answers.count(among, *also, *met, but=unknown) for met in ((), (test,)))
        return Tally(label, hits, total, hits_query(among, test))

    overall = tally(SAMPLES[scope], population)
    unknown_cited = with_cited_only(unknown)
    # What a project is filed under is our own reading throughout, so «cited» is asked of the tested value alone.
    stated, stated_hits = (
        answers.count(population, *met, but=unknown_cited) for met in ((), (test, with_cited_only(test)))
    )
    missing = answers.count(unrestricted(measurement), unknown)
    kind, text = worded(measurement, overall, missing, is_whole)
    return Verdict(
        kind,
        text,
        overall,
        other=tally(SAMPLES[other], population_in(measurement, other)),
        cited=Tally(_("cited values only"), stated_hits, stated),
        periods=[tally(label, population, period) for period, label, _condition in PERIODS],
        unreported=missing,
    )


def worded(measurement: Measurement, overall: Tally, missing: int, is_whole: bool) -> tuple[str, str]:
    """The kind of a verdict, and its line: the count, what is not reported, and what we take a word to mean."""
    if not overall.total:
        return "cannot-tell", _("can't tell: no project reports it")
    holds = meets(measurement, overall.hits, overall.total)
    said = {
        (True, True): _("holds: {count}"),
        (True, False): _("does not hold: {count}"),
        (False, True): _("the part that can be counted holds: {count}"),
        (False, False): _("the part that can be counted does not hold: {count}"),
    }[is_whole, holds].format(count=overall)
    more = [_("{number} not reported").format(number=missing)] if missing else []
    taken = [str(TAKEN[measurement.expects])] if measurement.expects in TAKEN else []
    return "holds" if holds else "does-not-hold", "; ".join([said, *more, *taken])


def publication_verdict(measurement: Measurement, uses: Uses) -> Verdict:
    """Our codings rest mostly on abstracts, so they stand beside the paper's share and cannot decide it."""
    share = uses.share(measurement.term or "", measurement.senses)
    overall = Tally(_("publications coded"), share.hits, share.total)
    text = _("can't tell: {count} in our codings, which rest mostly on abstracts")
    return Verdict("cannot-tell", text.format(count=overall), overall, unclear=share.unclear)


def answers_for(measurements: Sequence[Measurement]) -> Answers:
    """All that verdicts on projects count, asked in one query."""
    queries: list[str] = []
    for measurement in measurements:
        population, test, unknown = measurement.population or "", measurement.test or "", unreported(measurement)
        samples = (population_in(measurement, FIELD), population_in(measurement, FIVE), unrestricted(measurement))
        queries += [population, *samples, test, unknown, with_cited_only(test), with_cited_only(unknown)]
    return answers_to(queries, {name: condition for name, _label, condition in PERIODS})
