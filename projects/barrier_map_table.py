"""The barrier map as rows of a download and as plain data: one row per barrier and column."""

from collections.abc import Callable, Iterator
from typing import Any

from projects.actor_side import ActorBarrier, ActorSide, actor_sides
from projects.barrier_map import BarrierMap, Cell, Row, Tally
from projects.barrier_map_request import Layer
from projects.choices import Stance

ABOUT_BARRIER = (
    *("set", "typology", "typology_secondary", "barrier", "barrier_name", "from_paper", "listed"),
    *("by", "column", "column_label"),
)
OF_LINK = ("role", "basis", "sources", "references")
OF_TALLY = ("projects", "reports", *(stance.value for stance in Stance), "list")

Address = Callable[[str], str]
Data = dict[str, Any]


def table(barrier_map: BarrierMap, list_address: Address) -> Iterator[list[str]]:
    """Header, then the cells of every barrier; `list_address` makes an address of a query of the list of projects."""
    is_literature = barrier_map.request.layer == Layer.LITERATURE
    yield [*ABOUT_BARRIER, *(OF_LINK if is_literature else OF_TALLY)]
    for row in barrier_map.rows:
        for cell in row.cells:
            about = [*about_barrier(barrier_map, row), cell.column.slug, cell.column.label]
            yield [*about, *(of_link(cell) if is_literature else of_tally(cell, list_address))]


def about_barrier(barrier_map: BarrierMap, row: Row) -> list[str]:
    barrier, shown = row.barrier, barrier_map.request.shown_set
    return [
        shown.slug if shown else "",
        barrier.typology.slug,
        barrier.typology_secondary.slug if barrier.typology_secondary else "",
        barrier.slug,
        barrier.name,
        "yes" if barrier.from_paper else "no",
        str(barrier.listed or ""),
        barrier_map.request.by.value,
    ]


def of_link(cell: Cell) -> list[str]:
    """Empty where no source links them."""
    if cell.link is None:
        return [""] * len(OF_LINK)
    role = cell.link.role.value if cell.link.role else "applies"
    return [role, cell.link.basis, cell.link.sources, "; ".join(cell.link.references)]


def of_tally(cell: Cell, list_address: Address) -> list[str]:
    """Empty where the filters leave the cell out."""
    if cell.tally is None or cell.is_outside:
        return [""] * len(OF_TALLY)
    tally = cell.tally
    counts = [tally.projects, tally.reports, *(tally.with_stance(stance) for stance in Stance)]
    return [*map(str, counts), list_address(tally.list_query) if tally.projects else ""]


def plain(barrier_map: BarrierMap, list_address: Address) -> Data:
    """The map with all its cells, and the sides of the actors that are chosen."""
    request = barrier_map.request
    return {
        "layer": request.layer.value,
        "by": request.by.value,
        "set": request.shown_set.slug if request.shown_set else None,
        "projects": request.filterset.total,
        "columns": [{"column": column.slug, "label": column.label} for column in barrier_map.columns],
        "rows": [plain_row(row, list_address) for row in barrier_map.rows],
        "sides": [plain_side(side, list_address) for side in actor_sides(barrier_map)],
    }


def plain_row(row: Row, list_address: Address) -> Data:
    barrier = row.barrier
    return {
        "barrier": barrier.slug,
        "name": barrier.name,
        "typology": barrier.typology.slug,
        "typology_secondary": barrier.typology_secondary.slug if barrier.typology_secondary else None,
        "from_paper": barrier.from_paper,
        "listed": barrier.listed,
        "total": plain_tally(row.total, list_address) if row.total and not row.is_outside else None,
        "cells": [plain_cell(cell, list_address) for cell in row.cells],
    }


def plain_cell(cell: Cell, list_address: Address) -> Data:
    link, tally = cell.link, None if cell.is_outside else cell.tally
    return {
        "column": cell.column.slug,
        "link": link and plain_link(link),
        "tally": tally and plain_tally(tally, list_address),
    }


def plain_link(link: Any) -> Data:
    return {
        "role": link.role and link.role.value,
        "basis": link.basis,
        "sources": link.sources,
        "references": list(link.references),
    }


def plain_tally(tally: Tally, list_address: Address) -> Data:
    return {
        "projects": tally.projects,
        "reports": tally.reports,
        "stances": {stance.value: tally.with_stance(stance) for stance in Stance},
        "list": list_address(tally.list_query) if tally.projects else None,
    }


def plain_side(side: ActorSide, list_address: Address) -> Data:
    def barrier(entry: ActorBarrier) -> Data:
        told = plain_tally(entry.tally, list_address)
        return {"barrier": entry.barrier.slug, "link": plain_link(entry.link), "tally": told}

    return {
        "actor": side.actor.slug,
        "causes": [barrier(entry) for entry in side.causes],
        "bears": [barrier(entry) for entry in side.bears],
        "measures": [measure.slug for measure in side.measures],
        "topics": [
            {"topic": topic.slug, "barriers": [barrier.slug for barrier in barriers]} for topic, barriers in side.topics
        ],
        "done": plain_tally(side.done, list_address),
        "reports": [
            {"project": report.project.slug, "barrier": report.barrier.slug, "stance": report.stance, "key": report.key}
            for report in side.told
        ],
    }
