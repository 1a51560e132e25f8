"""What the public history of a record shows: its applied versions, what each changed, and one as it stood."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from v2xkb.curation.shown_differences import WORDS
from v2xkb.curation.shown_values import Name, Names, Shown, names_in, shown_steps
from v2xkb.records import registry
from v2xkb.records.declared import DeclaredPath, declared_path
from v2xkb.records.differences import Change, Difference, differences
from v2xkb.records.models import Record, Version

# Paths named of one version before the rest is only counted; its own page shows all.
MOST_PATHS = 8


@dataclass(frozen=True)
class Tally:
    """How many values a version changed in one way."""

    change: Change
    number: int

    @property
    def words(self) -> str:
        return str(WORDS[self.change])


@dataclass(frozen=True)
class Entry:
    """One version in the list: what it changed of the one before it that holds a document, and where."""

    version: Version
    before: Version | None
    tallies: Sequence[Tally]
    paths: Sequence[Sequence[Shown]]
    more: int

    @property
    def is_withdrawal(self) -> bool:
        return not self.version.document

    @property
    def is_first(self) -> bool:
        return self.version.number == 1

    @property
    def is_return(self) -> bool:
        """Whether it brought back what had been withdrawn."""
        return not self.is_withdrawal and self.before is not None and self.before.number < self.version.number - 1


def entries(versions: Sequence[Version]) -> list[Entry]:
    """`versions` are some of a record's in a row, the newest first; at most four queries, however many they are."""
    if not versions:
        return []
    earlier = Version.objects.with_text_before(versions[-1].pid, versions[-1].number)
    model = registry.kind(versions[0].kind).document
    changed: list[tuple[Version, Version | None, list[Difference]]] = []
    before = earlier
    for version in reversed(versions):
        found = differences(model, before.data, version.data) if before and version.document else []
        changed.append((version, before, found))
        before = version if version.document else before
    paths = {one.path: declared_path(model, one.path) for _, _, found in changed for one in found}
    names = Names(_named(paths.values()))
    return [_entry(version, before, found, paths, names) for version, before, found in reversed(changed)]


def _entry(
    version: Version,
    before: Version | None,
    found: Sequence[Difference],
    paths: dict[str, DeclaredPath],
    names: Names,
) -> Entry:
    counted = Counter(one.change for one in found)
    tallies = [Tally(change, counted[change]) for change in Change if counted[change]]
    labels = [shown_steps(paths[path], names) for path in dict.fromkeys(one.path for one in found)]
    return Entry(version, before, tallies, labels[:MOST_PATHS], max(len(labels) - MOST_PATHS, 0))


def _named(paths: Iterable[DeclaredPath]) -> Iterable[Name]:
    for path in paths:
        yield from names_in(path)


def as_record(version: Version, label: str) -> Record:
    """The record as it stood in a version, to be shown and cited; it is never saved."""
    return Record(
        pid=version.pid,
        kind=version.kind,
        slug=version.slug,
        label=label,
        version=version.number,
        revision=version.revision,
        document=version.document,
    )
