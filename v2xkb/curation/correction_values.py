"""What of a record a reader can suggest to correct: every value with its path, as words."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from v2xkb.records.countries import country_name
from v2xkb.records.footnotes import Note, Source
from v2xkb.records.languages import DataText
from v2xkb.records.nodes import Form, Node
from v2xkb.records.pages import Page
from v2xkb.records.templatetags.document import data_text, partial_date, plain, words

# What names the record, and what is said through the values themselves.
NOT_OFFERED = frozenset({"kind", "id", "slug", "basis"})
# What is about the record rather than about its subject comes last, as on its page.
LAST = ("related", "conflicts", "notes")


@dataclass(frozen=True)
class Item:
    """One value, or one part, of a list."""

    path: str
    text: SafeString


@dataclass(frozen=True)
class Entry:
    """One field: its value as words, nothing where it is not reported, or the items of its list.

    `group_anchor` is set at the first field of a group, where links to the group lead.
    """

    path: str
    anchor: str
    text: SafeString
    is_list: bool
    items: list[Item] = field(default_factory=list)
    group_anchor: str = ""


@dataclass(frozen=True)
class Grounds:
    """Why a value stands: the sources that plainly state it, and bases of which there is more to say."""

    sources: list[Source]
    notes: list[Note]


def entries(page: Page) -> list[Entry]:
    """Every field of a record, reported or not, in declared order."""
    return [entry for name, node in _offered(page.tree) for entry in _entries(node)]


def values(page: Page) -> dict[str, Node]:
    """Path -> value, group or list, for everything that can be named."""
    return {node.path: node for _, child in _offered(page.tree) for node, _ in child.walk()}


def grounds(page: Page, path: str) -> Grounds:
    anchors = {marker.anchor for marker in page.footnotes.behind(path)}
    return Grounds(
        [source for source in page.footnotes.sources if source.anchor in anchors],
        [note for note in page.footnotes.notes if note.anchor in anchors],
    )


def below(node: Node) -> list[Item]:
    """The values within a part or group, to choose a finer one."""
    return [Item(child.path, as_html(child)) for child in node] if node.raw is None and not node.is_list else []


def as_text(node: Node) -> str:
    """A value as words of the active language; of a group its fields with their names; empty if not reported."""
    return "".join(_pieces(node))


def as_html(node: Node) -> SafeString:
    """The same for pages, which say of data in which language it is."""
    said = ((data_text(piece) if isinstance(piece, DataText) else piece,) for piece in _pieces(node))
    return format_html_join("", "{}", said)


def _pieces(node: Node) -> Iterator[str]:
    """What is written in one language at a time; words of the record as DataText."""
    if not node:
        return
    if node.raw is not None:
        yield _scalar(node)
        return
    filled = [(name, child) for name, child in node.children.items() if child and name != "key"]
    for position, (name, child) in enumerate(filled):
        if position:
            yield "; " if node.is_list else ", "
        if not node.is_list and len(filled) > 1:
            yield f"{words(name)}: "
        yield from _pieces(child)


def _offered(tree: Node) -> list[tuple[str, Node]]:
    offered = [(name, node) for name, node in tree.children.items() if name not in NOT_OFFERED]
    return sorted(offered, key=lambda pair: LAST.index(pair[0]) + 1 if pair[0] in LAST else 0)


def _entries(node: Node, group_anchor: str = "") -> Iterator[Entry]:
    if node.children and not node.is_list:
        for position, child in enumerate(node.children.values()):
            yield from _entries(child, node.anchor if position == 0 else "")
        return
    items = [Item(child.path, as_html(child)) for child in node] if node.is_list else []
    yield Entry(node.path, node.anchor, as_html(node), node.is_list, items, group_anchor)


def _scalar(node: Node) -> str:
    raw = node.raw
    match node.form:
        case Form.LINK if node.target:
            return DataText(node.target.label)
        case Form.CHOICE:
            return str(raw.label)
        case Form.NUMBER:
            return str(plain(raw))
        case Form.DATE:
            return partial_date(raw)
        case Form.COUNTRY:
            return country_name(raw)
    return DataText(raw)
