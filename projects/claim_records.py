"""Our own values beside a statement on a named project: shown with their bases, and compared where that is exact."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.documents import ClaimDocument, ComparedValue, ProjectDocument
from v2xkb.records.documents import BasisKind
from v2xkb.records.footnotes import Source
from v2xkb.records.models import Record
from v2xkb.records.nodes import Node, document_node
from v2xkb.records.pages import Page, pages_of


@dataclass(frozen=True)
class OurValue:
    """A value of a project's record, with what stands behind it there and what others say of it."""

    part: ComparedValue
    page: Page
    node: Node
    place: str
    same: bool | None

    @property
    def kinds(self) -> list[BasisKind]:
        return list(dict.fromkeys(marker.kind for marker in self.page.footnotes.behind(self.part.path)))

    @property
    def sources(self) -> list[Source]:
        return self.page.footnotes.sources_behind(self.part.path)

    @property
    def conflicts(self) -> list[Node]:
        """Disagreements about the value, about one below it, or about all that it is part of."""
        above = [conflict for path in parents(self.part.path) for conflict in self.page.conflicts_at(path)]
        return [*above, *self.page.conflicts_within(self.part.path)]


def parents(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:depth]) for depth in range(1, len(parts))]


def records_compared(claims: Sequence[ClaimDocument]) -> dict[str, Node]:
    """Slug of each project that the claims compare with -> what they compare of it; one query, and none for none."""
    parts = [part for claim in claims for part in claim.compared]
    fields = {part.path.partition("/")[0] for part in parts}
    records = Record.objects.with_slugs("project", sorted({part.project for part in parts})) if parts else []
    documents = {record.slug: ProjectDocument.model_validate_json(record.document) for record in records}
    return {slug: document_node(document, {}, fields) for slug, document in documents.items()}


def our_values(claim: ClaimDocument) -> list[OurValue]:
    """What the page of a claim shows of our records; three queries, and none where nothing is compared."""
    slugs = sorted({part.project for part in claim.compared})
    if not slugs:
        return []
    records = list(Record.objects.with_slugs("project", slugs).select_related("revision"))
    pages = {page.record.slug: page for page in pages_of(records)}
    places = {slug: {node.path: place for node, place in page.tree.walk()} for slug, page in pages.items()}
    found = []
    for part in claim.compared:
        page = pages[part.project]
        node = node_at(page.tree, part.path)
        place = places[part.project].get(part.path, "")
        found.append(OurValue(part, page, node, place, is_same(part, node)))
    return found


def node_at(tree: Node, path: str) -> Node:
    """The value at a path; an absent one where the document holds none."""
    node = tree
    for name in path.split("/"):
        if name not in node.children:
            return Node(path)
        node = node.children[name]
    return node


def is_same(part: ComparedValue, node: Node) -> bool | None:
    """Whether our value is exactly what the statement gives; None where either gives none."""
    if part.value is None or not node:
        return None
    if not node.is_list:
        return bool(node.raw == part.value)
    if isinstance(part.value, str):
        return [item.raw for item in node] == [part.value]
    return len(node) == part.value


def comparison(claim: ClaimDocument, records: dict[str, Node]) -> tuple[str, str]:
    """The kind of a verdict, and its line, for a statement beside which our own values stand."""
    pairs = [(part, node_at(records[part.project], part.path)) for part in claim.compared]
    stated = [(part, node) for part, node in pairs if part.value is not None]
    judged = [same for same in (is_same(part, node) for part, node in stated) if same is not None]
    if not all(judged):
        text = _("our record differs in {hits} of {total} values").format(hits=judged.count(False), total=len(judged))
        return "differs", text
    if judged:
        words = ngettext(
            "our record says the same ({number} value compared)",
            "our record says the same ({number} values compared)",
            len(judged),
        )
        return "same", words.format(number=len(judged))
    if not any(node for _part, node in pairs):
        return "silent", _("our record does not say")
    return "beside", _("not compared value by value: our record stands beside it")
