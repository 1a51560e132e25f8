"""What the page of a project shows besides its document: its time, its kin, its freshness, what is not known."""

from collections.abc import Iterator
from datetime import date
from typing import Any, cast

from django.utils.translation import gettext_lazy as _

from projects.choices import RelationKind
from projects.documents import ProjectDocument
from projects.freshness import RULE, Freshness, freshness
from projects.models import Collection, Project, Relation
from projects.similar import SIMILARITY_RULE, similar_to
from projects.site_map import map_of_project
from projects.timeline import Around, Dated, Mark, Span, Timeline, timeline
from projects.unknowns import unknowns
from v2xkb.records.footnotes import Footnotes, Source
from v2xkb.records.nodes import Node
from v2xkb.records.pages import Page

# How a relation reads from its other end.
REVERSED = {
    RelationKind.PART_OF: _("has the part"),
    RelationKind.FOLLOWS: _("followed by"),
    RelationKind.SAME_SITE_AS: _("same site as"),
    RelationKind.SAME_FLEET_AS: _("same fleet as"),
    RelationKind.SAME_PROGRAMME_AS: _("same programme as"),
    RelationKind.RELATED: _("related to"),
}


def beside_project(page: Page, today: date) -> dict[str, Any]:
    """Four queries, however much there is: relations, collections, and two for what is similar."""
    project = page.record.pk
    relations = list(Relation.objects.around(project))
    inward = [row for row in relations if row.other_id == project]
    ends = [(words, [row.project for row in inward if row.kind == kind]) for kind, words in REVERSED.items()]
    kin = {row.other_id if row.project_id == project else row.project_id for row in relations}
    return {
        "from_others": [(words, projects) for words, projects in ends if projects],
        "collections": Collection.objects.holding_project(project),
        "similar": similar_to(project, page.tree, kin),
        "sites_map": map_of_project(page.record),
        "similar_rule": SIMILARITY_RULE,
        "unknowns": unknowns(page.tree),
        "freshness": freshness_of(page, today),
        "freshness_rule": RULE,
        "timeline": timeline_of(page, relations),
    }


def freshness_of(page: Page, today: date) -> Freshness:
    document = cast(ProjectDocument, page.document)
    published = [publication_date(source) for source in page.footnotes.sources]
    read = [basis.read for entries in document.basis.values() for basis in entries if basis.read]
    return freshness(document.status, published, read, today)


def timeline_of(page: Page, relations: list[Relation]) -> Timeline:
    project, tree = page.record.pk, page.tree
    follows = [row for row in relations if row.kind == RelationKind.FOLLOWS]
    around = Around(
        before=[span_of(row.other) for row in follows if row.project_id == project],
        after=[span_of(row.project) for row in follows if row.other_id == project],
        sources=[dated(source) for source in page.footnotes.sources],
        findings=list(dated_findings(tree, page.footnotes)),
    )
    start, end = tree["start"], tree["end"]
    run = Span(
        page.record.label,
        start["value"].raw or "",
        end["value"].raw or "",
        start_kind=label_of(start["kind"]),
        end_kind=label_of(end["kind"]),
    )
    return timeline(run, around)


def span_of(project: Project) -> Span:
    return Span(project.name, project.start, project.end, project.get_absolute_url())


def publication_date(source: Source) -> str:
    return str(source.record.data.get("issued", ""))


def dated(source: Source) -> Dated:
    return Dated(publication_date(source), Mark(source.mark, f"#{source.anchor}"))


def dated_findings(tree: Node, footnotes: Footnotes) -> Iterator[Dated]:
    """Findings with a basis of their own, at the first date at which a source of theirs was published.

    A basis of the whole list does not say which source states which finding.
    """
    for finding in tree["findings"]:
        dates = [date for source in footnotes.sources_at(finding.path) if (date := publication_date(source))]
        if dates:
            yield Dated(min(dates), Mark(str(finding["text"].raw), f"#{finding.anchor}"))


def label_of(node: Node) -> str:
    return str(node.raw.label) if node else ""
