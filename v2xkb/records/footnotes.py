"""Why each value of a page stands, as footnotes: numbered sources, and lettered notes where there is more to say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from string import ascii_lowercase

from v2xkb.records.documents import Basis, BasisKind, Document
from v2xkb.records.models import Record
from v2xkb.records.nodes import Links, Node


@dataclass
class Source:
    """A cited reference, numbered in the order in which the document first needs it; `places` show what it states."""

    number: int
    record: Record
    prefix: str = ""
    places: list[str] = field(default_factory=list)

    @property
    def mark(self) -> str:
        return str(self.number)

    @property
    def anchor(self) -> str:
        return f"{self.prefix}source-{self.number}"


@dataclass
class Note:
    """A basis that says more than which sources were read: a rule, a curator's reason, a place, a remark."""

    letter: str
    basis: Basis
    sources: list[Source]
    rules: list[Record]
    prefix: str = ""
    places: list[str] = field(default_factory=list)

    @property
    def mark(self) -> str:
        return self.letter

    @property
    def anchor(self) -> str:
        return f"{self.prefix}note-{self.letter}"


@dataclass(frozen=True)
class Marker:
    """What stands behind a value: `kind` tells a cited value from a derived or a classified one."""

    mark: str
    anchor: str
    kind: BasisKind


class Footnotes:
    """The sources and notes of one document, and the markers for each of its paths.

    `tree` gives the order; `links` maps the path of each link to the record it leads to; `prefix` keeps the anchors
    apart where one page shows several documents.
    """

    def __init__(self, document: Document, tree: Node, links: Links, prefix: str = "") -> None:
        self.sources: list[Source] = []
        self.notes: list[Note] = []
        self._basis = document.basis
        self._links = links
        self._prefix = prefix
        self._by_record: dict[int, Source] = {}
        self._by_content: dict[str, Note] = {}
        self._markers: dict[str, list[Marker]] = {}
        for node, place in tree.walk():
            if node.path in document.basis:
                self._markers[node.path] = list(self._marked(node.path, document.basis[node.path], place))
        self._conflicts = {
            conflict.key: [self._source(f"conflicts/{conflict.key}/references/{slug}") for slug in conflict.references]
            for conflict in document.conflicts
        }

    def at(self, path: str) -> list[Marker]:
        """Markers of the basis declared at exactly this path."""
        return self._markers.get(path, [])

    def sources_at(self, path: str) -> list[Source]:
        """The sources that the basis declared at exactly this path names, directly or in a note."""
        return self._sources_of(self.at(path))

    def behind(self, path: str) -> list[Marker]:
        """Markers of all bases that a value rests on: those at it or below it, else the one that covers it."""
        return self.within(path) or self.covering(path)

    def sources_behind(self, path: str) -> list[Source]:
        return self._sources_of(self.behind(path))

    def covering(self, path: str) -> list[Marker]:
        """Markers of the basis that covers this path: its own, else that of the nearest path above it."""
        while path:
            if path in self._markers:
                return self._markers[path]
            path = path.rpartition("/")[0]
        return []

    def within(self, path: str) -> list[Marker]:
        """Markers of the bases declared at this path or below it, each once."""
        found = [self._markers[known] for known in self._markers if known == path or known.startswith(f"{path}/")]
        return list(dict.fromkeys(marker for markers in found for marker in markers))

    def of_conflict(self, key: str) -> list[Marker]:
        return [Marker(source.mark, source.anchor, BasisKind.CITED) for source in self._conflicts[key]]

    def _sources_of(self, markers: Sequence[Marker]) -> list[Source]:
        anchors = {marker.anchor for marker in markers}
        noted = {source.number for note in self.notes if note.anchor in anchors for source in note.sources}
        return [source for source in self.sources if source.anchor in anchors or source.number in noted]

    def _marked(self, path: str, entries: Sequence[Basis], place: str) -> Iterator[Marker]:
        for position, basis in enumerate(entries):
            where = f"basis/{path.replace('/', '.')}/{position}"
            sources = [self._source(f"{where}/references/{slug}") for slug in basis.references]
            if is_plain(basis):
                footnotes: Sequence[Source | Note] = sources
            else:
                footnotes = [self._note(basis, sources, where)]
            for footnote in footnotes:
                if place not in footnote.places:
                    footnote.places.append(place)
                yield Marker(footnote.mark, footnote.anchor, basis.kind)

    def _source(self, path: str) -> Source:
        record = self._links[path]
        if record.pk not in self._by_record:
            self._by_record[record.pk] = Source(len(self.sources) + 1, record, self._prefix)
            self.sources.append(self._by_record[record.pk])
        return self._by_record[record.pk]

    def _note(self, basis: Basis, sources: list[Source], where: str) -> Note:
        content = basis.model_dump_json()
        if content not in self._by_content:
            rules = [self._links[f"{where}/rule"]] if basis.rule else []
            rules += [self._links[f"{where}/also_rules/{slug}"] for slug in basis.also_rules]
            self._by_content[content] = Note(letters(len(self.notes)), basis, sources, rules, self._prefix)
            self.notes.append(self._by_content[content])
        return self._by_content[content]


def is_plain(basis: Basis) -> bool:
    """Whether nothing but its sources is to be said of a basis."""
    return basis.kind == BasisKind.CITED and not (basis.place or basis.read or basis.note or basis.reason)


def letters(index: int) -> str:
    """0 -> a, 25 -> z, 26 -> aa."""
    head, tail = divmod(index, len(ascii_lowercase))
    return (letters(head - 1) if head else "") + ascii_lowercase[tail]
