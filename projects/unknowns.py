"""What a project's record does not say: the declared facts that no source read so far reports."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from v2xkb.records.nodes import Node

# In the order and the words of the page. Held against the declaration by a test.
LABELS: dict[str, str | Promise] = {
    "realisation": _("what is known to exist"),
    "status": _("status"),
    "start": _("start"),
    "start/kind": _("what event the start marks"),
    "end": _("end"),
    "end/kind": _("what event the end marks"),
    "countries": _("countries"),
    "orientation": _("orientation"),
    "scenarios": _("scenarios"),
    "services": _("services"),
    "connectors": _("connectors"),
    "power_flow": _("power flow"),
    "standards": _("standards and protocols"),
    "chargers/kw": _("rated power of the chargers"),
    "chargers/counts": _("number of chargers"),
    "chargers/makers": _("makers of the chargers"),
    "vehicles/counts": _("number of vehicles"),
    "vehicles/models": _("makes and models of the vehicles"),
    "vehicles/segments": _("vehicle segments"),
    "sites": _("places"),
    "partners": _("partners"),
    "funding": _("how it is paid for"),
    "money": _("amounts of money"),
    "findings": _("findings"),
    "barriers_met": _("barriers met"),
}
# What the parts of a list may leave open.
PART_LABELS: dict[str, str | Promise] = {
    "scenarios/state": _("how far it got"),
    "chargers/counts/state": _("state (planned, installed, operating)"),
    "chargers/counts/direction": _("direction"),
    "chargers/counts/unit": _("kind of unit"),
    "vehicles/counts/state": _("state (planned, installed, operating)"),
    "vehicles/counts/direction": _("direction"),
    "sites/city": _("town"),
    "sites/lat": _("latitude"),
    "sites/lon": _("longitude"),
    "sites/precision": _("precision of the coordinates"),
    "money/kind": _("what the amount is"),
    "money/year": _("year of the price level"),
    "findings/figure": _("main figure"),
    "findings/unit": _("unit of the figure"),
    "findings/nature": _("whether measured or estimated"),
    "barriers_met/scenarios": _("the scenarios it is about"),
    "barriers_met/actors": _("the actors it names"),
}
# A finding need not have a figure, and without one there is no unit to miss.
MAY_BE_ABSENT = frozenset({"findings/figure", "findings/unit", "sites/lat", "sites/lon"})


@dataclass(frozen=True)
class PartlyKnown:
    """A list whose parts leave something open: `missing` says what, for how many of how many parts."""

    label: str | Promise
    anchor: str
    missing: list[tuple[str | Promise, int, int]]


@dataclass(frozen=True)
class Unknowns:
    """Facts of which nothing is reported, and lists reported in part."""

    absent: list[str | Promise]
    partly: list[PartlyKnown]


def unknowns(tree: Node) -> Unknowns:
    """`tree` is the node of a project's whole document."""
    absent = [label for path, label in LABELS.items() if not _at(tree, path) and _is_asked(tree, path)]
    return Unknowns(absent, list(_partly(tree)))


def _is_asked(tree: Node, path: str) -> bool:
    """The kind of an event is a question only where the event is known."""
    whole = path.rpartition("/")[0]
    return whole not in ("start", "end") or bool(_at(tree, whole))


def _partly(tree: Node) -> Iterator[PartlyKnown]:
    for path, label in LABELS.items():
        node = _at(tree, path)
        if not node.is_list:
            continue
        parts = list(node)
        fields = {
            name: text
            for whole, name, text in ((*key.rpartition("/")[::2], text) for key, text in PART_LABELS.items())
            if whole == path and f"{path}/{name}" not in MAY_BE_ABSENT
        }
        missing = [
            (text, number, len(parts))
            for name, text in fields.items()
            if (number := sum(1 for part in parts if not part[name]))
        ]
        if missing:
            yield PartlyKnown(label, node.anchor, missing)


def _at(tree: Node, path: str) -> Node:
    node = tree
    for name in path.split("/"):
        node = node[name]
    return node
