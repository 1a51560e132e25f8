"""Projects side by side: which facts they report, where they differ, and on what each value rests."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from string import ascii_uppercase
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from projects.facts import FACTS, Fact
from v2xkb.records.exports import csv_line, joined
from v2xkb.records.footnotes import Marker
from v2xkb.records.nodes import Node
from v2xkb.records.pages import Page

FEWEST, MOST = 2, 5


class Outcome(TextChoices):
    """How the projects stand to one another in one fact; what is not reported neither agrees nor differs."""

    SAME = "same", _("same")
    SAME_WHERE_REPORTED = "same where reported", _("same where reported")
    DIFFERS = "differs", _("differs")
    ONE = "reported by one only", _("reported by one only")
    NONE = "reported by none", _("reported by none")

    @property
    def name_in_styles(self) -> str:
        return str(self.value).replace(" ", "-")


@dataclass(frozen=True)
class Item:
    """A value of a cell with what is said beside it and the markers of what it rests on."""

    value: Node
    beside: list[Node]
    markers: list[Marker]


@dataclass(frozen=True)
class Cell:
    """What one project reports of one fact; `markers` are those of the whole list."""

    page: Page
    path: str
    items: list[Item]
    markers: list[Marker]

    @property
    def conflicts(self) -> list[Node]:
        """Disagreements of sources about what the cell shows, or about the whole it is part of."""
        parts = self.path.split("/")
        wholes = ["/".join(parts[:length]) for length in range(1, len(parts))]
        above = [node for whole in wholes for node in self.page.conflicts_at(whole)]
        return [*above, *self.page.conflicts_within(self.path)]


@dataclass(frozen=True)
class Row:
    """One fact of all projects compared."""

    fact: Fact
    outcome: Outcome
    texts: list[list[str]]
    cells: list[Cell]


@dataclass(frozen=True)
class Comparison:
    """`rows` are the facts that some project reports, `unreported` those that none does."""

    pages: Sequence[Page]
    rows: list[Row]
    unreported: list[Fact]


def compared(pages: Sequence[Page]) -> Comparison:
    rows, unreported = [], []
    for fact in FACTS:
        texts = [fact.items(page.record.data) for page in pages]
        cells = [cell(fact, page, letter) for page, letter in zip(pages, ascii_uppercase, strict=False)]
        if any(texts) or any(part.conflicts for part in cells):
            rows.append(Row(fact, outcome(texts), texts, cells))
        else:
            unreported.append(fact)
    return Comparison(pages, rows, unreported)


def outcome(texts: Sequence[Sequence[str]]) -> Outcome:
    """The order of a list says nothing, so that it makes no difference."""
    reported = [sorted(items) for items in texts if items]
    if any(items != reported[0] for items in reported[1:]):
        return Outcome.DIFFERS
    if len(reported) <= 1:
        return Outcome.ONE if reported else Outcome.NONE
    return Outcome.SAME if len(reported) == len(texts) else Outcome.SAME_WHERE_REPORTED


def cell(fact: Fact, page: Page, letter: str) -> Cell:
    """`letter` is the project's own, so that no two of a row have the same markers."""
    node = page.tree
    for name in fact.path.split("/"):
        node = node[name]
    markers = lettered(page.footnotes.covering(fact.path), letter) if node else []
    if node.raw is not None:
        return Cell(page, fact.path, [Item(node, [], [])], markers)
    return Cell(page, fact.path, [item(fact, part, page, letter) for part in node], markers)


def item(fact: Fact, node: Node, page: Page, letter: str) -> Item:
    markers = lettered(page.footnotes.within(node.path), letter)
    if node.raw is not None:
        return Item(node, [], markers)
    return Item(node[fact.main], [node[name] for name in fact.beside if node[name]], markers)


def lettered(markers: Sequence[Marker], letter: str) -> list[Marker]:
    return [replace(marker, mark=f"{letter}{marker.mark}") for marker in markers]


def lines(comparison: Comparison, addresses: Sequence[str]) -> Iterator[str]:
    """The comparison as CSV: a fact a row, a project a column; an empty cell is not reported."""
    documents: list[dict[str, Any]] = [page.record.data for page in comparison.pages]
    yield csv_line(["fact", "comparison", *(document["slug"] for document in documents)])
    yield csv_line(["name", "", *(document["name"] for document in documents)])
    for row in comparison.rows:
        yield csv_line([row.fact.name, row.outcome.value, *map(joined, row.texts)])
    yield csv_line(["page", "", *addresses])
