"""Queries of statistics over matching projects, named by their use; none adds up over projects."""

from collections import defaultdict

from v2xkb.records.facet_rows import Rowset


def numbers_reported(beside: Rowset, prefix: str, column: str) -> dict[int, list[float]]:
    """Project -> the different numbers it reports, smallest first; every project is there.

    `beside` are the projects beside their rows, whose columns begin with `prefix`.
    """
    found: dict[int, list[float]] = defaultdict(list)
    rows = beside.order_by("pk", f"{prefix}{column}").values_list("pk", f"{prefix}{column}").distinct()
    for pk, number in rows:
        found[pk] += [] if number is None else [number]
    return found


def partners_of_each(beside: Rowset, prefix: str) -> dict[int, set[tuple[str, str]]]:
    """Project -> (slug, name) of its partners; projects without partners are left out."""
    found: dict[int, set[tuple[str, str]]] = defaultdict(set)
    organisation = f"{prefix}organisation__"
    rows = beside.order_by().values_list("pk", f"{organisation}slug", f"{organisation}name").distinct()
    for pk, slug, name in rows:
        if slug:
            found[pk].add((slug, name))
    return found
