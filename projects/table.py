"""The list of projects as a dense table: facts as columns, a project a row."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from projects.documents import ProjectDocument
from projects.facts import FACTS, Fact
from projects.models import Project
from v2xkb.records.documents import BasisKind
from v2xkb.records.list_table import Column
from v2xkb.records.models import Link, Record
from v2xkb.records.nodes import Form, Node, document_node

VERIFIED = "verified"
ORDERS = {"start": {"start": False, "-start": True}, "charger_counts": {"chargers": True}}
COLUMNS = (
    *(Column(fact.name, fact.label, ORDERS.get(fact.name, {})) for fact in FACTS),
    Column(VERIFIED, _("Last verified"), {VERIFIED: True}),
)
USUAL = ("tier", "status", "start", "countries", "scenarios", "connectors", "charger_counts")
FACT_OF = {fact.name: fact for fact in FACTS}


@dataclass(frozen=True)
class Item:
    """A value and what is said of it in brackets."""

    value: Node
    beside: list[Node]
    unit: str
    is_derived: bool = False


@dataclass(frozen=True)
class Row:
    """`cells` are the values under each column; an empty one is not reported."""

    project: Project
    cells: list[list[Item]]


def rows(projects: Iterable[Project], columns: Sequence[Column]) -> Iterator[Row]:
    """One query for the names of what the projects point at; their records must have been read with documents."""
    listed = list(projects)
    named: dict[int, dict[str, Record]] = {project.pk: {} for project in listed}
    shown = {FACT_OF[column.name].field for column in columns if column.name in FACT_OF}
    for link in Link.objects.from_fields(list(named), shown).with_targets():
        named[link.source_id][link.path] = link.target
    for project in listed:
        document = ProjectDocument.model_validate_json(project.record.document)
        tree = document_node(document, named[project.pk], shown)
        derived = derived_paths(document)
        yield Row(project, [cell(project, tree, column, derived) for column in columns])


def derived_paths(document: ProjectDocument) -> dict[str, bool]:
    """For each path with a basis of its own whether a rule gave its value."""
    return {path: any(basis.kind == BasisKind.DERIVED for basis in entries) for path, entries in document.basis.items()}


def is_derived(path: str, derived: Mapping[str, bool]) -> bool:
    """By the basis at a path, else by the nearest above it."""
    while path and path not in derived:
        path = path.rpartition("/")[0]
    return derived.get(path, False)


def cell(project: Project, tree: Node, column: Column, derived: Mapping[str, bool]) -> list[Item]:
    if column.name == VERIFIED:
        return [Item(Node(VERIFIED, project.verified, Form.DATE), [], "")] if project.verified else []
    fact, node = FACT_OF[column.name], tree
    for name in fact.path.split("/"):
        node = node[name]
    if not node:
        return []
    parts = [node] if node.raw is not None else node
    return [replace(item(fact, part), is_derived=is_derived(part.path, derived)) for part in parts]


def item(fact: Fact, node: Node) -> Item:
    if node.raw is not None:
        return Item(named_only(node), [], fact.unit)
    return Item(named_only(node[fact.main]), [node[name] for name in fact.beside if node[name]], fact.unit)


def named_only(node: Node) -> Node:
    """By its name alone: hundreds of links would stand between the projects."""
    return replace(node, raw=node.target.label, form=Form.TEXT) if node.target else node
