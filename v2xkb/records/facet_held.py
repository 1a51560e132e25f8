"""Holds in each process, for all of its threads, what facets are counted by, as long as the revision is the same."""

from collections import OrderedDict
from threading import Lock
from typing import Any

from v2xkb.records.facet_asked import AskedFilterSet
from v2xkb.records.facet_state import Stamp, State, read_state
from v2xkb.records.models import Revision
from v2xkb.records.one_moment import one_moment

# The present state, and the one before for who still reads in a moment that began earlier.
STATES = 2

Key = tuple[str, type[AskedFilterSet], bool]


class Held:
    """The latest states of one list; who asks while one is read waits for it."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.states: OrderedDict[Stamp, State] = OrderedDict()

    def at(self, stamp: Stamp) -> State | None:
        return self.states.get(stamp)

    def keep(self, state: State) -> None:
        self.states[state.stamp] = state
        while len(self.states) > STATES:
            self.states.popitem(last=False)


lists: dict[Key, Held] = {}
_lock = Lock()


def state_of(asked: AskedFilterSet, model: Any, using: str, stamp: Stamp) -> State | None:
    """What is to be counted at a revision; None where a later one is there by now, or came while all was read."""
    cited = asked.cited_only
    with _lock:
        held = lists.setdefault((using, type(asked), cited), Held())
    if state := held.at(stamp):
        return state
    with held.lock, one_moment(using):
        if state := held.at(stamp):
            return state
        if Revision.objects.using(using).current_stamp() != stamp:
            return None
        state = read_state(asked, model._default_manager.using(using).all(), stamp, cited=cited)
        # Within somebody's transaction every query may see what was committed meanwhile.
        if Revision.objects.using(using).current_stamp() != stamp:
            return None
        held.keep(state)
        return state
