"""How old the evidence of a project is, and whether its silence makes it look dormant; the stored status stays."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from projects.choices import Status

SILENT_MONTHS = 24
# What speaks of the present or the future, and so can grow stale.
LIVE = (Status.PLANNED, Status.ONGOING)

RULE = _(
    "A project stored as planned or ongoing is inferred to be dormant where the newest date among its sources, of "
    "publication or of reading, lies more than 24 months back. A date known only to the year or the month counts as "
    "its last day, so that nothing is called dormant too early. Sources without a date say nothing here, and the "
    "stored status stays as it is."
)


class Activity(StrEnum):
    """What the rule says of a project."""

    NOT_ASKED = "not asked"
    RECENT = "recent"
    DORMANT = "dormant"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True)
class Freshness:
    """The outcome with the dates it rests on, as the sources give them; empty where there is none.

    `verified` is the latest reading, `newest` the latest of all dates, `limit` the day before which all must lie for
    the project to look dormant, `undated` the number of sources without a date.
    """

    activity: Activity
    verified: str
    newest: str
    limit: str
    undated: int

    @property
    def is_dormant(self) -> bool:
        return self.activity == Activity.DORMANT

    @property
    def cannot_tell(self) -> bool:
        return self.activity == Activity.CANNOT_TELL

    @property
    def is_recent(self) -> bool:
        return self.activity == Activity.RECENT


def freshness(status: Status | None, published: Iterable[str], read: Iterable[str], today: date) -> Freshness:
    """`published` has the date of each source, empty where it has none; `read` the days on which sources were read."""
    published, read = list(published), [text for text in read if text]
    known = [*(text for text in published if text), *read]
    limit = months_before(today, SILENT_MONTHS)
    newest = max(known, key=lambda text: (last_day(text), text), default="")
    verified = max(read, key=lambda text: (last_day(text), text), default="")
    undated = sum(1 for text in published if not text)
    if status not in LIVE:
        activity = Activity.NOT_ASKED
    elif not newest:
        activity = Activity.CANNOT_TELL
    else:
        activity = Activity.DORMANT if last_day(newest) < limit else Activity.RECENT
    return Freshness(activity, verified, newest, limit.isoformat(), undated)


def first_day(text: str) -> date:
    """The first day that YYYY, YYYY-MM or YYYY-MM-DD can mean."""
    year, month, day = (*(int(part) for part in text.split("-")), 1, 1)[:3]
    return date(year, month, day)


def last_day(text: str) -> date:
    """The last day that YYYY, YYYY-MM or YYYY-MM-DD can mean."""
    parts = [int(part) for part in text.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year, month, parts[2] if len(parts) > 2 else monthrange(year, month)[1])


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the month's last where it has no such day."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
