"""What somebody sent, as a form's state; nothing that was typed is lost, whether or not it can stand."""

import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from v2xkb.curation.form_shapes import Group, Many, Scalar, Shape, Widget
from v2xkb.curation.form_state import BASES, MOST_POSITION, Entry, FormState, joined, position_in, shape_at, tidied
from v2xkb.numbers import whole_number_in
from v2xkb.records.documents import Document

BASIS_SUFFIX = ":basis"
RAW_SUFFIX = ":raw"
STRAY = ":stray"
# What a form sends besides values; names of fields hold no other sign than letters, digits, `_`, `.` and `:`.
LINES = (Widget.LINE, Widget.TEXT)


def posted_state(model: type[Document], post: Mapping[str, str]) -> FormState:
    """The state that a sent form describes; `post` is name -> text. Names that no field has are passed over."""
    reader = _Reader(post)
    values = reader.group(Group(model), "")
    state = FormState(model, values)
    for name in reader.based:
        entries = reader.entries(name)
        if entries and _exists(state, name):
            state.bases[name] = entries
    for at in reader.positions(STRAY):
        place = joined(STRAY, at)
        state.strays.append((tidied(post.get(place, "")), reader.entries(place)))
    for name, text in post.items():
        if name.endswith(RAW_SUFFIX):
            try:
                state.odd[name.removesuffix(RAW_SUFFIX)] = json.loads(text, parse_constant=_no_number)
            except (ValueError, RecursionError):
                continue
    return state


def _no_number(name: str) -> None:
    raise ValueError(f"JSON has no {name}")


def _exists(state: FormState, name: str) -> bool:
    """Whether a name has a field in the state."""
    try:
        shape_at(state.model, name)
        value: Any = state.values
        for step in name.split("."):
            value = value[position_in(step)] if isinstance(value, list) else value[step]
    except (KeyError, IndexError, TypeError):
        return False
    return True


class _Reader:
    """Reads shapes from flat names; a list goes as far as the positions that names hold."""

    def __init__(self, post: Mapping[str, str]) -> None:
        self.post = post
        self.steps: dict[str, set[int]] = defaultdict(set)
        for name in post:
            steps = name.split(".")
            for depth, step in enumerate(steps):
                # No list has more items than the form has fields.
                if (position := whole_number_in(step, min(len(post), MOST_POSITION))) is not None:
                    self.steps[".".join(steps[:depth])].add(position)

    @property
    def based(self) -> list[str]:
        """Names that have entries of a basis, strays apart."""
        found = [name.removesuffix(BASIS_SUFFIX) for name in self.steps if name.endswith(BASIS_SUFFIX)]
        return [name for name in found if not name.startswith(STRAY)]

    def positions(self, name: str) -> list[int]:
        return sorted(self.steps.get(name, ()))

    def entries(self, name: str) -> list[Entry]:
        return self.read(BASES, f"{name}{BASIS_SUFFIX}")

    def group(self, shape: Group, name: str) -> dict[str, Any]:
        return {key: self.read(declared.shape, joined(name, key)) for key, declared in shape.fields.items()}

    def read(self, shape: Shape, name: str) -> Any:
        match shape:
            case Group():
                return self.group(shape, name)
            case Many(item=item):
                last = max(self.steps.get(name, ()), default=-1)
                return [self.read(item, joined(name, at)) for at in range(last + 1)]
            case Scalar(widget=widget):
                return tidied(self.post.get(name, ""), lines=widget in LINES)
