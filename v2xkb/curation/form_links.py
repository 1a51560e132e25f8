"""Links as they are written in a form: by slug, permanent id or name; and what is wrong with those leading nowhere."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from v2xkb.curation.form_shapes import Group, Many, Scalar, Shape
from v2xkb.curation.form_state import BASES, FormState, joined
from v2xkb.records.documents import LinkTo
from v2xkb.records.folding import sort_key
from v2xkb.records.problems import Problem, nearest, shown

MOST_CANDIDATES = 8


@dataclass(frozen=True)
class Named:
    """A record that a link can lead to; `address` is its page, empty where it is new in the proposal."""

    kind: str
    subtype: str
    slug: str
    pid: str
    label: str
    address: str = ""

    @property
    def sort_key(self) -> str:
        return sort_key(self.label)


@dataclass(frozen=True)
class WrittenLink:
    """A link somewhere in a form, with the way to write it anew."""

    name: str
    link: LinkTo
    text: str
    write: Callable[[str], None]


def written_links(state: FormState) -> Iterator[WrittenLink]:
    """Every link that is filled in, those of bases included."""
    yield from _within(Group(state.model), state.values, "", lambda _: None)
    for name, entries in state.bases.items():
        yield from _within(BASES, entries, f"{name}:basis", lambda _: None)
    for at, (_, entries) in enumerate(state.strays):
        yield from _within(BASES, entries, f":stray.{at}:basis", lambda _: None)


def _within(shape: Shape, value: Any, name: str, write: Callable[[str], None]) -> Iterator[WrittenLink]:
    match shape:
        case Group(fields=fields):
            for key, declared in fields.items():
                yield from _within(declared.shape, value[key], joined(name, key), _writer(value, key))
        case Many(item=item):
            for at, one in enumerate(value):
                yield from _within(item, one, joined(name, at), _writer(value, at))
        case Scalar(link=LinkTo() as link) if value:
            yield WrittenLink(name, link, value, write)


def _writer(holder: Any, key: str | int) -> Callable[[str], None]:
    def write(text: str) -> None:
        holder[key] = text

    return write


class Known:
    """The records that the links of a form may mean: those live, with what the proposal makes of them."""

    def __init__(self, records: Iterable[Named]) -> None:
        self.by_slug: dict[tuple[str, str], Named] = {}
        self.by_pid: dict[tuple[str, str], Named] = {}
        self.by_key: dict[tuple[str, str], list[Named]] = {}
        for record in records:
            self.by_slug[record.kind, record.slug] = record
            self.by_pid[record.kind, record.pid] = record
            self.by_key.setdefault((record.kind, record.sort_key), []).append(record)

    def at(self, link: LinkTo, text: str) -> Named | None:
        """The record of this slug."""
        return self.by_slug.get((link.kind, text))

    def meant(self, link: LinkTo, text: str) -> list[Named]:
        """The records that a text may mean: the one of this slug, else of this id, else those of this name."""
        if found := self.at(link, text) or self.by_pid.get((link.kind, text)):
            return [found]
        named = [one for one in self.by_key.get((link.kind, sort_key(text)), []) if _fits(link, one)]
        return [one for one in named if one.label == text] or named


def _fits(link: LinkTo, record: Named) -> bool:
    return not link.schemes or record.subtype in link.schemes


def resolve(state: FormState, known: Known) -> None:
    """Write slugs in place of ids and names that mean one record only."""
    for written in written_links(state):
        meant = known.meant(written.link, written.text)
        if len(meant) == 1 and meant[0].slug != written.text:
            written.write(meant[0].slug)


def link_problems(
    state: FormState, known: Known, slugs_of: Callable[[str], Sequence[str]]
) -> Iterator[tuple[str, Problem]]:
    """(name, problem) of each link that leads nowhere, to several records, or into a wrong scheme.

    `slugs_of` gives the slugs of a kind, and is asked only where a near one is to be offered.
    """
    remembered: dict[str, Sequence[str]] = {}
    for written in written_links(state):
        link, value = written.link, shown(written.text)
        meant = known.meant(link, written.text)
        kind = link.kind.replace("-", " ")
        if not meant:
            slugs = remembered.setdefault(link.kind, remembered.get(link.kind) or slugs_of(link.kind))
            message = f"there is no {kind} of this slug, id or name"
            yield written.name, Problem("", "", message, nearest(written.text, slugs), value)
        elif len(meant) > 1:
            candidates = ", ".join(f"{one.slug} ({one.label})" for one in meant[:MOST_CANDIDATES])
            message = f"more than one {kind} is called so"
            yield written.name, Problem("", "", message, f"Write the slug of one: {candidates}.", value)
        elif not _fits(link, meant[0]):
            allowed = " or ".join(link.schemes)
            message = f"this {kind} is of “{meant[0].subtype}”"
            yield written.name, Problem("", "", message, f"Choose one of “{allowed}”.", value)


def wanted(state: FormState) -> Mapping[str, set[str]]:
    """Kind -> what links of a form write, to look records up by."""
    found: dict[str, set[str]] = {}
    for written in written_links(state):
        found.setdefault(written.link.kind, set()).add(written.text)
    return found
