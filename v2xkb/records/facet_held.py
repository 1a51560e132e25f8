"""Holds in each process, for all of its threads, what facets are counted by, as long as the revision is the same."""

from collections import OrderedDict
from threading import Lock
from typing import Any

from django.db.models import Model

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


_held: dict[Key, Held] = {}
_lock = Lock()


def forget() -> None:
    """As in a process that has counted nothing yet."""
    with _lock:
        _held.clear()


def state_of(asked: AskedFilterSet, model: type[Model], using: str) -> State | None:
    """What is to be counted now; None where a writer came between, so that no state was seen whole."""
    cited = asked.cited_only
    with _lock:
        held = _held.setdefault((using, type(asked), cited), Held())
    stamp = Revision.objects.using(using).current_stamp()
    if state := held.at(stamp):
        return state
    with held.lock:
        return held.at(stamp) or _read(held, asked, model, using, cited=cited)


def _read(held: Held, asked: AskedFilterSet, model: Any, using: str, *, cited: bool) -> State | None:
    with one_moment(using):
        stamp = Revision.objects.using(using).current_stamp()
        state = held.at(stamp) or read_state(asked, model._default_manager.using(using).all(), stamp, cited=cited)
        # Within somebody's transaction every query may see what was committed meanwhile.
        if Revision.objects.using(using).current_stamp() != stamp:
            return None
    held.keep(state)
    return state
