"""Which header of a file fills which column: by exact names, as somebody once chose, or as they choose now."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from v2xkb.curation.sheet_columns import (
    BASIS,
    DERIVED,
    ID,
    KIND,
    SLUG,
    Column,
    column_called,
    columns_of,
    known_headers,
)
from v2xkb.curation.sheet_merging import Policy
from v2xkb.curation.sheets import address
from v2xkb.records.problems import Problem, nearest, shown
from v2xkb.records.registry import Kind

LEAVE_OUT = ""


@dataclass(frozen=True)
class Use:
    """What one column of a file is for: `name` is a header that the kind knows, or LEAVE_OUT."""

    name: str
    policy: Policy = Policy.FILL

    def as_plain(self) -> dict[str, str]:
        return {"name": self.name, "policy": self.policy}


@dataclass(frozen=True)
class Mapped:
    """The columns of a file by what they are for; numbers are positions in its rows."""

    values: Sequence[tuple[int, Column, Policy]]
    special: Mapping[str, int]
    basis: Mapping[str, int]
    passed_over: Sequence[str]

    @property
    def first(self) -> int:
        """The column that tells most of which record a row is about."""
        return min(self.special.values(), default=0)


def digest_of(headers: Sequence[str]) -> str:
    """The same for the same headers in the same order."""
    return hashlib.sha256(json.dumps(list(headers), ensure_ascii=False).encode()).hexdigest()


def is_known(kind: Kind, name: str) -> bool:
    own = columns_of(kind.document)
    if name in (ID, SLUG, KIND) or (name in DERIVED and name not in own):
        return True
    if name in BASIS and name not in own:
        return True
    return column_called(kind, name) is not None


def suggested(kind: Kind, headers: Sequence[str], remembered: Mapping[str, Any] | None = None) -> dict[str, Use | None]:
    """Header -> its use: remembered, else by its exact name; None where nobody has said."""
    found: dict[str, Use | None] = {}
    for header in headers:
        known = (remembered or {}).get(header)
        if known is not None and (known["name"] == LEAVE_OUT or is_known(kind, known["name"])):
            found[header] = Use(known["name"], Policy(known.get("policy", Policy.FILL)))
        else:
            found[header] = Use(header) if is_known(kind, header) else None
    return found


def mapping_problems(kind: Kind, place: str, headers: Sequence[str], uses: Mapping[str, Use | None]) -> list[Problem]:
    """Headers without a known use, and uses that two headers share."""
    problems = []
    holders: dict[str, str] = {}
    for index, header in enumerate(headers):
        cell, use = address(index, 1), uses.get(header)
        if use is None or (use.name != LEAVE_OUT and not is_known(kind, use.name)):
            remedy = nearest(use.name if use else header, known_headers(kind)) + " Or leave the column out."
            problems.append(Problem(place, cell, "there is no such column", remedy, shown(header)))
        elif use.name != LEAVE_OUT:
            column = column_called(kind, use.name)
            target = column.written_path if column else use.name
            if target in holders:
                message = f"this column and {holders[target]} fill the same field, {target}"
                problems.append(Problem(place, cell, message, "Leave one of them out.", shown(header)))
            holders.setdefault(target, f"{cell} “{header}”")
    targets = {use.name for use in uses.values() if use}
    label = kind.document.label_field
    if not {ID, SLUG, label} & targets:
        remedy = f"A sheet needs one of {ID}, {SLUG} and {label}."
        problems.append(Problem(place, "A1", "no column says which record a row is about", remedy))
    return problems


def mapped(kind: Kind, headers: Sequence[str], uses: Mapping[str, Use | None]) -> Mapped:
    """The columns by their use; the mapping must have no problems."""
    values, special, basis, passed_over = [], {}, {}, []
    own = columns_of(kind.document)
    for index, header in enumerate(headers):
        use = uses[header]
        if use is None or use.name == LEAVE_OUT:
            passed_over.append(f"{header}: left out")
        elif use.name in (ID, SLUG, KIND):
            special[use.name] = index
        elif column := column_called(kind, use.name):
            values.append((index, column, use.policy))
        elif use.name in BASIS and use.name not in own and kind.document.needs_basis:
            basis[use.name] = index
        elif use.name in BASIS:
            passed_over.append(f"{header}: a record of this kind is its own basis")
        else:
            passed_over.append(f"{header}: {DERIVED[use.name]}")
    return Mapped(values, special, basis, passed_over)


def uses_of(plain: Mapping[str, Any]) -> dict[str, Use | None]:
    """A mapping as it was stored."""
    return {header: Use(use["name"], Policy(use["policy"])) if use else None for header, use in plain.items()}


def as_plain(uses: Mapping[str, Use | None]) -> dict[str, dict[str, str] | None]:
    return {header: use.as_plain() if use else None for header, use in uses.items()}
