"""The counts behind verdicts: every project's answers to the filters of the claims, asked once and grouped."""

from collections.abc import Iterable, Mapping
from functools import lru_cache, reduce
from operator import and_
from typing import Any

from django.db.models import BooleanField, Case, Count, Q, Value, When
from django.http import QueryDict

from projects.documents import Measurement
from projects.filtersets import ProjectFilterSet
from projects.models import Project
from v2xkb.records.by_revision import ByRevision
from v2xkb.records.facet_values import NOT_REPORTED
from v2xkb.records.models import Revision

# The two samples that statements are on, as the filters that list them.
FIELD = "tier=V2X"
FIVE = "collection=paper-five"
SCOPES = ("collection", "tier")
# The answers to so many sets of claims are held: all of a page, and those of single ones.
HELD = 64


class Answers:
    """How many projects meet which of a set of named conditions, asked of the database in one query.

    For each condition a number is held, of which each bit stands for a project: set where that meets it.
    """

    def __init__(self, conditions: Mapping[str, Q]) -> None:
        asked: dict[str, Any] = {
            f"answer_{place}": Case(
                When(condition, then=Value(True)), default=Value(False), output_field=BooleanField()
            )
            for place, condition in enumerate(conditions.values())
        }
        grouped = Project.objects.order_by().annotate(**asked).values(*asked).annotate(n=Count("pk"))
        met, self._all = [0] * len(asked), 0
        for *answers, projects in grouped.values_list(*asked, "n") if asked else []:
            those = ((1 << projects) - 1) << self._all.bit_length()
            self._all |= those
            met = [bits | those if answer else bits for bits, answer in zip(met, answers, strict=True)]
        self._met = dict(zip(conditions, met, strict=True))

    def count(self, *met: str, but: str | None = None) -> int:
        """The projects that meet all of the conditions `met`, and not `but`."""
        those = reduce(and_, (self._met[name] for name in met), self._all)
        return (those if but is None else those & ~self._met[but]).bit_count()


@lru_cache(maxsize=HELD)
def held(_using: str, _queries: tuple[str, ...]) -> ByRevision[Answers]:
    return ByRevision()


def answers_to(queries: Iterable[str], periods: Mapping[str, Q]) -> Answers:
    """The projects' answers to filters and periods, asked once of a revision by each process."""
    asked = tuple(dict.fromkeys(queries))
    using = Project.objects.all().db

    def read() -> Answers:
        return Answers({**conditions(asked), **periods} if asked else {})

    return held(using, asked).at(Revision.objects.using(using).current_stamp(), using, read) or read()


def conditions(queries: Iterable[str]) -> dict[str, Q]:
    """Each filter of projects as a condition; vocabularies are the same for all, and read once."""
    first: ProjectFilterSet | None = None
    made: dict[str, Q] = {}
    for query in queries:
        filterset = ProjectFilterSet(QueryDict(query))
        if first is None:
            first = filterset
        else:
            filterset.names = first.names
        if not filterset.is_valid() or filterset.unknown:
            raise ValueError(f"a claim asks by a wrong filter: {query}: {filterset.errors} {filterset.unknown}")
        made[query] = Q(pk__in=filterset.qs.order_by().values("pk"))
    return made


def population_in(measurement: Measurement, scope: str) -> str:
    """The measurement's population, of another sample."""
    asked = QueryDict(measurement.population or "", mutable=True)
    for name in SCOPES:
        asked.pop(name, None)
    for name, value in QueryDict(scope).items():
        asked[name] = str(value)
    return asked.urlencode()


def unrestricted(measurement: Measurement) -> str:
    """The population without the restriction to those whose tested value is known."""
    asked = QueryDict(measurement.population or "", mutable=True)
    for name in QueryDict(measurement.test or ""):
        asked.pop(name, None)
    return asked.urlencode()


def unreported(measurement: Measurement) -> str:
    """The filter for projects that report nothing of what is tested."""
    return "&".join(f"{name}={NOT_REPORTED}" for name in QueryDict(measurement.test or ""))


def scope_of(measurement: Measurement) -> str:
    asked = QueryDict(measurement.population or "")
    return FIVE if "collection" in asked else FIELD if "tier" in asked else ""


def hits_query(population: str, test: str) -> str:
    """The filter that lists the hits: the test's values take the place of the population's for the same parameter."""
    asked = QueryDict(population, mutable=True)
    for name, values in QueryDict(test).lists():
        asked.setlist(name, values)
    return "&".join(f"{name}={value}" for name, values in sorted(asked.lists()) for value in values)


def with_cited_only(query: str) -> str:
    return f"{query}&cited_only=1"
