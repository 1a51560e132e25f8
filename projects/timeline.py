"""A project's time: its dates as precisely as they are known, those of its sources, and what it follows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from projects.freshness import first_day, last_day

PRECISIONS = {4: _("known to the year"), 7: _("known to the month"), 10: _("known to the day")}
# Of the width of the drawing, in percent: what is shorter could not be seen.
THINNEST = 0.8
MOST_TICKS = 6
STEPS = (1, 2, 5, 10, 20, 50, 100)


class Event(StrEnum):
    """What happened; `name` also tells styles and templates apart."""

    BEFORE = "before"
    START = "start"
    FINDING = "finding"
    SOURCE = "source"
    END = "end"
    AFTER = "after"


@dataclass(frozen=True)
class Mark:
    """What an entry leads to: a footnote of the page, another project, a part of this one."""

    text: str
    address: str


@dataclass(frozen=True)
class Entry:
    """One event; `date` is empty where it is not reported, `until` where it is no span of time."""

    event: Event
    date: str = ""
    until: str = ""
    kind: str = ""
    marks: Sequence[Mark] = ()
    text: str = ""

    @property
    def precision(self) -> str | Promise:
        return PRECISIONS[len(self.date)] if self.date else ""

    @property
    def is_undated(self) -> bool:
        return not (self.date or self.until)


@dataclass(frozen=True)
class Span:
    """The run of a project as far as its record gives it."""

    name: str
    start: str = ""
    end: str = ""
    address: str = ""
    start_kind: str = ""
    end_kind: str = ""


@dataclass(frozen=True)
class Bar:
    """A part of a lane in percent of its width, as SVG writes numbers; pale unless `sure`: it is some time within."""

    x: str
    width: str
    sure: bool


@dataclass(frozen=True)
class Lane:
    label: str | Promise
    bars: list[Bar]


@dataclass(frozen=True)
class Tick:
    x: str
    year: int
    anchor: str


@dataclass(frozen=True)
class Drawing:
    lanes: list[Lane]
    ticks: list[Tick]


@dataclass(frozen=True)
class Timeline:
    """The events in order, dated ones first; a drawing where there are dates to draw."""

    entries: list[Entry]
    drawing: Drawing | None = None

    @property
    def dated(self) -> list[Entry]:
        return [entry for entry in self.entries if not entry.is_undated]

    @property
    def undated(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.is_undated]

    @property
    def parts(self) -> list[list[Entry]]:
        """The dated entries, then those without a date; neither where it is empty."""
        return [part for part in (self.dated, self.undated) if part]


@dataclass(frozen=True)
class Dated:
    """A source or finding with the date of publication that is known of it."""

    date: str
    mark: Mark
    text: str = ""


@dataclass(frozen=True)
class Around:
    """What the timeline of a project is drawn from besides its own run."""

    before: Sequence[Span] = ()
    after: Sequence[Span] = ()
    sources: Sequence[Dated] = ()
    findings: Sequence[Dated] = field(default=())


def timeline(run: Span, around: Around) -> Timeline:
    """Nothing is made up: an event without a date stands below those with one, and not in the drawing."""
    entries = [
        *(Entry(Event.BEFORE, span.start, span.end, marks=[_to(span)]) for span in around.before),
        Entry(Event.START, run.start, kind=run.start_kind),
        *(Entry(Event.FINDING, item.date, marks=[item.mark], text=item.text) for item in around.findings),
        *_by_date(around.sources),
        Entry(Event.END, run.end, kind=run.end_kind),
        *(Entry(Event.AFTER, span.start, span.end, marks=[_to(span)]) for span in around.after),
    ]
    return Timeline(list(_ordered(entries)), _drawing(run, around))


def _to(span: Span) -> Mark:
    return Mark(span.name, span.address)


def _by_date(sources: Iterable[Dated]) -> Iterator[Entry]:
    """One entry for all sources of a date."""
    groups: dict[str, list[Mark]] = {}
    for source in sources:
        if source.date:
            groups.setdefault(source.date, []).append(source.mark)
    return (Entry(Event.SOURCE, date, marks=marks) for date, marks in groups.items())


def _ordered(entries: Iterable[Entry]) -> list[Entry]:
    """By date, of equal ones as declared; what is undated comes last."""
    order = list(Event)

    def place(entry: Entry) -> tuple[int, date, int]:
        rank = order.index(entry.event)
        if not entry.date and not entry.until:
            return (2, date.min, rank)
        day = last_day(entry.date) if entry.event == Event.END else first_day(entry.date or entry.until)
        return (1, day, rank)

    return sorted(entries, key=place)


def _drawing(run: Span, around: Around) -> Drawing | None:
    lanes = [(span.name, [span]) for span in (*around.before, run, *around.after) if span.start or span.end]
    dates = [text for _name, spans in lanes for span in spans for text in (span.start, span.end) if text]
    published = sorted({source.date for source in around.sources if source.date})
    if not (run.start or run.end):
        # Only others' dates: nothing of this project could be drawn.
        return None
    years = [int(text[:4]) for text in (*dates, *published)]
    first, last = min(years), max(years) + 1
    if last - first < 2:
        return None
    scale = _Scale(date(first, 1, 1), date(last, 1, 1))
    drawn = [Lane(name, [bar for span in spans for bar in scale.run(span)]) for name, spans in lanes]
    if published:
        drawn.append(
            Lane(
                _("Sources, by date of publication"),
                [scale.bar(text, text, sure=len(text) == 10) for text in published],
            )
        )
    step = next(step for step in STEPS if (last - first) / step < MOST_TICKS)
    ticks = range(first, last + 1, step)
    anchors = {first: "start", last: "end"}
    return Drawing(drawn, [Tick(scale.percent(date(year, 1, 1)), year, anchors.get(year, "middle")) for year in ticks])


@dataclass(frozen=True)
class _Scale:
    """Days as percent of the width."""

    first: date
    last: date

    def share(self, day: date) -> float:
        return 100 * (day - self.first).days / (self.last - self.first).days

    def percent(self, day: date) -> str:
        return f"{self.share(day):.2f}%"

    def bar(self, start: str, end: str, *, sure: bool) -> Bar:
        return self.days(first_day(start), last_day(end), sure=sure)

    def days(self, start: date, end: date, *, sure: bool) -> Bar:
        """From the beginning of one day to the end of another."""
        left = self.share(start)
        width = max(self.share(end + timedelta(days=1)) - left, THINNEST)
        return Bar(f"{min(left, 100 - THINNEST):.2f}%", f"{width:.2f}%", sure)

    def run(self, span: Span) -> Iterator[Bar]:
        """Pale where start or end lie somewhen within, full between the two."""
        if not (span.start and span.end):
            known = span.start or span.end
            yield self.bar(known, known, sure=False)
            return
        yield self.bar(span.start, span.end, sure=False)
        begun, not_ended = last_day(span.start), first_day(span.end)
        if begun < not_ended:
            yield self.days(begun, not_ended, sure=True)
