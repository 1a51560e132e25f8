"""Whether a project looks dormant follows from its status and the dates of its sources, by a rule with sharp edges."""

from datetime import date

import pytest

from projects.choices import Status
from projects.freshness import Activity, freshness, last_day, months_before

TODAY = date(2026, 11, 22)


def activity(published: list[str], read: list[str] | None = None, status: Status | None = Status.ONGOING) -> Activity:
    return freshness(status, published, read or [], TODAY).activity


@pytest.mark.parametrize(
    ("newest", "expected"),
    [
        ("2024-11-21", Activity.DORMANT),
        ("2024-11-22", Activity.RECENT),
        ("2024-10", Activity.DORMANT),
        ("2024-11", Activity.RECENT),
        ("2023", Activity.DORMANT),
        ("2024", Activity.RECENT),
        ("2027", Activity.RECENT),
    ],
)
def test_dormant_is_what_was_silent_for_more_than_24_months(newest: str, expected: Activity) -> None:
    assert activity(["2011", newest]) == expected


@pytest.mark.parametrize("status", [Status.PLANNED, Status.ONGOING])
def test_the_rule_is_for_what_speaks_of_the_present_or_the_future(status: Status) -> None:
    assert activity(["2019"], status=status) == Activity.DORMANT


@pytest.mark.parametrize("status", [Status.COMPLETED, Status.CANCELLED, Status.COMMERCIAL, None])
def test_the_rule_is_not_asked_of_others(status: Status | None) -> None:
    assert activity(["2019"], status=status) == Activity.NOT_ASKED


def test_without_any_date_one_cannot_tell() -> None:
    assert activity([]) == Activity.CANNOT_TELL
    assert activity(["", ""]) == Activity.CANNOT_TELL


def test_a_recent_reading_speaks_for_a_project_with_old_sources() -> None:
    assert activity(["2015"], ["2026-01-05"]) == Activity.RECENT
    assert activity([""], ["2020-01-05"]) == Activity.DORMANT


def test_the_dates_it_rests_on_are_shown() -> None:
    found = freshness(Status.ONGOING, ["2019", "", "2021-05", ""], ["2020-02-03", "2020-02-01"], TODAY)
    assert (found.newest, found.verified, found.limit, found.undated) == ("2021-05", "2020-02-03", "2024-11-22", 2)


def test_nothing_was_verified_where_no_reading_is_noted() -> None:
    assert freshness(Status.COMPLETED, ["2019"], [], TODAY).verified == ""


@pytest.mark.parametrize(
    ("text", "day"), [("2023", date(2023, 12, 31)), ("2024-02", date(2024, 2, 29)), ("2023-02-03", date(2023, 2, 3))]
)
def test_a_date_can_mean_its_last_day(text: str, day: date) -> None:
    assert last_day(text) == day


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 2, 28), 24, date(2024, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2025, 3, 31), 1, date(2025, 2, 28)),
    ],
)
def test_months_are_counted_by_the_calendar(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before
