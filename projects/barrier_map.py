"""The barrier map: barriers by typology against actors or scenarios, in two layers that are never mixed.

One layer holds what the paper and other literature link, the other what projects report. A report counts under the
actors and scenarios it names itself, else under «not reported».
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from django.urls import reverse

from barriers.documents import BarrierDocument
from barriers.literature_links import OTHER_LITERATURE, LiteratureLink, links_of
from barriers.models import Barrier
from projects.barrier_map_request import By, Layer, MapRequest
from projects.choices import Stance
from projects.filtersets import PAPER_SCENARIOS, REPORTS
from v2xkb.records.documents import BasisKind
from v2xkb.records.facet_values import NOT_REPORTED, NOT_REPORTED_LABEL
from v2xkb.taxonomy.choices import Scheme
from v2xkb.taxonomy.models import Term


@dataclass(frozen=True)
class Column:
    """An actor or scenario, or «not reported»."""

    slug: str
    label: str


@dataclass
class Report:
    """One report that matches, with what it names itself."""

    project: int
    barrier: str
    stance: Stance
    names: set[str] = field(default_factory=set)

    def is_under(self, column: str) -> bool:
        return column in self.names or (column == NOT_REPORTED and not self.names)


@dataclass(frozen=True)
class Share:
    """How many projects report with one stance, and the list of them."""

    stance: Stance
    projects: int
    list_query: str


@dataclass(frozen=True)
class Tally:
    """How many projects report, in how many reports, and the list of the projects.

    A project with several reports counts once, and once under each of its stances.
    """

    projects: int
    reports: int
    list_query: str
    shares: list[Share]

    @property
    def address(self) -> str:
        return f"{reverse('projects:list')}{self.list_query}"

    def with_stance(self, stance: str) -> int:
        return next((share.projects for share in self.shares if share.stance == stance), 0)


@dataclass(frozen=True)
class Cell:
    """A barrier and a column: in one layer a link or none, in the other a tally, `is_outside` of what is asked for."""

    column: Column
    link: LiteratureLink | None = None
    tally: Tally | None = None
    is_outside: bool = False


@dataclass(frozen=True)
class Row:
    """A barrier with its cells, and in the layer of projects all reports on it."""

    barrier: Barrier
    cells: list[Cell]
    total: Tally | None = None
    is_outside: bool = False


class BarrierMap:
    """The map that a request asks for; the number of queries depends on what is asked, not on how much there is.

    What is read by people folds columns of which no report shown names anything; what programs read has them all.
    """

    def __init__(self, request: MapRequest, *, folds: bool = False) -> None:
        self.request = request
        self.folds = folds

    @cached_property
    def barriers(self) -> list[Barrier]:
        shown = self.request.shown_set
        return list(Barrier.objects.for_map(shown.pk)) if shown else []

    @cached_property
    def literature(self) -> dict[str, list[LiteratureLink]]:
        """Slug of a barrier -> all its links in the literature."""
        return {
            barrier.slug: list(links_of(BarrierDocument.model_validate_json(barrier.record.document)))
            for barrier in self.barriers
        }

    def shown_links(self, barrier: str) -> list[LiteratureLink]:
        """With «cited only» those that a source states."""
        cited_only = self.request.filterset.cited_only
        return [link for link in self.literature[barrier] if link.is_stated or not cited_only]

    @cached_property
    def links(self) -> dict[tuple[str, str], LiteratureLink]:
        """(slug of a barrier, slug of a column) -> the link between them."""
        folder = {By.ACTOR: "actors/", By.SCENARIO: "scenarios/"}[self.request.by]
        return {
            (barrier.slug, link.term): link
            for barrier in self.barriers
            for link in self.shown_links(barrier.slug)
            if link.path.startswith(folder)
        }

    @cached_property
    def reports(self) -> list[Report]:
        """The reports on barriers of the set that meet every filter, with what they name on the map's axis."""
        return list(self.reports_naming(self.request.by).values())

    def reports_naming(self, by: By) -> dict[int, Report]:
        """Primary key -> report."""
        filterset = self.request.filterset
        rows, prefix = filterset.rows(REPORTS)
        own = {barrier.slug for barrier in self.barriers}
        found: dict[int, Report] = {}
        for project, report, barrier, stance, name, basis in rows.reports_naming(prefix, by.relation):
            if barrier in own:
                entry = found.setdefault(report, Report(project, barrier, Stance(stance)))
                if name and (basis == BasisKind.CITED or not filterset.cited_only):
                    entry.names.add(name)
        return found

    @cached_property
    def columns(self) -> list[Column]:
        return [column for column in self._all_columns if column not in self.folded]

    @cached_property
    def folded(self) -> list[Column]:
        """Those that no report shown is under; what the address asks for is never among them."""
        if not self.folds or self.request.layer == Layer.LITERATURE:
            return []
        kept = {NOT_REPORTED, *self.chosen_columns, *self.request.chosen(self.request.by.value)}
        kept |= {name for report in self.reports for name in report.names}
        return [column for column in self._all_columns if column.slug not in kept]

    @cached_property
    def _all_columns(self) -> list[Column]:
        """All actors; of the charging terms the paper's scenarios and those linked or named.

        In the layer of projects «not reported» comes first: reports name actors and scenarios less often than not.
        """
        if self.request.by == By.ACTOR:
            terms = list(Term.objects.in_scheme(Scheme.ACTOR).in_order())
        else:
            used = {*PAPER_SCENARIOS, *(term for _, term in self.links)}
            if self.request.layer == Layer.PROJECTS:
                used |= {name for report in self.reports for name in report.names}
            terms = [term for term in Term.objects.in_scheme(Scheme.CHARGING_TERM).in_order() if term.slug in used]
        columns = [Column(term.slug, term.label) for term in terms]
        is_missing = self.request.layer == Layer.PROJECTS
        return [Column(NOT_REPORTED, str(NOT_REPORTED_LABEL)), *columns] if is_missing else columns

    @cached_property
    def rows(self) -> list[Row]:
        if self.request.layer == Layer.LITERATURE:
            return [Row(barrier, list(self._linked(barrier))) for barrier in self.barriers]
        of_barrier: dict[str, list[Report]] = {barrier.slug: [] for barrier in self.barriers}
        for report in self.reports:
            of_barrier[report.barrier].append(report)
        return [self._row(barrier, of_barrier[barrier.slug]) for barrier in self.barriers]

    def _row(self, barrier: Barrier, reports: list[Report]) -> Row:
        total = self.tally(reports, barrier=[barrier.slug])
        return Row(barrier, list(self._told(barrier, reports)), total, self._is_outside(barrier))

    @property
    def groups(self) -> Iterator[tuple[Term, list[Row]]]:
        """The rows by typology."""
        for typology, rows in groupby(self.rows, key=lambda row: row.barrier.typology):
            yield typology, list(rows)

    def _linked(self, barrier: Barrier) -> Iterator[Cell]:
        for column in self.columns:
            yield Cell(column, link=self.links.get((barrier.slug, column.slug)))

    def _told(self, barrier: Barrier, reports: list[Report]) -> Iterator[Cell]:
        outside_row = self._is_outside(barrier)
        for column in self.columns:
            is_outside = outside_row or not self._is_asked(column)
            where = {"barrier": [barrier.slug], self.request.by.parameter: [column.slug]}
            yield Cell(column, tally=self.tally(self._under(column, reports), **where), is_outside=is_outside)

    def _under(self, column: Column, reports: Iterable[Report]) -> list[Report]:
        return [report for report in reports if report.is_under(column.slug)] if self._is_asked(column) else []

    def _is_asked(self, column: Column) -> bool:
        return not self.chosen_columns or column.slug in self.chosen_columns

    @cached_property
    def chosen_columns(self) -> list[str]:
        return self.request.chosen(self.request.by.parameter)

    def _is_outside(self, barrier: Barrier) -> bool:
        """Whether the filters leave reports on a barrier out."""
        barriers, typologies = self.request.chosen("barrier"), self.request.chosen("typology")
        is_chosen = not barriers or barrier.slug in barriers
        return not (is_chosen and (not typologies or barrier.typology.slug in typologies))

    @cached_property
    def link_counts(self) -> dict[str, int]:
        """How many of the links shown the paper states, other literature alone states, and we read from either."""
        links = self.links.values()
        by_paper = sum(link.is_stated and link.sources != OTHER_LITERATURE for link in links)
        by_others = sum(link.is_stated and link.sources == OTHER_LITERATURE for link in links)
        return {"paper": by_paper, "literature": by_others, "read": len(self.links) - by_paper - by_others}

    @cached_property
    def naming(self) -> int:
        """How many reports name an actor or a scenario themselves."""
        return sum(bool(report.names) for report in self.reports)

    @cached_property
    def total(self) -> Tally:
        return self.tally(self.reports)

    @cached_property
    def column_totals(self) -> list[Tally]:
        parameter = self.request.by.parameter
        return [self.tally(self._under(column, self.reports), **{parameter: [column.slug]}) for column in self.columns]

    def tally(self, reports: Iterable[Report], **where: list[str]) -> Tally:
        """`where` are the filters that, put in place of the request's own, list the reports' projects."""
        reports = list(reports)
        by_stance: dict[Stance, set[int]] = {stance: set() for stance in Stance}
        for report in reports:
            by_stance[report.stance].add(report.project)
        where = self._bounds(where) | where
        shares = [
            Share(stance, len(projects), self.request.list_query(**where | {"stance": [stance.value]}))
            for stance, projects in by_stance.items()
            if projects
        ]
        projects = {report.project for report in reports}
        return Tally(len(projects), len(reports), self.request.list_query(**where), shares)

    def _bounds(self, where: Iterable[str]) -> dict[str, list[str]]:
        """Filters that keep a list over several barriers to projects with a report, on a barrier of this set."""
        if "barrier" in where:
            return {}
        stances = (
            [] if {"stance"} & set(where) or self.request.chosen("stance") else [stance.value for stance in Stance]
        )
        several = len(self.request.sets) > 1
        barriers = [one.slug for one in self.barriers if not self._is_outside(one)] if several else []
        return ({"stance": stances} if stances else {}) | ({"barrier": barriers} if barriers else {})
