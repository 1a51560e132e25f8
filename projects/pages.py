"""What this app adds to the pages of barriers and terms: what projects report of them."""

from itertools import groupby

from projects.choices import Stance
from projects.filtersets import ProjectFilterSet
from projects.models import BarrierReport
from projects.term_usage import sense_label
from v2xkb.records.languages import in_sentence
from v2xkb.records.models import Record
from v2xkb.records.pages import Section, section_of
from v2xkb.taxonomy.choices import Scheme, UsageSense
from v2xkb.taxonomy.models import TermCoding
from v2xkb.taxonomy.usage_shares import DISPUTED, Uses

PARAMETERS = {
    Scheme.CHARGING_TERM: "scenario",
    Scheme.SERVICE: "service",
    Scheme.CONNECTOR: "connector",
    Scheme.POWER_FLOW: "power_flow",
    Scheme.ACTOR: "actor",
    Scheme.ROLE: "role",
    Scheme.VEHICLE_SEGMENT: "segment",
    Scheme.TYPOLOGY: "typology",
    Scheme.ORIENTATION: "orientation",
}


@section_of("barrier")
def reports_of_barrier(record: Record) -> Section:
    """By stance; within one, by project."""
    order = list(Stance)
    reports = sorted(
        BarrierReport.objects.for_barrier(record.pk), key=lambda report: order.index(Stance(report.stance))
    )
    stances = [(Stance(stance), list(group)) for stance, group in groupby(reports, key=lambda report: report.stance)]
    projects = len({report.project_id for report in reports})
    return Section("projects/_reports_of_barrier.html", {"stances": stances, "projects": projects, "slug": record.slug})


@section_of("term")
def use_of_term(record: Record) -> Section:
    """The number is the total of the list it links to."""
    parameter = PARAMETERS.get(Scheme(record.subtype))
    if parameter is None:
        return Section("projects/_use_of_term.html", {})
    filterset = ProjectFilterSet({parameter: record.slug})
    content = {"parameter": parameter, "slug": record.slug, "total": filterset.total}
    label = in_sentence(filterset.filters[parameter].label)
    return Section("projects/_use_of_term.html", {**content, "label": label})


@section_of("term")
def use_in_publications(record: Record) -> Section:
    """The senses it has in our codings, if it was looked for."""
    if record.subtype != Scheme.CHARGING_TERM:
        return Section("projects/_use_in_publications.html", {})
    counts = Uses(TermCoding.objects.judgements_of(record.pk)).counts(record.slug)
    senses = [(sense_label(sense), counts[sense]) for sense in (*UsageSense.values, DISPUTED) if counts[sense]]
    return Section("projects/_use_in_publications.html", {"total": counts.total(), "senses": senses})
