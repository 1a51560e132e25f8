"""What the barrier map can be asked: which layer, by which axis, of which set, and by any filter of projects."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast
from urllib.parse import urlencode

from django.http import QueryDict

from barriers.models import BarrierSet
from projects.filtersets import ProjectFilterSet
from v2xkb.records.facets import OF_THE_PAGE
from v2xkb.records.problems import nearest, shown

FORMAT = "format"


class By(StrEnum):
    """What the columns of the map are."""

    ACTOR = "actor"
    SCENARIO = "scenario"

    @property
    def parameter(self) -> str:
        """The project filter that asks for what a report itself names."""
        return f"report_{self.value}"

    @property
    def relation(self) -> str:
        """From a report to what it names."""
        return f"report{self.value}_rows"


class Layer(StrEnum):
    """Whose links the map shows: never both in one table."""

    LITERATURE = "literature"
    PROJECTS = "projects"


class WrongMap(Exception):
    """Parameters that cannot be answered; `faults` has messages with a remedy by parameter."""

    def __init__(self, faults: Mapping[str, Sequence[str]]) -> None:
        self.faults = faults
        super().__init__(" ".join(f"{name}: {text}" for name, texts in faults.items() for text in texts))


@dataclass(frozen=True)
class MapRequest:
    """What is asked for; `sets` are all there are, the one shown in `shown_set`, None only where there is none."""

    by: By
    layer: Layer
    sets: list[BarrierSet]
    shown_set: BarrierSet | None
    filterset: ProjectFilterSet
    pairs: list[tuple[str, str]]

    def chosen(self, parameter: str) -> list[str]:
        """The values of a project filter that the address chooses."""
        return [value for name, value, _ in self.filterset.selected if name == parameter]

    def list_query(self, **instead: Iterable[str]) -> str:
        """The query of the list of projects that the same filters give, those named replaced."""
        return query_of(self._replaced([pair for pair in self.pairs if pair[0] in self.filterset.filters], instead))

    def query(self, **instead: Iterable[str]) -> str:
        """The query of the map itself, some parameters replaced; what is so unless said otherwise is left out."""
        pairs = self._replaced(self.pairs, instead)
        usual = {("by", By.ACTOR.value), ("layer", Layer.LITERATURE.value)}
        return query_of(pair for pair in pairs if pair not in usual)

    def _replaced(
        self, pairs: Iterable[tuple[str, str]], instead: Mapping[str, Iterable[str]]
    ) -> list[tuple[str, str]]:
        kept = [pair for pair in pairs if pair[0] not in instead]
        return kept + [(name, str(value)) for name, values in instead.items() for value in values]


def query_of(pairs: Iterable[tuple[str, str]]) -> str:
    """Parameters in alphabetical order, with the question mark; empty without any."""
    ordered = sorted(pairs, key=lambda pair: pair[0])
    return f"?{urlencode(ordered)}" if ordered else ""


def asked(query: QueryDict, *, of_the_map: Sequence[str] = ()) -> MapRequest:
    """What a query asks; `of_the_map` are further parameters an interface takes. Raises WrongMap."""
    sets = cast(list[BarrierSet], list(BarrierSet.objects.in_order()))
    own: dict[str, list[str]] = {
        "by": [by.value for by in By],
        "layer": [layer.value for layer in Layer],
        "set": [barrier_set.slug for barrier_set in sets],
    }
    faults: dict[str, list[str]] = {}
    given: dict[str, str] = {}
    for name, known in own.items():
        values = list(dict.fromkeys(value.strip() for value in query.getlist(name) if value.strip()))
        if len(values) > 1:
            faults[name] = [f"It is given {len(values)} times. Give it once."]
        elif values and values[0] not in known:
            faults[name] = [f"“{shown(values[0])}” is no value of it. {nearest(values[0], known)}"]
        elif values:
            given[name] = values[0]
    filters = query.copy()
    for name in [*own, *of_the_map]:
        filters.pop(name, None)
    filterset = ProjectFilterSet(filters)
    faults |= {name: [str(message) for message in messages] for name, messages in filterset.errors.items()}
    faults |= {
        name: [f"There is no such parameter. {nearest(name, known_names(filterset, own))}"]
        for name in filterset.unknown
    }
    faults |= {name: ["The map does not offer it."] for name in filters if name in OF_THE_PAGE}
    if faults:
        raise WrongMap(faults)
    return MapRequest(
        by=By(given.get("by", By.ACTOR)),
        layer=Layer(given.get("layer", Layer.LITERATURE)),
        sets=sets,
        shown_set=next((one for one in sets if one.slug == given.get("set", one.slug)), None),
        filterset=filterset,
        pairs=[*given.items(), *pairs_of(filters)],
    )


def known_names(filterset: ProjectFilterSet, own: Mapping[str, Any]) -> list[str]:
    return [*own, *filterset.filters]


def pairs_of(query: QueryDict) -> list[tuple[str, str]]:
    return [(name, value) for name, values in query.lists() for value in dict.fromkeys(values) if value.strip()]
