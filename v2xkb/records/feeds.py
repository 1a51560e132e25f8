"""A list as an Atom feed, so that a reader learns which of just these records changed last."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from django.utils.feedgenerator import Atom1Feed

from v2xkb.records.exports import Export, Listing
from v2xkb.records.models import Revision
from v2xkb.records.querysets import ProjectedQuerySet
from v2xkb.records.templatetags.document import gist

MOST_ENTRIES = 100
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# Entries are called by this and the permanent id of their record: the same at every address and after every rename.
NAMES = UUID("6c1d5a0e-8a53-4c0e-9a39-2b7d3c5d4b11")


class ListFeed(Atom1Feed):
    """An Atom feed whose time is told to it: that of an empty one would be now, and another at each reading."""

    def __init__(self, *args: Any, updated: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.updated = updated

    def latest_post_date(self) -> datetime:
        return self.updated


def entry_id(pid: str) -> str:
    return uuid5(NAMES, pid).urn


def feed_of(title: str, listing: Listing) -> ListFeed:
    """The records of the list that changed last, at most a hundred; three queries."""
    _, at = Revision.objects.current_stamp()
    rows: ProjectedQuerySet[Any] = listing.rows
    newest = list(rows.last_changed()[:MOST_ENTRIES])
    total = rows.count()
    asked = urlsplit(listing.page).query
    shown = f"All {total}" if total <= MOST_ENTRIES else f"The {MOST_ENTRIES} of {total} that changed last"
    feed = ListFeed(
        title=f"{title}, {asked}" if asked else title,
        link=listing.page,
        description="",
        subtitle=f"{shown}, the latest change first; what was withdrawn is not told here.",
        feed_url=listing.itself,
        feed_guid=listing.page,
        language="en",
        author_name="The v2xkb contributors",
        feed_copyright="CC BY 4.0",
        updated=max((row.record.revision.at for row in newest), default=at or NEVER),
    )
    for row in newest:
        record = row.record
        feed.add_item(
            title=record.label,
            link=listing.address_of(record.slug),
            description=gist(record.data),
            unique_id=entry_id(record.pid),
            updateddate=record.revision.at,
        )
    return feed


def atom_export(title: str) -> Export:
    """The form in which a list is a feed called `title`; unlike the others in the order of change, and bounded."""

    def lines(listing: Listing) -> Iterator[str]:
        yield feed_of(title, listing).writeString("utf-8")

    return Export("atom", "Atom", "application/atom+xml; charset=utf-8", lines, is_attached=False)
