"""One way between a document and its text, so that file, API, version and release agree byte for byte."""

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from pydantic_core import from_json

from v2xkb.records.documents import Document
from v2xkb.records.problems import Problem, shown

MAX_BYTES = 2_000_000
BASIS = ',\n  "basis": {'


class UnreadableDocument(Exception):
    """The text is no usable JSON object; carries the one problem found."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def to_text(document: Document) -> str:
    """Canonical JSON: declared key order, two spaces, UTF-8, newline at the end, nothing empty."""
    return dump(document.content())


def dump(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def without_basis(text: str) -> str:
    """A document's text but for its bases: they stand last, are its longest part, and need not be read to be left out.

    No other line is indented so little and begins so: no value holds a line break, and JSON would write it otherwise.
    """
    before, found, _ = text.partition(BASIS)
    return f"{before}\n}}\n" if found else text


def basis_in(text: str) -> dict[str, Any]:
    """The basis that a canonical text holds."""
    found: dict[str, Any] = from_json(text).get("basis", {})
    return found


def data_without_basis(text: str) -> dict[str, Any]:
    """What else a canonical text holds."""
    data: dict[str, Any] = from_json(without_basis(text))
    return data


def read_object(raw: bytes, place: str = "") -> dict[str, Any]:
    """The JSON object in `raw`; raises UnreadableDocument for anything that would be lost or misread."""

    def fail(message: str, remedy: str, value: str = "") -> UnreadableDocument:
        return UnreadableDocument(Problem(place, "", message, remedy, value))

    if len(raw) > MAX_BYTES:
        size = f"{len(raw):,} bytes"
        raise fail("the document is too large", f"A document has at most {MAX_BYTES:,} bytes: split it.", size)
    if b"\x00" in raw or b"\\u0000" in raw:
        raise fail("the document holds a NUL character", "Remove it.", "\\u0000")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise fail("the file is not UTF-8", "Save it as UTF-8.", f"byte {error.start}") from error

    def object_without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        result = dict(pairs)
        if len(result) < len(pairs):
            twice = next(name for name, times in Counter(name for name, _ in pairs).items() if times > 1)
            raise fail("a key stands twice in one object", "Keep one of them.", shown(twice))
        return result

    def constant(name: str) -> None:
        raise fail("JSON has no such number", "Leave the key out where the value is not known.", name)

    try:
        data = json.loads(text, object_pairs_hook=object_without_duplicates, parse_constant=constant)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise fail(f"this is no JSON: {error.msg}", "Mend the file there.", where) from error
    except RecursionError as error:
        raise fail("the document is nested too deeply", "A document has few levels: see its schema.") from error
    except ValueError as error:
        raise fail(f"this is no JSON: {error}", "Mend the file.") from error
    if not isinstance(data, dict):
        raise fail("a document is a JSON object", "Begin the file with “{”.", type(data).__name__)
    return data
