"""The page where collisions are settled: fields of a form, and the choices that come back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from v2xkb.curation.rebasing import Choices, Rebased
from v2xkb.records.merging import Collision, Side

PREFIX = "side"


@dataclass(frozen=True)
class ToSettle:
    """One collision and the name of its field; `chosen` is the side that was ticked before."""

    name: str
    collision: Collision
    chosen: str


@dataclass(frozen=True)
class DocumentToSettle:
    rebased: Rebased
    collisions: Sequence[ToSettle]


def choices_of(form: QueryDict) -> Choices:
    """Sides by permanent id and path, from fields named `side:<id>:<path>`; what names no side is no choice."""
    found: dict[str, dict[str, Side]] = {}
    for name in form:
        value = str(form[name])
        prefix, _, rest = name.partition(":")
        pid, separator, path = rest.partition(":")
        if prefix == PREFIX and separator and value in list(Side):
            found.setdefault(pid, {})[path] = Side(value)
    return found


def settled(rebased: Sequence[Rebased], chosen: Mapping[str, Mapping[str, Any]]) -> list[DocumentToSettle]:
    return [
        DocumentToSettle(
            one,
            [
                ToSettle(
                    f"{PREFIX}:{one.document.pid}:{found.path}",
                    found,
                    chosen.get(one.document.pid, {}).get(found.path, ""),
                )
                for found in one.collisions
            ],
        )
        for one in rebased
    ]
