"""Projects that have much in common with one, by a rule that can be told in a sentence and shown for every hit."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from projects.models import Project
from v2xkb.records.countries import country_name
from v2xkb.records.languages import DataText
from v2xkb.records.nodes import Node

MOST = 6
# What a shared value counts, in the order in which the words name what is shared.
WEIGHTS = {"scenario": 1, "connector": 1, "service": 2, "country": 2, "partner": 3}
COLUMNS = {
    "scenario": "projectscenario_rows__term",
    "connector": "projectconnector_rows__term",
    "service": "projectservice_rows__term",
    "country": "projectcountry_rows__code",
    "partner": "partner_rows__organisation",
}
FEWEST_KINDS = 2

SIMILARITY_RULE = _(
    "Each shared partner counts 3, each shared service or country 2, each shared scenario or connector 1. Listed are "
    "the projects with the highest sums that share facts of at least two of these kinds; of equal ones, those that "
    "come first in the list of projects. Projects named as related above are left out. What was never reported cannot "
    "be shared."
)


@dataclass(frozen=True)
class Similar:
    """A project, the sum it reached, and what it shares, in words."""

    project: Project
    score: int
    shared: list[str]


def similar_to(project: int, tree: Node, related: Iterable[int]) -> list[Similar]:
    """The projects most like the one with this document, the most like first: two queries at most.

    `related` are the keys of projects that the page names anyway.
    """
    values = shareable(tree)
    keys = {kind: (COLUMNS[kind], list(labels)) for kind, labels in values.items() if labels}
    shared: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for other, kind, value in set(Project.objects.sharing(keys, besides=[project, *related])):
        shared[other].append((kind, value))
    scores = {
        other: sum(WEIGHTS[kind] for kind, _value in pairs)
        for other, pairs in shared.items()
        if len({kind for kind, _value in pairs}) >= FEWEST_KINDS
    }
    # Of those that reach just the score of the last one listed there may be many: the order of lists decides.
    floor = min(sorted(scores.values(), reverse=True)[:MOST], default=0)
    above = [other for other, score in scores.items() if score > floor]
    level = [other for other, score in scores.items() if score == floor]
    found = sorted(Project.objects.chosen(above, level)[:MOST], key=lambda row: -scores[row.pk])
    return [Similar(row, scores[row.pk], list(_words(shared[row.pk], values))) for row in found]


def shareable(tree: Node) -> dict[str, dict[str, str]]:
    """For each kind of fact that is compared, the values of a document: key of the value -> its name."""
    linked = {
        "scenario": [item["term"] for item in tree["scenarios"]],
        "connector": list(tree["connectors"]),
        "service": list(tree["services"]),
        "partner": [partner["organisation"] for partner in tree["partners"]],
    }
    values: dict[str, dict[str, str]] = {
        kind: {str(node.target.pk): DataText(node.target.label) for node in nodes if node.target}
        for kind, nodes in linked.items()
    }
    return values | {"country": {node.raw: country_name(node.raw) for node in tree["countries"]}}


def _words(pairs: Iterable[tuple[str, str]], values: dict[str, dict[str, str]]) -> Iterator[str]:
    """What is shared, kind by kind, each kind in the order of the document."""
    found = set(pairs)
    for kind in WEIGHTS:
        yield from (label for value, label in values[kind].items() if (kind, value) in found)
