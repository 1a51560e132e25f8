"""What of a record a reader can suggest to correct: every value with its path, as words."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from v2xkb.records.countries import country_name
from v2xkb.records.footnotes import Note, Source
from v2xkb.records.languages import DataText
from v2xkb.records.nodes import Form, Node
from v2xkb.records.pages import Page
from v2xkb.records.templatetags.document import partial_date, plain, words

# What names the record, and what is said through the values themselves.
NOT_OFFERED = frozenset({"kind", "id", "slug", "basis"})
# What is about the record rather than about its subject comes last, as on its page.
LAST = ("related", "conflicts", "notes")


@dataclass(frozen=True)
class Item:
    """One value, or one part, of a list."""

    path: str
    text: str


@dataclass(frozen=True)
class Entry:
    """One field: its value as words, nothing where it is not reported, or the items of its list.

    `group_anchor` is set at the first field of a group, where links to the group lead.
    """

    path: str
    anchor: str
    text: str
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
    return [Item(child.path, as_text(child)) for child in node] if node.raw is None and not node.is_list else []


def as_text(node: Node) -> str:
    """A value as words of the active language, data as DataText; of a group its fields with their names.

    Empty where nothing is reported.
    """
    if not node:
        return ""
    if node.raw is not None:
        return _scalar(node)
    if node.is_list:
        texts = [as_text(child) for child in node]
        joined = "; ".join(texts)
        return DataText(joined) if all(isinstance(text, DataText) for text in texts) else joined
    filled = [(name, child) for name, child in node.children.items() if child and name != "key"]
    if len(filled) == 1:
        return as_text(filled[0][1])
    return ", ".join(f"{words(name)}: {as_text(child)}" for name, child in filled)


def _offered(tree: Node) -> list[tuple[str, Node]]:
    offered = [(name, node) for name, node in tree.children.items() if name not in NOT_OFFERED]
    return sorted(offered, key=lambda pair: LAST.index(pair[0]) + 1 if pair[0] in LAST else 0)


def _entries(node: Node, group_anchor: str = "") -> Iterator[Entry]:
    if node.children and not node.is_list:
        for position, child in enumerate(node.children.values()):
            yield from _entries(child, node.anchor if position == 0 else "")
        return
    items = [Item(child.path, as_text(child)) for child in node] if node.is_list else []
    yield Entry(node.path, node.anchor, as_text(node), node.is_list, items, group_anchor)


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
