"""What the page of an import shows: its columns and their uses, or its rows, a page at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from v2xkb.curation.import_models import Import
from v2xkb.curation.sheet_columns import BASIS, DERIVED, ID, KIND, SLUG, columns_of, known_headers
from v2xkb.curation.sheet_mapping import LEAVE_OUT, Use, uses_of
from v2xkb.curation.sheet_merging import Policy
from v2xkb.curation.sheets import column_letters
from v2xkb.records import registry
from v2xkb.records.problems import nearest
from v2xkb.records.registry import Kind

LEFT_OUT, UNDECIDED = "-", ""
SHOWS: Mapping[str, tuple[str, Sequence[str]]] = {
    "all": ("All rows", ()),
    "errors": ("Only errors", ("error",)),
    "changes": ("Only what is new or changed", ("new", "changed")),
    "kept": ("Only rows that differ and are kept", ()),
}


@dataclass(frozen=True)
class Choice:
    """A use that a column of the file may have."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class FileColumn:
    """One column of the file, what stands in it, and what it is used for."""

    index: int
    letters: str
    header: str
    samples: Sequence[str]
    groups: Sequence[tuple[str, Sequence[Choice]]]
    meaning: str
    replaces: bool
    remedy: str


def file_columns(held: Import) -> Iterator[FileColumn]:
    kind, uses = registry.kind(held.kind), uses_of(held.columns)
    for index, header in enumerate(held.headers):
        use = uses.get(header)
        chosen = UNDECIDED if use is None else use.name or LEFT_OUT
        column = columns_of(kind.document).get(kind.columns.get(chosen, chosen))
        yield FileColumn(
            index,
            column_letters(index),
            header,
            [sample for sample in held.samples[index] if sample] if held.samples else [],
            list(groups(kind, chosen)),
            column.meaning if column else BASIS.get(chosen, ""),
            bool(use and use.policy == Policy.REPLACE),
            nearest(header, known_headers(kind)) if use is None else "",
        )


def groups(kind: Kind, chosen: str) -> Iterator[tuple[str, list[Choice]]]:
    """The uses to choose from; one that names a single part stands there where it is chosen."""
    own = columns_of(kind.document)
    basis = [name for name in BASIS if name not in own] if kind.document.needs_basis else []
    known = {LEFT_OUT, UNDECIDED, ID, SLUG, KIND, *own, *basis, *DERIVED}
    plain = kind.columns.get(chosen, chosen)

    def choices(names: Sequence[str]) -> list[Choice]:
        return [Choice(name, name, name == plain) for name in names]

    yield (
        "",
        [
            Choice(UNDECIDED, "choose …", chosen == UNDECIDED),
            Choice(LEFT_OUT, "leave out", chosen == LEFT_OUT or (chosen in DERIVED and chosen not in own)),
        ],
    )
    yield "Which record", choices([ID, SLUG, KIND])
    yield "Values", choices([*own, *([plain] if plain not in known else [])])
    if basis:
        yield "Where the values come from", choices(basis)


def uses_from(held: Import, posted: QueryDict) -> dict[str, Use | None]:
    """What somebody chose for each header; None where they chose nothing."""
    found: dict[str, Use | None] = {}
    for index, header in enumerate(held.headers):
        name = posted.get(f"use-{index}", UNDECIDED)
        policy = Policy.REPLACE if f"replace-{index}" in posted else Policy.FILL
        found[header] = None if name == UNDECIDED else Use(LEAVE_OUT if name == LEFT_OUT else name, policy)
    return found


def tabs(held: Import, show: str, kept: int) -> list[dict[str, Any]]:
    """The ways to look at the rows, with how many each shows."""
    counts = held.counts
    numbers = {
        "all": sum(counts.get(name, 0) for name in ("new", "changed", "same", "error")),
        "errors": counts.get("error", 0),
        "changes": held.to_propose,
        "kept": kept,
    }
    return [
        {"name": name, "label": label, "count": numbers[name], "is_current": name == show}
        for name, (label, _) in SHOWS.items()
    ]
