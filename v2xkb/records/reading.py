"""From bytes to a validated document, with every fault named by path, value and remedy."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from v2xkb.records import identifiers, registry
from v2xkb.records.basis import basis_problems
from v2xkb.records.canonical import UnreadableDocument, read_object
from v2xkb.records.countries import COUNTRIES
from v2xkb.records.documents import Document
from v2xkb.records.paths import duplicate_parts, inner_model, is_declared
from v2xkb.records.problems import InvalidDocuments, Problem, nearest, shown

REMEDIES = {
    "missing": "Add the key.",
    "string_type": "Write a text in quotes.",
    "int_type": "Write a whole number without quotes.",
    "int_from_float": "Write a whole number.",
    "float_type": "Write a number without quotes.",
    "list_type": "Write a list in square brackets.",
    "dict_type": "Write an object in braces.",
    "model_type": "Write an object in braces.",
    "string_too_short": "Write something, or leave the key out: absent means not reported.",
    "string_too_long": "Shorten it.",
    "too_short": "Add at least one item.",
    "greater_than_equal": "Mend the number, or leave the key out where it is not known.",
    "less_than_equal": "Mend the number, or leave the key out where it is not known.",
    "finite_number": "Leave the key out where the number is not known.",
    "string_pattern_mismatch": "Write it in the form the schema asks for.",
    "partial_date": "Write YYYY, YYYY-MM or YYYY-MM-DD with a month from 01 to 12.",
    "control_character": "Remove it.",
    "outer_space": "Remove the space.",
    "not_nfc": "Normalise the text to NFC.",
    "doi_case": "Write it in lower case.",
    "identifier": "Copy the id again, or take the new one named here.",
    "dates_order": "Mend one of the two dates.",
    "relation_to_itself": "Leave that relation out.",
    "basis_incomplete": "Add it, or choose the kind of basis that fits.",
}

# By which of its fields a problem's path names a part.
NAMING_FIELDS = ("key", "term", "actor", "name", "project")


def read_document(raw: bytes, place: str, expected_kind: str | None = None) -> Document:
    """The document in `raw`; raises InvalidDocuments with every problem found in it."""
    try:
        data = read_object(raw, place)
    except UnreadableDocument as error:
        raise InvalidDocuments([error.problem]) from error
    return validated(data, place, expected_kind)


def validated(data: Mapping[str, Any], place: str, expected_kind: str | None = None) -> Document:
    """The document that plain data make; raises InvalidDocuments."""
    name = data.get("kind")
    if name not in registry.kind_names():
        remedy = nearest(str(name), registry.kind_names()) if name else f"Known: {', '.join(registry.kind_names())}."
        raise InvalidDocuments([Problem(place, "kind", "this is no known kind of record", remedy, shown(name))])
    if expected_kind and name != expected_kind:
        remedy = f"Move the file to {registry.kind(str(name)).folder}/, or mend “kind”."
        raise InvalidDocuments([Problem(place, "kind", f"a {expected_kind} is expected here", remedy, shown(name))])
    model = registry.kind(str(name)).document
    try:
        document = model.model_validate_json(json.dumps(data), strict=True)
    except ValidationError as error:
        problems = [_problem(model, detail, data).at(place) for detail in error.errors(include_url=False)]
        raise InvalidDocuments(problems) from error
    problems = [problem.at(place) for problem in document_problems(document)]
    if problems:
        raise InvalidDocuments(problems)
    return document


def document_problems(document: Document) -> Iterator[Problem]:
    """What the declaration's types cannot say: unique part keys, and a basis for every value."""
    if document.slug in document.reserved_slugs:
        yield Problem("", "slug", "a page of the site has this name", "Choose another slug.", document.slug)
    for path, key in duplicate_parts(document):
        yield Problem("", f"{path}/{key}", "the key or value stands twice in this list", "Keep one of them.", key)
    for conflict in document.conflicts:
        if not is_declared(type(document), conflict.path):
            known = sorted(type(document).model_fields)
            remedy = nearest(conflict.path, known)
            yield Problem("", f"conflicts/{conflict.key}/path", "there is no such field", remedy, conflict.path)
    yield from basis_problems(document)


def _problem(model: type[Document], detail: ErrorDetails, data: Mapping[str, Any]) -> Problem:
    path = _named_path(detail["loc"], data)
    value = "" if detail["type"] == "missing" else shown(detail["input"])
    message = detail["msg"][0].lower() + detail["msg"][1:]
    remedy = REMEDIES.get(detail["type"], "See the schema of this kind.")
    if detail["type"] == "extra_forbidden":
        message, remedy = "this key is not known here", nearest(str(detail["loc"][-1]), _known_keys(model, detail))
    elif detail["type"] == "country":
        remedy = nearest(str(detail["input"]), COUNTRIES)
    elif detail["type"] in ("enum", "literal_error"):
        remedy = nearest(str(detail["input"]), _allowed(detail))
    elif path == "id":
        remedy = f"Take this new one: “{identifiers.mint()}”."
    return Problem("", path, message, remedy, value)


def _allowed(detail: ErrorDetails) -> list[str]:
    expected = str(detail.get("ctx", {}).get("expected", ""))
    return [word.strip(" '") for word in expected.replace(" or ", ", ").split(",") if word.strip(" '")]


def _known_keys(model: Any, detail: ErrorDetails) -> list[str]:
    """Field names of the innermost model the error's place leads to."""
    for step in detail["loc"][:-1]:
        if isinstance(step, str) and hasattr(model, "model_fields") and step in model.model_fields:
            model = inner_model(model.model_fields[step].annotation)[0] or model
    return list(model.model_fields)


def _named_path(location: tuple[int | str, ...], data: Any) -> str:
    """A pydantic location with list positions replaced by the parts' keys where they have one."""
    names = []
    for step in location:
        following = None
        if isinstance(step, int) and isinstance(data, list) and step < len(data):
            following = data[step]
            names.append(_plain_key(following, step))
        else:
            following = data.get(step) if isinstance(data, Mapping) else None
            names.append(str(step))
        data = following
    return "/".join(names)


def _plain_key(item: Any, position: int) -> str:
    if isinstance(item, Mapping):
        named = (item.get(name) for name in NAMING_FIELDS)
        return next((str(name) for name in named if isinstance(name, str)), str(position))
    return item if isinstance(item, str) and len(item) <= 100 else str(position)
