"""What the barrier map can be asked: which layer, by which axis, of which set, and by any filter of projects."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from django.http import QueryDict

from barriers.models import BarrierSet
from projects.filtersets import ProjectFilterSet
from projects.selection import Selection, read_selection


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


USUAL = (("by", By.ACTOR.value), ("layer", Layer.LITERATURE.value))


@dataclass(frozen=True)
class MapRequest:
    """What is asked for; `sets` are all there are, the one shown in `shown_set`, None only where there is none."""

    by: By
    layer: Layer
    sets: list[BarrierSet]
    shown_set: BarrierSet | None
    selection: Selection

    @property
    def filterset(self) -> ProjectFilterSet:
        return self.selection.filterset

    def chosen(self, parameter: str) -> list[str]:
        """The values of a project filter that the address chooses."""
        return self.selection.chosen(parameter)

    def list_query(self, **instead: Iterable[str]) -> str:
        """The query of the list of projects that the same filters give, those named replaced."""
        return self.selection.list_query(**instead)

    def query(self, **instead: Iterable[str]) -> str:
        """The query of the map itself, some parameters replaced; what is so unless said otherwise is left out."""
        return self.selection.query(*USUAL, **instead)


def asked(query: QueryDict, *, of_the_map: Sequence[str] = ()) -> MapRequest:
    """What a query asks; `of_the_map` are further parameters an interface takes. Raises WrongSelection."""
    sets = cast(list[BarrierSet], list(BarrierSet.objects.in_order()))
    own = {
        "by": [by.value for by in By],
        "layer": [layer.value for layer in Layer],
        "set": [barrier_set.slug for barrier_set in sets],
    }
    selection = read_selection(query, own, of_the_map)
    given = selection.given
    return MapRequest(
        by=By(given.get("by", By.ACTOR)),
        layer=Layer(given.get("layer", Layer.LITERATURE)),
        sets=sets,
        shown_set=next((one for one in sets if one.slug == given.get("set", one.slug)), None),
        selection=selection,
    )
