"""Holds in each process, for all of its threads, what facets are counted by, as long as the revision is the same."""

from collections.abc import Callable, Mapping
from threading import RLock
from typing import Any

from v2xkb.records import registry
from v2xkb.records.by_revision import ByRevision, Moved, Stamp, at_revision
from v2xkb.records.chunking import chunks
from v2xkb.records.facet_arrays import Array
from v2xkb.records.facet_asked import AskedFilterSet
from v2xkb.records.facet_names import Known, Vocabulary
from v2xkb.records.facet_rows import Rowset
from v2xkb.records.facet_state import Changes, State, keys_in_order, mended, read_state
from v2xkb.records.models import Record, Revision, Version
from v2xkb.records.spellings import Spellings

# Where more records changed, all are read anew.
MOST_CHANGED = 1_000

Vocabularies = Mapping[Vocabulary, Known]
Key = tuple[str, type[AskedFilterSet], bool]


class Held(ByRevision[State]):
    """The latest states of one list."""

    def before(self, stamp: Stamp) -> State | None:
        """The latest state of an earlier revision."""
        earlier = [state for (number, _), state in self.kept.items() if number < stamp[0]]
        return max(earlier, key=lambda state: state.stamp[0], default=None)


lists: dict[Key, Held] = {}
# Locked apart from lists, so that nobody's list waits while names are read.
vocabularies: dict[tuple[str, type[AskedFilterSet]], ByRevision[Vocabularies]] = {}
# Asked for by wrong values only.
spellings: dict[tuple[str, Vocabulary], ByRevision[Spellings]] = {}
_lock = RLock()


def state_of(asked: AskedFilterSet, model: Any, using: str, stamp: Stamp) -> State | None:
    """What is to be counted at a revision; None where a later one is there by now, or came while all was read."""
    held = held_of(asked, using)
    return held.at(stamp, using, lambda: read(held, asked, model._default_manager.using(using).all(), stamp))


def order_of(state: State, asked: AskedFilterSet, model: Any, using: str) -> Array | None:
    """All records of a state in the order asked for; None where another revision is there by now."""
    method = asked.order.method
    if method not in state.orders:
        try:
            with held_of(asked, using).lock, at_revision(state.stamp, using):
                keys = keys_in_order(model._default_manager.using(using).all(), method)
            state.orders[method] = state.places.of(keys)
        except Moved:
            return None
    return state.orders[method]


def vocabularies_at(
    asked: AskedFilterSet, using: str, stamp: Stamp, read: Callable[[], Vocabularies]
) -> Vocabularies | None:
    """The names of vocabularies of which every option is shown; None where another revision is there by now."""
    with _lock:
        kept = vocabularies.setdefault((using, type(asked)), ByRevision())
    return kept.at(stamp, using, read)


def spellings_at(vocabulary: Vocabulary, using: str, stamp: Stamp, read: Callable[[], Spellings]) -> Spellings | None:
    """What may be written for each record of a vocabulary; None where another revision is there by now."""
    with _lock:
        kept = spellings.setdefault((using, vocabulary), ByRevision())
    return kept.at(stamp, using, read)


def held_of(asked: AskedFilterSet, using: str) -> Held:
    with _lock:
        return lists.setdefault((using, type(asked), asked.cited_only), Held())


def read(held: Held, asked: AskedFilterSet, records: Rowset, stamp: Stamp) -> State:
    """Mends the state before by what has changed since, if that is little, else reads everything."""
    before, cited = held.before(stamp), asked.cited_only
    if before and (changes := changes_since(before, records)):
        return mended(before, asked, records, stamp, changes, cited=cited)
    return read_state(asked, records, stamp, cited=cited)


def changes_since(before: State, records: Rowset) -> Changes | None:
    """What came after a state; None where more than rows of the list's own records may be others now."""
    if not Revision.objects.using(records.db).is_there(*before.stamp):
        return None
    versions = Version.objects.using(records.db).changed_after(before.stamp[0], MOST_CHANGED + 1)
    kinds = {kind for kind, _ in versions}
    if len(versions) > MOST_CHANGED or kinds & read_from(before, records):
        return None
    own = registry.kind_of_model(records.model).name
    changed = [
        record
        for chunk in chunks([pid for _, pid in versions])
        for record in Record.objects.using(records.db).with_pids(chunk).without_documents()
    ]
    own_keys = [record.pk for record in changed if record.kind == own]
    return Changes(own in kinds, own_keys, {str(record.pk) for record in changed})


def read_from(state: State, records: Rowset) -> set[str]:
    """The other kinds whose records' rows a list is read from."""
    return {
        kind.name
        for kind in registry.kinds()
        if kind.projection.model is not records.model
        for table in (kind.projection.model, *kind.projection.part_models)
        if table._meta.db_table in state.sources
    }
