"""The charts of the statistics page: of each, its topic, what it draws and what it says beside."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from projects.statistics import Count, Distribution, Numbers, Statistics
from projects.statistics_findings import (
    absent,
    base,
    finding,
    finding_of_crossing,
    finding_of_numbers,
    finding_of_pairs,
    told,
)
from v2xkb.charts.chart import Cell, Chart
from v2xkb.charts.shapes import Bar, GridCell, bars, columns, grid
from v2xkb.records.facet_crossing import Crossing, Value, reported
from v2xkb.records.facet_values import NOT_REPORTED

# More bars than this would be a wall; the table has them all.
MOST_BARS, MOST_COUNTRIES = 25, 60
COVERAGE = gettext_lazy(
    "Coverage: the search was led by the press, and the United Kingdom, the United States and the Netherlands are "
    "over-represented. These numbers say what was found, not what exists."
)
SEVERAL = gettext_lazy("A record with several values counts under each.")


@dataclass(frozen=True)
class Topic:
    """One chart: its name in addresses, its heading, its group on the page, the facets it needs, how it is made."""

    name: str
    label: str | Promise
    group: str | Promise
    facets: tuple[str, ...]
    make: Callable[["Topic", Statistics], Chart]

    def chart(self, statistics: Statistics) -> Chart:
        return self.make(self, statistics)


def addresses(queries: Iterable[str | None]) -> tuple[str, ...]:
    """Of the lists of projects that queries give; empty where there is none."""
    page = reverse("projects:list")
    return tuple("" if query is None else f"{page}{query}" for query in queries)


def joined(*notes: object) -> str:
    return " ".join(text for text in map(str, notes) if text)


def counts_chart(
    topic: Topic, distribution: Distribution, counts: Sequence[Count], *, upright: bool = False, most: int = MOST_BARS
) -> Chart:
    """A chart of the counts in the order given, what is not reported last."""
    what, shown = str(topic.label), list(counts) if upright else list(counts)[:most]
    drawn = [Bar(count.label, count.records) for count in shown]
    missing = distribution.missing
    drawn.append(Bar(missing.label, missing.records, is_missing=True))
    several = SEVERAL if sum(count.records for count in counts) > distribution.reporting else ""
    table = [*counts, missing]
    return Chart(
        name=topic.name,
        title=finding(what, counts, distribution.reporting, distribution.total),
        alt=_("Bars: %(counts)s.") % {"counts": told([*(count for count in counts if count.records), missing])},
        spec=columns(drawn, _("records")) if upright else bars(drawn, _("records")),
        columns=(what, _("Records")),
        rows=[(count.label, count.records) for count in table],
        note=joined(
            base(distribution.reporting, distribution.total), several, absent(distribution), cut(counts, shown)
        ),
        links=addresses(count.query for count in table),
    )


def cut(counts: Sequence[Count], shown: Sequence[Count]) -> str:
    if not (more := len(counts) - len(shown)):
        return ""
    return ngettext(
        "%(more)d more value is only in the table.", "%(more)d more values are only in the table.", more
    ) % {"more": more}


def by_frequency(topic: Topic, statistics: Statistics) -> Chart:
    distribution = statistics.distribution(topic.facets[0])
    return counts_chart(topic, distribution, distribution.by_frequency)


def in_order(topic: Topic, statistics: Statistics) -> Chart:
    distribution = statistics.distribution(topic.facets[0])
    return counts_chart(topic, distribution, distribution.counts)


def by_country(topic: Topic, statistics: Statistics) -> Chart:
    distribution = statistics.distribution(topic.facets[0])
    return noted(counts_chart(topic, distribution, distribution.by_frequency, most=MOST_COUNTRIES), COVERAGE)


def by_activity(topic: Topic, statistics: Statistics) -> Chart:
    """Up to the present year: of those without a known end nobody knows how long they will run."""
    present = timezone.localdate().year
    note = _(
        "Ongoing and commercial ones without a known end count as running until today; of others with one known date "
        "only its year counts. Years after %(present)d are not drawn."
    )
    return noted(by_year(topic, statistics, present), note % {"present": present})


def by_year(topic: Topic, statistics: Statistics, last: int | None = None) -> Chart:
    """Every year from first to last, also those without a record; none after `last`."""
    distribution = statistics.distribution(topic.facets[0])
    found = {int(count.value): count for count in distribution.counts if last is None or int(count.value) <= last}
    years = range(min(found, default=0), max(found, default=-1) + 1)
    counts = [found.get(year) or Count(str(year), str(year), 0) for year in years]
    return counts_chart(topic, distribution, counts, upright=True)


def noted(chart: Chart, *notes: object) -> Chart:
    return Chart(**{**vars(chart), "note": joined(chart.note, *notes)})


def numbers_chart(topic: Topic, numbers: Numbers, unit: str, *notes: object) -> Chart:
    what, table = str(topic.label), [*numbers.classes, numbers.missing]
    drawn = [Bar(count.label, count.records) for count in numbers.classes]
    drawn.append(Bar(numbers.missing.label, numbers.missing.records, is_missing=True))
    note = _("Each number counts once for a record, under its class; numbers are never added up.")
    return Chart(
        name=topic.name,
        title=finding_of_numbers(what, unit, numbers),
        alt=_("Bars: %(counts)s.") % {"counts": told(table)},
        spec=bars(drawn, _("records")),
        columns=(what, _("Records")),
        rows=[(count.label, count.records) for count in table],
        note=joined(base(numbers.reporting, numbers.total), note, *notes),
        links=addresses(count.query for count in table),
    )


def powers(topic: Topic, statistics: Statistics) -> Chart:
    return numbers_chart(topic, statistics.powers(), _("kW"))


def fleets(topic: Topic, statistics: Statistics) -> Chart:
    note = _("Numbers are those planned, installed, operating or taking part, as each record reports them.")
    return numbers_chart(topic, statistics.fleets(), _("vehicles"), note)


def organisations(topic: Topic, statistics: Statistics) -> Chart:
    """Those in several records; of the others only how many there are."""
    distribution = statistics.distribution("organisation")
    often = [count for count in distribution.by_frequency if count.records > 1]
    once = len(distribution.counts) - len(often)
    chart = counts_chart(topic, distribution, often or distribution.counts)
    if not often or not once:
        return chart
    note = ngettext(
        "%(once)d more organisation is a partner in one record.",
        "%(once)d more organisations are partners in one record each.",
        once,
    )
    return noted(chart, note % {"once": once})


def pairs(topic: Topic, statistics: Statistics) -> Chart:
    found = statistics.pairs()
    what, shown = str(topic.label), found.counts[:MOST_BARS]
    once = ngettext(
        "%(once)d more pair shares one record.", "%(once)d more pairs share one record each.", found.once
    ) % {"once": found.once}
    base = ngettext(
        "%(reporting)d of %(total)d record names two partners or more.",
        "%(reporting)d of %(total)d records name two partners or more.",
        found.total,
    ) % {"reporting": found.reporting, "total": found.total}
    return Chart(
        name=topic.name,
        title=finding_of_pairs(what, found),
        alt=_("Bars: %(counts)s.") % {"counts": told(found.counts)} if found.counts else _("No bars."),
        spec=bars([Bar(count.label, count.records) for count in shown], _("records")),
        columns=(what, _("Records")),
        rows=[(count.label, count.records) for count in found.counts],
        note=joined(base, once if found.once else "", cut(found.counts, shown)),
        links=addresses(count.query for count in found.counts),
    )


def crossed(topic: Topic, statistics: Statistics) -> Chart:
    crossing = statistics.crossing(*topic.facets)
    return crossing_chart(topic, crossing, statistics)


def crossing_chart(topic: Topic, crossing: Crossing, statistics: Statistics) -> Chart:
    rows = sorted(crossing.rows.values, key=lambda value: (value.value == NOT_REPORTED, -value.records))
    both = [(row, column) for row in rows for column in crossing.columns.values]
    of_reported = [(row, column) for row in reported(crossing.rows) for column in reported(crossing.columns)]

    def query(row: Value, column: Value) -> str | None:
        return statistics.crossing_query(crossing, row, column) if crossing.records(row, column) else None

    def cell(row: Value, column: Value) -> GridCell:
        is_missing = NOT_REPORTED in (row.value, column.value)
        return GridCell(row.label, column.label, crossing.records(row, column), is_missing)

    cells: list[tuple[Cell, ...]] = [(row.label, column.label, crossing.records(row, column)) for row, column in both]
    most = sorted(of_reported, key=lambda pair: -crossing.records(*pair))
    counts = [Count("", f"{row.label}, {column.label}:", crossing.records(row, column)) for row, column in most]
    return Chart(
        name=topic.name,
        title=finding_of_crossing(str(topic.label), crossing, of_reported),
        alt=_("Grid of counts: %(counts)s.") % {"counts": told([count for count in counts if count.records])},
        spec=grid([cell(row, column) for row, column in both]),
        columns=(crossing.rows.label, crossing.columns.label, _("Records")),
        rows=cells,
        note=joined(of_records(crossing.total), _("A record counts in every cell whose two values it reports.")),
        links=addresses(query(row, column) for row, column in both),
    )


def of_records(total: int) -> str:
    return ngettext("Of %(total)d record.", "Of %(total)d records.", total) % {"total": total}


WHERE, WHAT = gettext_lazy("Where and when"), gettext_lazy("What they are about")
HARDWARE, WHO = gettext_lazy("Chargers and vehicles"), gettext_lazy("Who")
BARRIERS = gettext_lazy("Barriers")

TOPICS = {
    topic.name: topic
    for topic in (
        Topic("countries", gettext_lazy("Country"), WHERE, ("country",), by_country),
        Topic("start", gettext_lazy("Year of start"), WHERE, ("start",), by_year),
        Topic("active", gettext_lazy("Active in the year"), WHERE, ("active",), by_activity),
        Topic("scenarios", gettext_lazy("Scenario"), WHAT, ("scenario",), by_frequency),
        Topic("services", gettext_lazy("Service"), WHAT, ("service",), by_frequency),
        Topic("orientation", gettext_lazy("Orientation"), WHAT, ("orientation",), by_frequency),
        Topic("status", gettext_lazy("Status"), WHAT, ("status",), in_order),
        Topic("connectors", gettext_lazy("Connector"), HARDWARE, ("connector",), by_frequency),
        Topic(
            "connectors-power-flow",
            gettext_lazy("Connector and AC/DC"),
            HARDWARE,
            ("connector", "power_flow"),
            crossed,
        ),
        Topic("charger-power", gettext_lazy("Charger power"), HARDWARE, (), powers),
        Topic("fleet-size", gettext_lazy("Fleet size"), HARDWARE, ("vehicles",), fleets),
        Topic("organisations", gettext_lazy("Organisation"), WHO, ("organisation",), organisations),
        Topic("partner-roles", gettext_lazy("Role of a partner"), WHO, ("role",), by_frequency),
        Topic("partner-pairs", gettext_lazy("Who works with whom"), WHO, ("organisation",), pairs),
        Topic("barriers", gettext_lazy("Barrier and stance"), BARRIERS, ("barrier", "stance"), crossed),
    )
}
