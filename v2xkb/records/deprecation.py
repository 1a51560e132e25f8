"""How an address says that it will go: the headers of RFC 9745 and RFC 8594, and where to go instead."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.http import http_date

NOTICE = timedelta(days=365)


@dataclass(frozen=True)
class Deprecation:
    """What a view declares as `deprecated`: since when, from when on it may be gone, what answers in its place.

    Raises ValueError for a sunset that leaves less than twelve months.
    """

    since: datetime
    sunset: datetime | None = None
    successor: str = ""
    notice: str = ""

    def __post_init__(self) -> None:
        if self.sunset and self.sunset < self.since + NOTICE:
            raise ValueError(f"The sunset {self.sunset:%Y-%m-%d} is too early: give at least twelve months' notice.")

    def headers(self) -> Iterator[tuple[str, str]]:
        yield "Deprecation", f"@{int(self.since.timestamp())}"
        if self.sunset:
            yield "Sunset", http_date(self.sunset.timestamp())
        links = {"successor-version": self.successor, "deprecation": self.notice}
        if told := ", ".join(f'<{address}>; rel="{relation}"' for relation, address in links.items() if address):
            yield "Link", told


def deprecation_of(view: object) -> Deprecation | None:
    """What a view function, or the class it was made of, declares."""
    declared = getattr(getattr(view, "cls", view), "deprecated", None)
    return declared if isinstance(declared, Deprecation) else None
