"""Documents of records, and the bodies that propose them."""

from collections.abc import Iterator
from pathlib import Path

from django.test import RequestFactory
from hypothesis import strategies as st
from rest_framework.exceptions import UnsupportedMediaType

from tests.fuzz.judging import PLACE, check_shown, check_storable, refusing
from tests.fuzz.mangling import mangled, samples_and
from tests.fuzz.trying import Target
from v2xkb.curation.proposal_body import TooLarge, read_body
from v2xkb.instance import BASE_DIR
from v2xkb.records.canonical import dump, to_text
from v2xkb.records.problem_details import WrongParameters
from v2xkb.records.reading import read_document

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


def samples() -> Iterator[bytes]:
    """One of each kind, the first by name."""
    for folder in sorted(path for path in FIXTURES.iterdir() if path.is_dir()):
        yield min(folder.glob("*.json")).read_bytes()
    yield Path(FIXTURES / "projects" / "parker.json").read_bytes()


def targets() -> Iterator[Target]:
    words = samples_and(*JSON_WORDS)
    yield Target("document", mangled(list(samples()), words), read_record, share=2)
    bodies = st.tuples(mangled([PROPOSAL], words), st.sampled_from(CONTENT_TYPES))
    yield Target("proposal", bodies, read_proposal)
