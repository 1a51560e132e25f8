"""What counts say, in sentences true of any counts: none, one, ties, and no more than they show."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.statistics import Count, Distribution, Numbers, Pairs, plain
from v2xkb.records.facet_crossing import Crossing, Value

# Of more values that are equally frequent, a title names none.
MOST_TIED = 3
# So many values a text alternative spells out; the rest is in the table.
MOST_TOLD = 12


def finding(what: str, counts: Sequence[Count], reporting: int, total: int) -> str:
    """Which value most of the records have that report one."""
    if not total:
        return _("%(what)s: no record meets the filter") % {"what": what}
    if not reporting:
        return ngettext(
            "%(what)s: the one record does not report it", "%(what)s: none of the %(total)d records reports it", total
        ) % {"what": what, "total": total}
    most = max((count.records for count in counts), default=0)
    if not most:
        # Such as years to come, which records cover but no chart shows.
        return _("%(what)s: what is reported lies outside of what is shown") % {"what": what}
    tied = [count.label for count in counts if count.records == most]
    words = {"what": what, "value": tied[0], "most": most, "reporting": reporting, "number": len(tied)}
    if len(tied) > MOST_TIED:
        text = _(
            "%(what)s: %(number)d values are equally frequent, each in %(most)d of the %(reporting)d records that "
            "report it"
        )
        return text % words
    words["values"] = ", ".join(tied)
    if reporting == 1:
        return _("%(what)s: only one record reports it: %(values)s") % words
    if most == reporting:
        return _("%(what)s: %(values)s in every one of the %(reporting)d records that report it") % words
    if len(tied) > 1:
        text = _(
            "%(what)s: %(values)s are equally frequent, each in %(most)d of the %(reporting)d records that report it"
        )
        return text % words
    return (
        _("%(what)s: %(value)s is the most frequent, in %(most)d of the %(reporting)d records that report it") % words
    )


def finding_of_numbers(what: str, unit: str, numbers: Numbers) -> str:
    """The middle of the numbers reported, and how far they reach."""
    if not numbers.reported:
        return finding(what, [], 0, numbers.total)
    words = {
        "what": what,
        "unit": unit,
        "median": plain(numbers.median),
        "low": plain(numbers.reported[0]),
        "high": plain(numbers.reported[-1]),
        "numbers": len(numbers.reported),
        "reporting": numbers.reporting,
    }
    if len(numbers.reported) == 1:
        return _("%(what)s: only one is reported, %(median)s %(unit)s") % words
    return (
        ngettext(
            "%(what)s: median %(median)s %(unit)s, from %(low)s to %(high)s, of %(numbers)d numbers that %(reporting)d "
            "record reports",
            "%(what)s: median %(median)s %(unit)s, from %(low)s to %(high)s, of %(numbers)d numbers that %(reporting)d "
            "records report",
            numbers.reporting,
        )
        % words
    )


def finding_of_pairs(what: str, pairs: Pairs) -> str:
    """Which two partners share most records."""
    if not pairs.reporting:
        return finding(what, [], 0, pairs.total)
    if not pairs.counts:
        return _("%(what)s: no two organisations are partners in more than one record") % {"what": what}
    most = pairs.counts[0].records
    tied = [count.label for count in pairs.counts if count.records == most]
    words = {"what": what, "pairs": "; ".join(tied), "most": most, "number": len(tied)}
    if len(tied) > MOST_TIED:
        return _("%(what)s: %(number)d pairs share the most records, %(most)d each") % words
    if len(tied) > 1:
        return _("%(what)s: %(pairs)s share the most records, %(most)d each") % words
    return _("%(what)s: %(pairs)s share the most records, %(most)d") % words


def finding_of_crossing(what: str, crossing: Crossing, pairs: Sequence[tuple[Value, Value]]) -> str:
    """Which pair of reported values most records have; `pairs` are all there are."""
    if not crossing.total:
        return finding(what, [], 0, 0)
    most = max((crossing.records(*pair) for pair in pairs), default=0)
    tied = [pair for pair in pairs if crossing.records(*pair) == most]
    words = {"what": what, "most": most, "total": crossing.total, "number": len(tied)}
    if not most:
        return _("%(what)s: no record reports both") % words
    if len(tied) > 1:
        return _("%(what)s: %(number)d pairs are equally frequent, each in %(most)d of %(total)d records") % words
    row, column = tied[0]
    words |= {"row": row.label, "column": column.label}
    return (
        _("%(what)s: “%(row)s” with “%(column)s” is the most frequent pair, in %(most)d of %(total)d records") % words
    )


def told(counts: Sequence[Count]) -> str:
    """Values with their counts, for a text alternative."""
    texts = [f"{count.label} {count.records}" for count in counts[:MOST_TOLD]]
    if more := len(counts) - len(texts):
        texts.append(
            ngettext("%(more)d more in the table", "%(more)d more in the table", more) % {"more": more},
        )
    return ", ".join(texts)


def base(reporting: int, total: int) -> str:
    """What was counted, of how many."""
    return ngettext(
        "%(reporting)d of %(total)d record reports it; %(missing)d does not.",
        "%(reporting)d of %(total)d records report it; %(missing)d do not.",
        total,
    ) % {"reporting": reporting, "total": total, "missing": total - reporting}


def absent(distribution: Distribution) -> str:
    if not distribution.absent:
        return ""
    return ngettext(
        "One more value of the vocabulary is in none of these records.",
        "%(absent)d more values of the vocabulary are in none of these records.",
        distribution.absent,
    ) % {"absent": distribution.absent}
