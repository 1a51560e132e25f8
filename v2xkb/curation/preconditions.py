"""What a program says its documents were made from: tags of the versions that it read, in If-Match."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from django.utils.http import parse_etags

from v2xkb.records.documents import Document
from v2xkb.records.models import Version
from v2xkb.records.problem_details import WrongParameters
from v2xkb.records.tagging import live_tags

ANY = "*"
AGAIN = "Read it again and make your change anew."


class Outdated(WrongParameters):
    """Somebody else changed a record after the program read it."""

    status_code = HTTPStatus.PRECONDITION_FAILED


def refuse_outdated(if_match: str, documents: Sequence[tuple[str, Document]]) -> None:
    """Raises Outdated unless each document of a record there is was made from its live version, whose tag is given.

    `*` asks only that there are such records. Without a header nothing is asked.
    """
    if not if_match.strip():
        return
    tags = parse_etags(if_match)
    live = live_tags([document.id for _, document in documents])
    left = Version.objects.newest_numbers([document.id for _, document in documents if document.id not in live])
    faults: dict[str, list[str]] = {}
    for place, document in documents:
        name = f"{document.kind}/{document.slug}"
        if document.id in live:
            record, tag = live[document.id]
            if tags != [ANY] and tag not in tags:
                faults[place] = [f"{name} is at version {record.version}, whose tag is not in If-Match. {AGAIN}"]
        elif document.id in left or tags == [ANY]:
            faults[place] = [not_live(name, document, left)]
    if faults:
        raise Outdated(faults)


def not_live(name: str, document: Document, left: Mapping[str, int]) -> str:
    if document.id in left:
        return f"{name} was withdrawn with version {left[document.id]}. Send it without If-Match to bring it back."
    return f"There is no {name} yet. Send a new record without If-Match: *."
