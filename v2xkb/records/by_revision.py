"""Holds in each process, for all of its threads, what was read of a revision, as long as that is the present one."""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import RLock
from typing import Generic, TypeVar

from v2xkb.records.models import Revision
from v2xkb.records.one_moment import one_moment

# Number and time of a revision: one that is taken back leaves its number to the next.
Stamp = tuple[int, datetime | None]
# The present state, and the one before for who still reads in a moment that began earlier.
STATES = 2
Read = TypeVar("Read")


class Moved(Exception):
    """Another revision is there than the one that is to be read."""


@contextmanager
def at_revision(stamp: Stamp, using: str) -> Iterator[None]:
    """All that is read inside is of this revision; raises Moved where that can't be."""
    revisions = Revision.objects.using(using)
    with one_moment(using):
        if revisions.current_stamp() != stamp:
            raise Moved
        yield
        # Within somebody's transaction every query may see what was committed meanwhile.
        if revisions.current_stamp() != stamp:
            raise Moved


class ByRevision(Generic[Read]):
    """One thing as it is at the latest revisions that it was asked for; who asks while it is read waits for it."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.kept: OrderedDict[Stamp, Read] = OrderedDict()

    def at(self, stamp: Stamp, using: str, read: Callable[[], Read]) -> Read | None:
        """None where another revision is there by now, or came while it was read."""
        if (held := self.kept.get(stamp)) is not None:
            return held
        with self.lock:
            if stamp not in self.kept:
                try:
                    with at_revision(stamp, using):
                        found = read()
                except Moved:
                    return None
                self.kept[stamp] = found
                while len(self.kept) > STATES:
                    self.kept.popitem(last=False)
            return self.kept[stamp]
