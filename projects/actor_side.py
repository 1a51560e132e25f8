"""The barrier map from one actor's side: what it causes and bears, can do, what projects did, what research studies."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from barriers.choices import ActorRole
from barriers.literature_links import LiteratureLink
from barriers.models import Barrier, Measure, ResearchTopic
from projects.barrier_map import BarrierMap, Report, Tally
from projects.barrier_map_request import By
from projects.choices import Stance
from projects.models import BarrierReport
from v2xkb.records.facet_values import NOT_REPORTED
from v2xkb.taxonomy.choices import Scheme
from v2xkb.taxonomy.models import Term

CAUSING = (ActorRole.SOURCE, ActorRole.BOTH)
BEARING = (ActorRole.AFFECTED, ActorRole.BOTH)
MOST_TOLD = 30
DONE = (Stance.ADDRESSED, Stance.OVERCOME)


@dataclass(frozen=True)
class ActorBarrier:
    """A barrier that literature links to the actor, and how many projects report it."""

    barrier: Barrier
    link: LiteratureLink
    tally: Tally


@dataclass(frozen=True)
class ActorSide:
    """Everything about one actor; `told` are the reports that `done` counts."""

    actor: Term
    causes: list[ActorBarrier]
    bears: list[ActorBarrier]
    measures: list[Measure]
    topics: list[tuple[ResearchTopic, list[Barrier]]]
    done: Tally
    told: list[BarrierReport]

    @property
    def first_told(self) -> list[BarrierReport]:
        """As many as a page can hold."""
        return self.told[:MOST_TOLD]


def actor_sides(barrier_map: BarrierMap) -> list[ActorSide]:
    """One for each actor that the project filter `actor` of the request chooses."""
    chosen = [slug for slug in barrier_map.request.chosen("actor") if slug != NOT_REPORTED]
    if not chosen:
        return []
    actors = [term for term in Term.objects.in_scheme(Scheme.ACTOR).in_order() if term.slug in chosen]
    measures = list(Measure.objects.open_to_any(chosen))
    topics = list(ResearchTopic.objects.with_barriers())
    reports = barrier_map.reports_naming(By.ACTOR)
    done = {actor.slug: set(done_about(barrier_map, actor.slug, reports)) for actor in actors}
    # One that the filters leave out is not asked for again; where they leave out both, there is nothing to list.
    stances = [stance for stance in DONE if stance in (barrier_map.request.chosen("stance") or DONE)] or DONE
    told = list(BarrierReport.objects.told(set().union(*done.values())))
    return [
        ActorSide(
            actor=actor,
            causes=list(barriers_of(barrier_map, actor.slug, CAUSING, reports)),
            bears=list(barriers_of(barrier_map, actor.slug, BEARING, reports)),
            measures=[measure for measure in measures if takes(measure, actor)],
            topics=list(topics_about(barrier_map, actor.slug, topics)),
            done=barrier_map.tally(
                [reports[pk] for pk in done[actor.slug]],
                actor=[actor.slug],
                stance=[stance.value for stance in stances],
            ),
            told=[report for report in told if report.pk in done[actor.slug]],
        )
        for actor in actors
    ]


def done_about(barrier_map: BarrierMap, actor: str, reports: Mapping[int, Report]) -> Iterator[int]:
    """Reports of barriers addressed or overcome that name the actor, or whose barrier literature links to it."""
    linked = {slug for slug, links in barrier_map.literature.items() if any(link.term == actor for link in links)}
    for pk, report in reports.items():
        if report.stance in DONE and (actor in report.names or report.barrier in linked):
            yield pk


def barriers_of(
    barrier_map: BarrierMap, actor: str, roles: Collection[ActorRole], reports: Mapping[int, Report]
) -> Iterator[ActorBarrier]:
    for barrier in barrier_map.barriers:
        for link in barrier_map.shown_links(barrier.slug):
            if link.term == actor and link.role in roles:
                about = [report for report in reports.values() if report.barrier == barrier.slug]
                yield ActorBarrier(barrier, link, barrier_map.tally(about, actor=[actor], barrier=[barrier.slug]))


def takes(measure: Measure, actor: Term) -> bool:
    return any(row.actor_id == actor.pk for row in measure.actor_rows.all())


def topics_about(
    barrier_map: BarrierMap, actor: str, topics: Iterable[ResearchTopic]
) -> Iterator[tuple[ResearchTopic, list[Barrier]]]:
    """Topics that address a barrier the actor is linked to, with those barriers."""
    linked = {
        barrier.pk
        for barrier in barrier_map.barriers
        if any(link.term == actor for link in barrier_map.shown_links(barrier.slug))
    }
    for topic in topics:
        barriers = [row.barrier for row in topic.barrier_rows.all() if row.barrier_id in linked]
        if barriers:
            yield topic, barriers
