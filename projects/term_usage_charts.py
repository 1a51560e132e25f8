"""The charts of term usage: our shares beside the paper's with intervals, and every term by its senses."""

from collections.abc import Callable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.term_usage import PAPER_SAMPLE, Comparison, UsageStatistics, sense_label, text_label
from v2xkb.charts.chart import Cell, Chart
from v2xkb.charts.shapes import GridCell, grid
from v2xkb.charts.share_intervals import Estimate, intervals
from v2xkb.taxonomy.choices import UsageSense
from v2xkb.taxonomy.usage_shares import DISPUTED, Share


def shares(statistics: UsageStatistics) -> Chart:
    """One row for each share of each sample; ours leads to the codings behind it."""
    paper, ours = samples(statistics)
    rows = list(rows_of(statistics, paper, ours))
    return Chart(
        name="shares",
        title=finding(statistics),
        alt=_("For each use of a term two points with intervals on a scale from 0 to 100 %: the paper's and ours."),
        spec=intervals(
            [
                Estimate(label, sample, share.value or 0, share.interval.low, share.interval.high, in_words(share))
                for label, sample, share, _link in rows
                if share.total
            ],
            (paper, ours),
            _("Share of publications with Wilson's interval of 95 percent"),
        ),
        columns=(
            _("Use"),
            _("Sample"),
            _("Publications"),
            _("of all"),
            _("Share in %"),
            _("Lower end in %"),
            _("Upper end in %"),
            _("unclear"),
            _("coders differ"),
        ),
        rows=[(label, sample, *numbers(share)) for label, sample, share, _link in rows],
        note=note(statistics),
        links=tuple(link for *_told, link in rows),
    )


def rows_of(statistics: UsageStatistics, paper: str, ours: str) -> Iterator[tuple[str, str, Share, str]]:
    codings = reverse("taxonomy:usages")
    for one in statistics.comparisons:
        if one.paper:
            yield one.label, paper, one.paper, one.claim.get_absolute_url()
        yield one.label, ours, one.ours, f"{codings}{one.list_query}" if one.list_query else ""


def samples(statistics: UsageStatistics) -> tuple[str, str]:
    """What the two samples are called."""
    number = statistics.uses.publications
    ours = ngettext("our codings (%(number)s publication)", "our codings (%(number)s publications)", number)
    paper = _("the paper (%(number)s publications, read in full)") % {"number": PAPER_SAMPLE}
    return paper, ours % {"number": number}


def numbers(share: Share) -> tuple[Cell, ...]:
    if not share.total:
        return (share.hits, share.total, None, None, None, share.unclear, share.disputed)
    ends = (share.value, share.interval.low, share.interval.high)
    return (share.hits, share.total, *(percent(end) for end in ends), share.unclear, share.disputed)


def percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 1)


def in_words(share: Share) -> str:
    return _("%(hits)s of %(total)s") % {"hits": share.hits, "total": share.total}


def finding(statistics: UsageStatistics) -> str:
    """Where our shares and the paper's are clearly apart."""
    if not statistics.uses.publications:
        return _("No publication is coded here, so nothing can be compared with the paper")
    told: dict[bool | None, list[Comparison]] = {True: [], False: [], None: []}
    for one, is_higher in statistics.apart():
        told[is_higher].append(one)
    labels = {kind: ", ".join(one.label for one in found) for kind, found in told.items()}
    parts = []
    if told[False]:
        parts.append(_("rarer in our codings than in the paper: %(uses)s") % {"uses": labels[False]})
    if told[True]:
        parts.append(_("more frequent in our codings than in the paper: %(uses)s") % {"uses": labels[True]})
    if told[None]:
        parts.append(_("not clearly apart: %(uses)s") % {"uses": labels[None]})
    text = "; ".join(parts)
    return text[:1].upper() + text[1:]


def note(statistics: UsageStatistics) -> str:
    return " ".join(
        part
        for part in (
            _("Two samples read to different depths: compare with care."),
            read(statistics),
            _("“Not in the text seen” does not mean that a publication never uses a term."),
            chosen(statistics),
        )
        if part
    )


def read(statistics: UsageStatistics) -> str:
    """How much of the publications of our codings was read."""
    told = [f"{text_label(text)} {number}" for text, number in statistics.texts.items()]
    return _("Read of ours: %(texts)s.") % {"texts": ", ".join(told)} if told else ""


def chosen(statistics: UsageStatistics) -> str:
    words = statistics.selection.words
    return _("Filters: %(filters)s.") % {"filters": words} if words else ""


def senses(statistics: UsageStatistics) -> Chart:
    """Every term of our codings by the senses it has there."""
    shown = [*UsageSense.values, *([DISPUTED] if any(term.counts[DISPUTED] for term in statistics.terms) else [])]
    return Chart(
        name="senses",
        title=finding_of_senses(statistics),
        alt=_(
            "A grid with a row for each term and a column for each sense; each field holds a number of publications."
        ),
        spec=grid(
            [
                GridCell(term.label, sense_label(sense), term.counts[sense])
                for term in statistics.terms
                for sense in shown
            ]
        ),
        columns=(_("Term"), *map(sense_label, shown)),
        rows=[(term.label, *(term.counts[sense] for sense in shown)) for term in statistics.terms],
        note=" ".join(
            part for part in (_("Numbers count publications."), read(statistics), chosen(statistics)) if part
        ),
    )


def finding_of_senses(statistics: UsageStatistics) -> str:
    """How many publications hold each term, in whatever sense."""
    terms = sorted((term for term in statistics.terms if term.publications), key=lambda term: -term.found)
    if not terms:
        return _("No publication is coded here")
    first, *others = terms
    told = _("%(term)s stands in %(found)s of %(total)s texts seen") % {
        "term": first.label,
        "found": first.found,
        "total": first.publications,
    }
    rest = [_("%(term)s in %(found)s") % {"term": term.label, "found": term.found} for term in others]
    return ", ".join([told, *rest])


CHARTS: dict[str, Callable[[UsageStatistics], Chart]] = {"shares": shares, "senses": senses}
