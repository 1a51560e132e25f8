"""Counts what documents hold, path by path, so that the same numbers can be asked of files and of the database."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

Document = Mapping[str, Any]

NOT_REPORTED = "not-reported"
PATHS = (
    *("name", "full_name", "alt_names", "summary", "record_type", "tier", "realisation", "status", "start", "end"),
    *("countries", "sites", "scenarios", "services", "connectors", "power_flow", "standards"),
    *("chargers/kw", "chargers/counts", "chargers/makers"),
    *("vehicles/counts", "vehicles/models", "vehicles/segments"),
    *("partners", "funding", "money", "orientation", "findings", "barriers_met", "other_obstacles"),
)


def tally(documents: Iterable[Document]) -> dict[str, Any]:
    """What the documents of all kinds hold together; `documents` are canonical JSON objects in any order."""
    by_kind: dict[str, list[Document]] = {}
    for document in documents:
        by_kind.setdefault(document["kind"], []).append(document)
    projects = by_kind.get("project", [])
    return {
        "records_by_kind": {kind: len(found) for kind, found in by_kind.items()},
        "publications": _publications(by_kind.get("reference", [])),
        "derivation_rules": _rules(by_kind.get("derivation-rule", []), projects),
        "records_with_value": {path: sum(_value(project, path) is not None for project in projects) for path in PATHS},
        **_bases(projects),
        **_sources(projects, by_kind.get("reference", [])),
        **_lengths(projects),
        **_reports(projects, by_kind.get("barrier", [])),
        **_classes(projects),
    }


def _value(document: Document, path: str) -> Any:
    value: Any = document
    for name in path.split("/"):
        value = value.get(name) if value else None
    return value


def _parts(documents: Iterable[Document], path: str) -> Iterator[Any]:
    return chain.from_iterable(_value(document, path) or [] for document in documents)


def _count(values: Iterable[str | None]) -> dict[str, int]:
    return dict(Counter(value or NOT_REPORTED for value in values))


def _nested(pairs: Iterable[tuple[str, str | None]]) -> dict[str, dict[str, int]]:
    result: dict[str, dict[str, int]] = {}
    for (outer, inner), number in Counter(pairs).items():
        result.setdefault(outer, {})[inner or NOT_REPORTED] = number
    return result


def _bases(projects: list[Document]) -> dict[str, Any]:
    entries = [
        (path, entry["kind"]) for project in projects for path, listed in project["basis"].items() for entry in listed
    ]
    return {
        "basis_by_kind": _count(kind for _, kind in entries),
        "basis_by_path_and_kind": {path: {} for path in PATHS} | _nested(entries),
    }


def _named_references(project: Document) -> set[str]:
    """Every reference that a basis or a disagreement of the project names."""
    entries = chain(chain.from_iterable(project["basis"].values()), project.get("conflicts", []))
    return set(chain.from_iterable(entry.get("references", []) for entry in entries))


def _sources(projects: list[Document], references: list[Document]) -> dict[str, int]:
    """A source counts once for each project that names it, however many of its values rest on it."""
    with_address = {reference["slug"] for reference in references if "url" in reference}
    named = [slug for project in projects for slug in _named_references(project)]
    return {"sources": len(named), "sources_without_url": sum(slug not in with_address for slug in named)}


def _lengths(projects: list[Document]) -> dict[str, int]:
    lists = ("conflicts", "findings", "notes", "other_obstacles")
    return {name: sum(1 for _ in _parts(projects, name)) for name in lists}


def _reports(projects: list[Document], barriers: list[Document]) -> dict[str, Any]:
    reports = list(_parts(projects, "barriers_met"))
    slugs = [barrier["slug"] for barrier in barriers]
    return {
        "barrier_reports": len(reports),
        "barrier_reports_by_barrier": dict.fromkeys(slugs, 0) | _count(report["barrier"] for report in reports),
        "barrier_reports_by_stance": _count(report["stance"] for report in reports),
        "barrier_reports_by_barrier_and_stance": {slug: {} for slug in slugs}
        | _nested((report["barrier"], report["stance"]) for report in reports),
        "related_by_kind": _count(relation["kind"] for relation in _parts(projects, "related")),
    }


def _classes(projects: list[Document]) -> dict[str, Any]:
    return {
        **{
            name: _count(project.get(name) for project in projects)
            for name in ("tier", "record_type", "realisation", "status")
        },
        "scenario_states": _nested((part["term"], part.get("state")) for part in _parts(projects, "scenarios")),
        "count_states": {
            name: _count(part.get("state") for part in _parts(projects, f"{name}/counts"))
            for name in ("chargers", "vehicles")
        },
        "start_kind": _count(project["start"].get("kind") for project in projects if "start" in project),
        "site_precision": _count(site.get("precision") for site in _parts(projects, "sites")),
    }


def _rules(rules: list[Document], projects: list[Document]) -> dict[str, int]:
    followed: set[str] = set()
    for entry in chain.from_iterable(chain.from_iterable(project["basis"].values()) for project in projects):
        followed.update(entry.get("also_rules", []), filter(None, [entry.get("rule")]))
    return {
        "rules": len(rules),
        "used": sum(rule["slug"] in followed for rule in rules),
        "aliases": sum(1 for _ in _parts(rules, "aliases")),
    }


def _publications(references: list[Document]) -> dict[str, int]:
    """The literature that was indexed: only those references carry index terms."""
    indexed = [reference for reference in references if "index_terms" in reference]
    return {
        "publications": len(indexed),
        "with_doi": sum("doi" in reference for reference in indexed),
        "with_authors": sum("author" in reference for reference in indexed),
        "with_author_keywords": sum("author_keywords" in reference for reference in indexed),
    }
