"""A timeline orders what is dated, keeps what is not, and draws nothing that no record says."""

import pytest

from projects.timeline import Around, Dated, Event, Lane, Mark, Span, timeline

RUN = Span("Run", "2016", "2019-01")


def dated(*dates: str) -> list[Dated]:
    return [Dated(date, Mark(str(number), f"#source-{number}")) for number, date in enumerate(dates, 1)]


def order(run: Span, around: Around) -> list[tuple[Event, str]]:
    return [(entry.event, entry.date) for entry in timeline(run, around).entries]


def drawn(run: Span, around: Around) -> list[Lane]:
    drawing = timeline(run, around).drawing
    return drawing.lanes if drawing else []


def test_events_come_in_the_order_of_their_dates() -> None:
    around = Around([Span("Before", "2011", "2013")], [Span("After", "2020")], dated("2015", "2017-03-01", "2021"))
    assert order(RUN, around) == [
        (Event.BEFORE, "2011"),
        (Event.SOURCE, "2015"),
        (Event.START, "2016"),
        (Event.SOURCE, "2017-03-01"),
        (Event.END, "2019-01"),
        (Event.AFTER, "2020"),
        (Event.SOURCE, "2021"),
    ]


def test_what_has_no_date_stands_apart_below_what_has_one() -> None:
    around = Around([Span("Before")], [Span("After")], dated("2017"))
    assert order(Span("Run"), around) == [
        (Event.SOURCE, "2017"),
        (Event.BEFORE, ""),
        (Event.START, ""),
        (Event.END, ""),
        (Event.AFTER, ""),
    ]
    assert [len(part) for part in timeline(Span("Run"), around).parts] == [1, 4]


def test_a_predecessor_of_which_only_the_end_is_known_stands_at_its_end() -> None:
    assert order(RUN, Around([Span("Early", "2009"), Span("Late", "", "2012")]))[:2] == [
        (Event.BEFORE, "2009"),
        (Event.BEFORE, ""),
    ]


def test_sources_of_one_date_are_one_event_and_those_without_a_date_none() -> None:
    entries = timeline(RUN, Around(sources=dated("2017", "", "2017"))).entries
    (published,) = [entry for entry in entries if entry.event == Event.SOURCE]
    assert [mark.text for mark in published.marks] == ["1", "3"]


@pytest.mark.parametrize(
    ("date", "precision"),
    [("2016", "known to the year"), ("2016-02", "known to the month"), ("2016-02-03", "known to the day")],
)
def test_precision_is_said(date: str, precision: str) -> None:
    assert str(timeline(Span("Run", date), Around()).entries[0].precision) == precision


def test_a_run_is_full_only_between_the_last_day_of_its_start_and_the_first_of_its_end() -> None:
    (lane,) = drawn(Span("Run", "2016", "2019"), Around())
    assert [(bar.x, bar.width, bar.sure) for bar in lane.bars] == [
        ("0.00%", "100.00%", False),
        # From 31 December 2016, day 365 of 1461, to 1 January 2019, day 1096.
        ("24.98%", "50.10%", True),
    ]


def test_dates_within_one_another_leave_nothing_sure() -> None:
    lanes = drawn(Span("Run", "2016", "2016-05"), Around(sources=dated("2018")))
    assert [bar.sure for bar in lanes[0].bars] == [False]


def test_an_end_that_is_not_reported_is_not_drawn() -> None:
    lane = drawn(Span("Run", "2016"), Around(sources=dated("2019")))[0]
    assert [(bar.x, bar.width, bar.sure) for bar in lane.bars] == [("0.00%", "25.05%", False)]


def test_nothing_is_drawn_without_a_date_of_the_project_or_within_one_year() -> None:
    assert drawn(Span("Run"), Around(sources=dated("2016", "2019"))) == []
    assert drawn(Span("Run", "2016-02", "2016-05"), Around()) == []


def test_years_along_the_axis_are_few_and_begin_and_end_within_the_drawing() -> None:
    drawing = timeline(Span("Run", "1995", "2026"), Around()).drawing
    assert drawing is not None
    assert 3 <= len(drawing.ticks) <= 7
    shares = [float(tick.x.removesuffix("%")) for tick in drawing.ticks]
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert shares[-1] <= 100
