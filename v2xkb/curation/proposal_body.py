"""The body with which a program proposes, read strictly, and how both it and the reply are described."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from rest_framework.exceptions import APIException, UnsupportedMediaType

from v2xkb.curation.choices import Action, Signature, State
from v2xkb.records.canonical import MAX_BYTES, UnreadableDocument, read_object
from v2xkb.records.openapi import COUNT, TEXT, object_schema
from v2xkb.records.problem_details import WrongParameters
from v2xkb.records.problems import nearest, shown

KEYS = ("reason", "documents", "signed")
MOST_DOCUMENTS = 500
LONGEST_REASON = 5000

BODY_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["reason", "documents"],
    "additionalProperties": False,
    "properties": {
        "reason": {
            **TEXT,
            "minLength": 1,
            "maxLength": LONGEST_REASON,
            "description": "Why the records should change; stands in their public history.",
        },
        "documents": {
            "type": "array",
            "minItems": 1,
            "maxItems": MOST_DOCUMENTS,
            "description": "Whole documents as their addresses give them, changed; or new ones, with ids of their own.",
            "items": {"type": "object", "required": ["kind", "id", "slug"]},
        },
        "signed": {
            **TEXT,
            "enum": list(Signature.values),
            "default": Signature.NAME.value,
            "description": "How the public history names the token's owner.",
        },
    },
}
RECORD = {"kind": TEXT, "id": TEXT, "slug": TEXT}
EVENT = {
    "at": {**TEXT, "format": "date-time"},
    "action": {**TEXT, "enum": list(Action.values)},
    "id": {**TEXT, "description": "Permanent id of the record that it is about; empty where it is about all."},
    "path": TEXT,
    "note": TEXT,
}
PROPOSAL_SCHEMA: dict[str, Any] = object_schema(
    {
        "id": COUNT,
        "state": {**TEXT, "enum": list(State.values)},
        "label": {**TEXT, "description": "The state in words."},
        "reason": TEXT,
        "signed": {**TEXT, "enum": list(Signature.values)},
        "revision": {"type": ["integer", "null"], "description": "With which it became live."},
        "records": {"type": "array", "items": object_schema(RECORD)},
        "events": {
            "type": "array",
            "description": "What was done with it, in order; by whom is not told.",
            "items": object_schema(EVENT),
        },
    }
)


class TooLarge(APIException):
    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    default_detail = f"The body has more than {MAX_BYTES:,} bytes. Send several proposals."


@dataclass(frozen=True)
class Body:
    """What a program sent; `places` say where in the body each document stands."""

    reason: str
    documents: Sequence[Mapping[str, Any]]
    signed: str

    @property
    def places(self) -> list[str]:
        return [f"documents/{number}" for number in range(len(self.documents))]


def read_body(request: HttpRequest) -> Body:
    """Raises what becomes 400, 413 or 415, and names every fault."""
    if request.content_type != "application/json":
        raise UnsupportedMediaType(request.content_type or "", "Send JSON, with “Content-Type: application/json”.")
    raw = request.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise TooLarge
    try:
        data = read_object(raw)
    except UnreadableDocument as error:
        problem = error.problem
        value = f" ({problem.value})" if problem.value else ""
        raise WrongParameters({"body": [f"{problem.message}{value}. {problem.remedy}"]}) from error
    faults: dict[str, list[str]] = {}
    for key in data:
        if key not in KEYS:
            faults[key[:100]] = [f"There is no such key. {nearest(key, KEYS)}"]
    reason, documents, signed = data.get("reason"), data.get("documents"), data.get("signed", Signature.NAME)
    if not isinstance(reason, str) or not reason.strip() or len(reason) > LONGEST_REASON:
        faults["reason"] = [f"Say why the records should change, as a text of at most {LONGEST_REASON:,} characters."]
    if not isinstance(documents, list) or not 1 <= len(documents) <= MOST_DOCUMENTS:
        faults["documents"] = [f"Give a list of 1 to {MOST_DOCUMENTS} documents."]
    else:
        for number, document in enumerate(documents):
            if not isinstance(document, dict):
                faults[f"documents/{number}"] = [f"A document is a JSON object, and this is {shown(document)}."]
    if signed not in Signature.values:
        faults["signed"] = [f"“{shown(signed)}” is no way to sign. {nearest(str(signed), Signature.values)}"]
    if faults:
        raise WrongParameters(faults)
    return Body(str(reason), list(documents or []), str(signed))
