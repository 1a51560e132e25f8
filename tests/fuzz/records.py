"""Documents of records, and the bodies that propose them."""

import json
from collections.abc import Iterator
from pathlib import Path

from django.test import RequestFactory
from hypothesis import strategies as st
from rest_framework.exceptions import UnsupportedMediaType

from tests.curation.sending import sent
from tests.fuzz.judging import PLACE, check_shown, check_storable, refusing
from tests.fuzz.mangling import mangled, mangled_text, samples_and
from tests.fuzz.trying import Target
from v2xkb.curation.form_actions import prune
from v2xkb.curation.form_post import posted_state
from v2xkb.curation.form_state import data_of, state_of
from v2xkb.curation.proposal_body import TooLarge, read_body
from v2xkb.instance import BASE_DIR
from v2xkb.records import registry
from v2xkb.records.canonical import dump, to_text
from v2xkb.records.problem_details import WrongParameters
from v2xkb.records.reading import read_document, validated

FIXTURES = BASE_DIR / "fixtures"
JSON_WORDS = (
    '"kind": "project",',
    '"basis": {},',
    '"key": "a",',
    "[1, 2]",
    '{"a": 1},',
    "1.5",
    '"a/b"',
    '"kind": ["a"],',
    '"id": ""',
    "2147483648",
)


def read_record(raw: bytes) -> None:
    with refusing():
        text = to_text(read_document(raw, PLACE))
        check_storable(text)
        assert to_text(read_document(text.encode(), PLACE)) == text


def read_proposal(made_up: tuple[bytes, str]) -> None:
    raw, content_type = made_up
    try:
        request = RequestFactory().generic("POST", "/api/v1/proposals/", raw, content_type)
        body = read_body(request)
    except (WrongParameters, UnsupportedMediaType, TooLarge) as error:
        check_shown(error.get_full_details())
        return
    check_storable([body.reason, body.signed])


PROPOSAL = dump(
    {"reason": "It ended.", "documents": [{"kind": "term", "id": "x", "slug": "v2g"}], "signed": "name"}
).encode()
CONTENT_TYPES = (
    "application/json",
    "application/json; charset=utf-16",
    "text/plain",
    "",
    "a/b; c=\x00",
    "multipart/form-data",
    "é",
)


@st.composite
def forms(draw: st.DrawFn) -> tuple[str, dict[str, str]]:
    """A form of the editor as a browser sends it, with other values, or values under other names."""
    data = json.loads(draw(st.sampled_from(list(samples()))))
    fields = sent(state_of(registry.kind(data["kind"]).document, data))
    names = sorted(fields)
    for _ in range(draw(st.integers(1, 4))):
        name = draw(st.sampled_from(names))
        value = draw(mangled_text([fields.get(name, "")], FORM_WORDS))
        if draw(st.booleans()):
            del fields[name]
            name = draw(mangled_text([name], FORM_WORDS))[:200]
        fields[name] = value
        names = sorted(fields)
    return data["kind"], fields


def read_form(made_up: tuple[str, dict[str, str]]) -> None:
    kind, fields = made_up
    state = posted_state(registry.kind(kind).document, fields)
    prune(state, empty_parts=True)
    data = data_of(state)
    with refusing():
        check_shown(validated(data, PLACE).content())


FORM_WORDS = samples_and(".", ".0", ".9999", ":basis", ":raw", ":stray", "basis", "0", "references", "1e5", "[1]")


def samples() -> Iterator[bytes]:
    """One of each kind, the first by name."""
    for folder in sorted(path for path in FIXTURES.iterdir() if path.is_dir()):
        yield min(folder.glob("*.json")).read_bytes()
    yield Path(FIXTURES / "projects" / "parker.json").read_bytes()


def targets() -> Iterator[Target]:
    words = samples_and(*JSON_WORDS)
    yield Target("document", mangled(list(samples()), words), read_record, share=2)
    bodies = st.tuples(mangled([PROPOSAL], words), st.sampled_from(CONTENT_TYPES))
    yield Target("form of the editor", forms(), read_form)
    yield Target("proposal", bodies, read_proposal)
