"""What our records say to each of the paper's statements: counted anew, never stored."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Q
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.choices import ClaimSubject, Expectation
from projects.documents import ClaimDocument, Measurement
from projects.filtersets import ProjectFilterSet
from projects.models import Project
from v2xkb.records.facet_values import NOT_REPORTED
from v2xkb.taxonomy.choices import UsageSense
from v2xkb.taxonomy.models import TermCoding

# Before and since the year in which two-way charging over CCS was first offered: shares moved most there.
PERIODS = (
    (gettext_lazy("started up to 2019"), Q(start_year__lte=2019)),
    (gettext_lazy("started since 2020"), Q(start_year__gte=2020)),
)
FEW = 0.1


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
    """Whether a statement holds for our records: in words, with all that was counted for it."""

    kind: str
    text: str | Promise
    overall: Tally | None = None
    cited: Tally | None = None
    periods: list[Tally] = field(default_factory=list)
    unclear: int = 0


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
    counts = project_counts([claim.measurement for claim in claims if counts_projects(claim)])
    codings = coding_counts()
    return [verdict(claim, counts, codings) for claim in claims]


def counts_projects(claim: ClaimDocument) -> bool:
    return claim.subject == ClaimSubject.PROJECTS and claim.measurement is not None


def verdict(claim: ClaimDocument, counts: dict[str, int], codings: dict[tuple[str, str], int]) -> Verdict:
    measurement = claim.measurement
    if claim.subject == ClaimSubject.OUTSIDE:
        return OUTSIDE
    if measurement is None:
        return NOT_COUNTED
    if claim.subject == ClaimSubject.PUBLICATIONS:
        return publication_verdict(measurement, codings)
    overall, cited, *periods = (tally(measurement, label, counts) for label in LABELS)
    if not overall.total:
        return Verdict("cannot-tell", _("can't tell: no project reports it"), overall, cited, periods)
    holds = meets(measurement, overall.hits, overall.total)
    kind = "holds" if holds else "does-not-hold"
    text = _("holds: {count}") if holds else _("does not hold: {count}")
    return Verdict(kind, text.format(count=overall), overall, cited, periods)


def publication_verdict(measurement: Measurement, codings: dict[tuple[str, str], int]) -> Verdict:
    """Our codings rest mostly on abstracts, so they stand beside the paper's share and cannot decide it."""
    term = measurement.term or ""
    total = sum(count for (slug, _), count in codings.items() if slug == term)
    hits = sum(codings.get((term, sense), 0) for sense in measurement.senses)
    overall = Tally(_("publications coded"), hits, total)
    unclear = codings.get((term, UsageSense.UNCLEAR), 0)
    text = _("can't tell: {count} in our codings, which rest mostly on abstracts")
    return Verdict("cannot-tell", text.format(count=overall), overall, unclear=unclear)


LABELS = (gettext_lazy("all"), gettext_lazy("cited values only"), *(label for label, _ in PERIODS))


def tally(measurement: Measurement, label: str | Promise, counts: dict[str, int]) -> Tally:
    where = f"{measurement.population}|{measurement.test}|{label}"
    return Tally(label, counts[f"{where}|hits"], counts[f"{where}|total"], hits_query(measurement))


def hits_query(measurement: Measurement) -> str:
    """The filter that lists the hits: the test's values take the place of the population's for the same parameter."""
    asked = QueryDict(measurement.population or "", mutable=True)
    for name, values in QueryDict(measurement.test or "").lists():
        asked.setlist(name, values)
    return "&".join(f"{name}={value}" for name, values in sorted(asked.lists()) for value in values)


def project_counts(measurements: Sequence[Measurement | None]) -> dict[str, int]:
    """«population|test|label|hits or total» -> number of projects, all counted in one query."""
    shared: ProjectFilterSet | None = None
    columns: dict[str, Any] = {}

    def matching(query: str, cited: bool) -> Q:
        nonlocal shared
        filterset = ProjectFilterSet(QueryDict(f"{query}&cited_only=1" if cited else query))
        if shared is None:
            shared = filterset
        else:
            # Vocabularies are the same for all, and read once.
            filterset.names = shared.names
        if not filterset.is_valid() or filterset.unknown:
            raise ValueError(f"a claim asks by a wrong filter: {query}: {filterset.errors} {filterset.unknown}")
        return Q(pk__in=filterset.qs.order_by().values("pk"))

    for measurement in filter(None, measurements):
        population, test = measurement.population or "", measurement.test or ""
        where = f"{measurement.population}|{measurement.test}"
        among = matching(population, cited=False)
        met = among & matching(test, cited=False)
        # What a project is filed under is our own reading throughout, so «cited» is asked of the tested value alone.
        stated = among & ~matching("&".join(f"{name}={NOT_REPORTED}" for name in QueryDict(test)), cited=True)
        pairs = [(among, met), (stated, stated & matching(test, cited=True))]
        pairs += [(among & period, met & period) for _, period in PERIODS]
        for label, (total, hits) in zip(LABELS, pairs, strict=True):
            columns[f"{where}|{label}|total"] = Count("pk", filter=total)
            columns[f"{where}|{label}|hits"] = Count("pk", filter=hits)
    names = {f"count_{number}": name for number, name in enumerate(columns)}
    found = Project.objects.aggregate(**{alias: columns[name] for alias, name in names.items()}) if columns else {}
    return {names[alias]: count for alias, count in found.items()}


def coding_counts() -> dict[tuple[str, str], int]:
    """(term, sense) -> number of coded publications."""
    rows = TermCoding.objects.order_by().values(slug=F("term__slug"), coded=F("sense")).annotate(n=Count("pk"))
    return {(row["slug"], row["coded"]): row["n"] for row in rows}
