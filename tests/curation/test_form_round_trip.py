"""Whatever a form shows comes back from it unchanged: over all documents, by plain functions."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings

from v2xkb.curation.form_actions import prune
from v2xkb.curation.form_post import posted_state
from v2xkb.curation.form_state import FormState, data_of, joined, state_of
from v2xkb.records import registry
from v2xkb.records.reading import validated


def sent(state: FormState) -> dict[str, str]:
    """What a browser would send of a form in this state."""
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


@pytest.mark.parametrize("kind", registry.kinds(), ids=str)
def test_every_document_comes_back_from_its_form_exactly(kind: registry.Kind) -> None:
    files = sorted((settings.FIXTURES_DIR / kind.folder).glob("*.json"))
    assert files
    for file in files:
        data = json.loads(file.read_text(encoding="utf-8"))
        fields = sent(state_of(kind.document, data))
        state = posted_state(kind.document, fields)
        prune(state, empty_parts=True)
        back = data_of(state)
        assert json.dumps(back) == json.dumps(data), file.name
        assert validated(back, "").content() == data, file.name
