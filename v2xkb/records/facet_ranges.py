"""Facets on numbers and years, asked by ranges."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any

from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.functions import Coalesce, Concat, NullIf
from django.utils.translation import gettext_lazy as _

from v2xkb.records.facet_filters import FacetFilter
from v2xkb.records.facet_rows import Column, Counted, Rowset, as_text, counted, text_value
from v2xkb.records.facet_singles import Words
from v2xkb.records.facet_values import NOT_REPORTED, Span, read_span

ELSEWHERE = "elsewhere"


class RangeFacet(FacetFilter):
    """Whole numbers, selected by ranges; `bins` are the ranges to show with their counts."""

    kind = "number"
    digits = r"\d{1,9}"
    form = _("is no range of whole numbers. Write 2..9, 2.., ..9 or 2, the smaller first.")
    onwards = _("%(number)s or more")

    # A range takes in many values, and a record of which several lie in it.
    has_several = False

    def __init__(self, path: str, label: Words, help_text: Words, *, bins: Sequence[str] = (), **where: Any) -> None:
        super().__init__(path, label, help_text, **where)
        self.bins = bins

    def span(self, value: str) -> Span | None:
        return read_span(value, self.digits)

    def fault(self, value: str) -> str | None:
        return None if self.span(value) else str(self.form)

    def label_of(self, value: str) -> str:
        span = self.span(value)
        return span.told(self.onwards) if span else value

    def among(self, values: Sequence[str]) -> Q:
        wanted = Q()
        for span in map(self.span, values):
            if span:
                wanted |= self.within(span)
        return wanted

    def within(self, span: Span) -> Q:
        low = Q() if span.low is None else Q(**{f"{self.alias}__gte": span.low})
        return low if span.high is None else low & Q(**{f"{self.alias}__lte": span.high})

    def blank(self) -> Q:
        return Q(**{f"{self.alias}__isnull": True})

    def counts(self, rows: Rowset, prefix: str, besides: Sequence[Rowset] = ()) -> list[Rowset]:
        """By bins, which must not overlap."""
        bins = [(self.span(name), name) for name in self.bins]
        found = [When(self.within(span), then=text_value(name)) for span, name in bins if span]
        binned = Case(When(self.blank(), then=text_value("")), *found, default=text_value(ELSEWHERE))
        return [counted(rows, self.name, binned)]

    def listed(self, counts: Mapping[str, int], selected: Iterable[str]) -> Iterable[str]:
        return self.bins

    def written(self, selected: Iterable[str]) -> list[str]:
        offered = set(self.listed({}, selected))
        return [value for value in selected if value not in offered and value != NOT_REPORTED]


class YearFacet(RangeFacet):
    """A year, selected by ranges; every year found is shown."""

    kind = "years"
    digits = r"\d{4}"
    form = _("is no range of years. Write 2016..2019, 2016.., ..2019 or 2016, the earlier first.")
    onwards = _("%(number)s or later")

    def counts(self, rows: Rowset, prefix: str, besides: Sequence[Rowset] = ()) -> list[Rowset]:
        return FacetFilter.counts(self, rows, prefix)

    def listed(self, counts: Mapping[str, int], selected: Iterable[str]) -> Iterable[str]:
        return sorted(year for year in {*counts, *selected} if year.isdecimal())


NO_END = 9999


class PeriodFacet(YearFacet):
    """A period of years, selected by ranges that overlap it; every year with a record is shown.

    A period of which one end is known is that year alone; but one that began, and whose `state` is among `running`,
    has no end.
    """

    def __init__(
        self,
        start: Column,
        end: Column,
        state: Column,
        running: Sequence[str],
        label: Words,
        help_text: Words,
        spelling: str = "",
    ) -> None:
        super().__init__(start.name, label, help_text, spelling=spelling)
        self.start, self.end, self.state, self.running = start, end, state, running

    def aliases(self, prefix: str, cited: bool) -> dict[str, Any]:
        start, end = self.start.read(cited), self.end.read(cited)
        low, high, state = (f"{self.name}_{part}" for part in ("low", "high", "state"))
        still = When(Q(**{f"{state}__in": self.running, f"{low}__isnull": False}), then=Value(NO_END))
        return {
            state: self.state.read(cited),
            low: start,
            high: Coalesce(end, Case(still, default=start, output_field=IntegerField()), output_field=IntegerField()),
            self.alias: Coalesce(start, end, output_field=IntegerField()),
        }

    def within(self, span: Span) -> Q:
        begun = Q() if span.high is None else Q(**{f"{self.alias}__lte": span.high})
        return begun if span.low is None else begun & Q(**{f"{self.name}_high__gte": span.low})

    def counts(self, rows: Rowset, prefix: str, besides: Sequence[Rowset] = ()) -> list[Rowset]:
        return [counted(rows, self.name, self.written_period())]

    def written_period(self) -> Any:
        """As text, empty where none is known."""
        period = Concat(as_text(F(self.alias)), text_value(".."), as_text(F(f"{self.name}_high")))
        return as_text(NullIf(period, text_value("..")))

    def tally(self, found: Sequence[Counted]) -> dict[str, int]:
        """Every record has one period, so that those of a year add up."""
        periods = [(*period_of(row.value), row.records) for row in found if row.value]
        last = max((end for low, high, _ in periods for end in (low, high) if end != NO_END), default=0)
        changes: Counter[int] = Counter()
        for low, high, records in periods:
            changes[low] += records
            changes[min(high, last) + 1] -= records
        years = range(min(changes, default=0), last + 1)
        counts = zip(map(str, years), accumulate(changes[year] for year in years), strict=True)
        missing = sum(row.records for row in found if not row.value)
        return {year: count for year, count in counts if count} | {NOT_REPORTED: missing}


def period_of(text: str) -> tuple[int, int]:
    """First and last year of a period as it is written."""
    low, _, high = text.partition("..")
    return int(low), int(high)
