"""The barrier map as a drawing: one layer, the fields of its table, and who says so in every name and field."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from barriers.choices import ActorRole
from barriers.models import Barrier
from projects.barrier_map import BarrierMap, Cell
from projects.barrier_map_request import By, Layer
from projects.matrix_drawing import GAP, OUTSIDE, Axis, Colours, Field, by_name, by_number, matrix
from v2xkb.charts.chart import Chart

# Light enough for dark text, and different without their hue by the letter in each field.
SOURCE, AFFECTED, BOTH, APPLIES = "#f3c9a5", "#bcd9ee", "#d9c9e6", "#cfe3d6"
MOST_NAMED = 3


def chart(barrier_map: BarrierMap) -> Chart:
    is_literature = barrier_map.request.layer == Layer.LITERATURE
    columns = [column.label for column in barrier_map.columns]
    names = {row.barrier.slug: name_of(row.barrier) for row in barrier_map.rows}
    groups = [typology.label for typology, _rows in barrier_map.groups]
    fields = [
        Field(names[row.barrier.slug], cell.column.label, text(cell), shade(cell), row.barrier.typology.label)
        for row in barrier_map.rows
        for cell in row.cells
    ]
    most = max((cell.tally.projects for row in barrier_map.rows for cell in row.cells if cell.tally), default=0)
    return Chart(
        name=f"barrier-map-{barrier_map.request.layer}-by-{barrier_map.request.by}",
        title=finding(barrier_map),
        alt=alternative(barrier_map),
        spec=matrix(
            fields,
            rows=Axis("", list(names.values()), groups),
            columns=Axis("", columns),
            colours=by_part(barrier_map.request.by) if is_literature else by_number(most),
        ),
        columns=(_("Typology"), _("Barrier"), *columns),
        rows=[
            (row.barrier.typology.label, names[row.barrier.slug], *(text(cell) for cell in row.cells))
            for row in barrier_map.rows
        ],
        note=note(barrier_map),
    )


def name_of(barrier: Barrier) -> str:
    """With where it comes from."""
    if not barrier.from_paper:
        return _("%(barrier)s (from literature)") % {"barrier": barrier.name}
    return _("%(barrier)s (the paper's)") % {"barrier": barrier.name}


def letters() -> dict[ActorRole | None, str]:
    """What stands in a field for the part an actor has in a barrier."""
    return {ActorRole.SOURCE: _("C"), ActorRole.AFFECTED: _("A"), ActorRole.BOTH: _("C+A"), None: ""}


def parts() -> dict[ActorRole | None, str]:
    """The legend."""
    words: dict[ActorRole | None, str] = {
        ActorRole.SOURCE: _("cause or lever: causes it or can lift it"),
        ActorRole.AFFECTED: _("affected: bears its effect"),
        ActorRole.BOTH: _("both"),
    }
    named = {role: f"{letters()[role]}: {text}" for role, text in words.items()}
    return {**named, None: _("applies in this scenario")}


def by_part(by: By) -> Colours:
    named = parts()
    if by == By.SCENARIO:
        return by_name({named[None]: APPLIES}, "")
    colours = {ActorRole.SOURCE: SOURCE, ActorRole.AFFECTED: AFFECTED, ActorRole.BOTH: BOTH}
    return by_name({named[role]: colour for role, colour in colours.items()}, "")


def text(cell: Cell) -> str:
    if cell.link:
        return " ".join(part for part in (letters()[cell.link.role], cell.link.mark) if part)
    if cell.is_outside:
        return OUTSIDE
    return str(cell.tally.projects) if cell.tally and cell.tally.projects else GAP


def shade(cell: Cell) -> int | str:
    if cell.tally:
        return 0 if cell.is_outside else cell.tally.projects
    return parts()[cell.link.role] if cell.link else ""


def finding(barrier_map: BarrierMap) -> str:
    return of_links(barrier_map) if barrier_map.request.layer == Layer.LITERATURE else of_reports(barrier_map)


def of_links(barrier_map: BarrierMap) -> str:
    """Which columns are linked to most barriers."""
    counts = {column.label: 0 for column in barrier_map.columns}
    for row in barrier_map.rows:
        for cell in row.cells:
            counts[cell.column.label] += cell.link is not None
    most = max(counts.values(), default=0)
    if not most:
        return _("Literature links none of the barriers")
    first = [label for label, count in counts.items() if count == most]
    told = ngettext(
        "The paper and literature link %(names)s to most barriers: %(most)s of %(all)s",
        "The paper and literature link %(names)s to most barriers: %(most)s of %(all)s each",
        len(first),
    )
    return told % {"names": enumerated(first), "most": most, "all": len(barrier_map.rows)}


def of_reports(barrier_map: BarrierMap) -> str:
    """Which barriers most projects report, and how many none reports."""
    counts = [(row.total.projects, row.barrier.name) for row in barrier_map.rows if row.total and not row.is_outside]
    most = max((count for count, _name in counts), default=0)
    if not most:
        return _("No project chosen reports any of these barriers")
    first = [name for count, name in counts if count == most]
    told = ngettext(
        "The barrier that most projects report: %(names)s, %(most)s of %(all)s",
        "The barriers that most projects report: %(names)s, %(most)s of %(all)s each",
        len(first),
    ) % {"names": enumerated(first), "most": most, "all": barrier_map.request.filterset.total}
    silent = sum(not count for count, _name in counts)
    if not silent:
        return told
    none = ngettext("%(silent)s is reported by none", "%(silent)s are reported by none", silent)
    return f"{told}; {none % {'silent': silent}}"


def enumerated(names: list[str]) -> str:
    """Some names; of many, how many they are."""
    if len(names) <= MOST_NAMED:
        return ", ".join(names)
    more = len(names) - MOST_NAMED
    return ngettext("%(names)s and %(more)s more", "%(names)s and %(more)s more", more) % {
        "names": ", ".join(names[:MOST_NAMED]),
        "more": more,
    }


def alternative(barrier_map: BarrierMap) -> str:
    is_by_actor = barrier_map.request.by == By.ACTOR
    if barrier_map.request.layer == Layer.LITERATURE:
        told = (
            _("A grid of barriers by typology and actors; a field says which part literature gives the actor.")
            if is_by_actor
            else _("A grid of barriers by typology and scenarios; a field says who links the two.")
        )
    else:
        told = (
            _("A grid of barriers by typology and actors; a field says how many projects report it, naming the actor.")
            if is_by_actor
            else _(
                "A grid of barriers by typology and scenarios; a field says how many projects report it, naming "
                "the scenario."
            )
        )
    return f"{finding(barrier_map)}. {told} {_('The table on the same page holds the same.')}"


def note(barrier_map: BarrierMap) -> str:
    """What the fields hold, of which projects, and where the barriers come from."""
    request = barrier_map.request
    own = sum(row.barrier.from_paper for row in barrier_map.rows)
    provenance = _("Barriers: %(own)s are the paper's own, %(others)s come from other literature.") % {
        "own": own,
        "others": len(barrier_map.rows) - own,
    }
    if request.layer == Layer.LITERATURE:
        read = _("P: the paper says so; L: other literature does; in brackets: our reading of them; –: no source.")
        return f"{provenance} {read}"
    of_all = ngettext(
        "Numbers are projects with such a report, of %(total)s; –: no project reported this.",
        "Numbers are projects with such a report, of %(total)s; –: no project reported this.",
        request.filterset.total,
    ) % {"total": request.filterset.total}
    chosen = request.selection.words
    filters = _("Filters: %(filters)s.") % {"filters": chosen} if chosen else _("No filter.")
    return " ".join(filter(None, [provenance, of_all, folded(barrier_map), capfirst(filters)]))


def folded(barrier_map: BarrierMap) -> str:
    """How many columns are not there, and why."""
    number = len(barrier_map.folded)
    if not number:
        return ""
    told = (
        ngettext(
            "%(number)s actor has no column: none of these reports names it.",
            "%(number)s actors have no column: none of these reports names them.",
            number,
        )
        if barrier_map.request.by == By.ACTOR
        else ngettext(
            "%(number)s scenario has no column: none of these reports names it.",
            "%(number)s scenarios have no column: none of these reports names them.",
            number,
        )
    )
    return told % {"number": number}
