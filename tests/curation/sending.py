"""What a browser would send of a form in a given state."""

import json
from collections.abc import Iterator
from typing import Any

from v2xkb.curation.form_state import FormState, joined


def sent(state: FormState) -> dict[str, str]:
    """Name -> text of every field."""
    fields = dict(_sent(state.values, ""))
    for name, entries in state.bases.items():
        fields |= dict(_sent(entries, f"{name}:basis"))
    for at, (path, entries) in enumerate(state.strays):
        fields |= {f":stray.{at}": path, **dict(_sent(entries, f":stray.{at}:basis"))}
    return fields | {f"{name}:raw": json.dumps(value) for name, value in state.odd.items()}


def _sent(value: Any, name: str) -> Iterator[tuple[str, str]]:
    match value:
        case dict():
            for key, one in value.items():
                yield from _sent(one, joined(name, key))
        case list():
            for at, one in enumerate(value):
                yield from _sent(one, joined(name, at))
        case _:
            yield name, value
