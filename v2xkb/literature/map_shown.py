"""Keyword maps as charts: each view with a title that says what it finds, and one table for all."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from v2xkb.charts.chart import Cell, Chart
from v2xkb.literature.corpora.documents import Items
from v2xkb.literature.item_names import ONE, counted
from v2xkb.literature.keyword_maps import OCCURRENCES, YEAR, Keyword, KeywordMap
from v2xkb.literature.map_charts import View, chart
from v2xkb.records.languages import DataText

FEW = 3


def shown(made: KeywordMap, view: View, items: Items, link_of: Callable[[Keyword], str]) -> Chart:
    """One view of a map of such items; `link_of` is the address of the publications behind one."""
    score = YEAR if view is View.OVERLAY else ""
    drawn = chart(made.held, view, title(made, view, items), OCCURRENCES, score)
    keywords = in_order(made)
    return replace(
        drawn,
        alt=f"{drawn.alt} {finding(made, view)}".strip(),
        columns=(
            str(ONE[items]),
            _("Cluster"),
            _("Publications"),
            _("Links"),
            _("Total link strength"),
            _("Mean year"),
        ),
        rows=[row(keyword) for keyword in keywords],
        links=tuple(map(link_of, keywords)),
        note=f"{sources(made)} {drawn.note}",
    )


def sources(made: KeywordMap) -> str:
    told = ngettext("From {publications} publication.", "From {publications} publications.", made.publications)
    return told.format(publications=made.publications)


def title(made: KeywordMap, view: View, items: Items) -> str:
    match view:
        case View.NETWORK:
            told = ngettext("{items} in {clusters} cluster", "{items} in {clusters} clusters", len(made.clusters))
            return told.format(items=counted(items, len(made.keywords)), clusters=len(made.clusters))
        case View.OVERLAY:
            return _("Youngest: {keywords}").format(keywords=named(by_year(made)[-FEW:][::-1]))
    return _("Densest around {keyword}").format(keyword=max(made.keywords, key=lambda one: one.occurrences).label)


def finding(made: KeywordMap, view: View) -> str:
    """What a reader without the drawing would miss."""
    match view:
        case View.NETWORK:
            clusters = "; ".join(f"{number}: {named(keywords[:FEW])}" for number, keywords in made.clusters.items())
            return _("Clusters by what is most frequent in them: {clusters}.").format(clusters=clusters)
        case View.OVERLAY:
            years = by_year(made)
            told = {"youngest": named(years[-FEW:][::-1]), "oldest": named(years[:FEW])}
            return _("Youngest: {youngest}. Oldest: {oldest}.").format(**told)
    return ""


def by_year(made: KeywordMap) -> list[Keyword]:
    dated = [keyword for keyword in made.keywords if keyword.year is not None]
    return sorted(dated, key=lambda one: (one.year or 0, one.label))


def named(keywords: Sequence[Keyword]) -> str:
    return ", ".join(keyword.label for keyword in keywords)


def in_order(made: KeywordMap) -> list[Keyword]:
    return sorted(made.keywords, key=lambda one: (one.cluster, -one.occurrences, one.label))


def row(keyword: Keyword) -> tuple[Cell, ...]:
    year = None if keyword.year is None else round(keyword.year, 1)
    strength = round(keyword.strength, 2)
    return (DataText(keyword.label), keyword.cluster, keyword.occurrences, keyword.links, strength, year)
