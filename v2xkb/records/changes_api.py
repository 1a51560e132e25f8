"""REST for whoever keeps a copy: every change after a revision, with tombstones for what left."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from v2xkb.records.exports import TOTAL
from v2xkb.records.identifiers import is_valid
from v2xkb.records.models import Redirect, Revision, Version
from v2xkb.records.openapi import COUNT, TEXT, Operation, object_schema
from v2xkb.records.paging import PAGE_SIZE, Pages, given_once, page_parameters, whole_number
from v2xkb.records.problem_details import WRONG_PARAMETER, WrongParameters, refuse_unknown
from v2xkb.records.problems import shown
from v2xkb.records.tagging import TaggedView

SINCE, AFTER = "since", "after"
LAST_REVISION = 2**31 - 1
CHANGES = ("created", "changed", "withdrawn", "merged")


class ChangesView(TaggedView):
    """Revisions are numbered in the order in which they became visible, so that nothing ever turns up behind one."""

    def state(self) -> list[object]:
        # Read before the changes: what comes in between is told again to whoever goes on from here.
        self.revision = Revision.objects.current()
        return [self.revision]

    def get(self, request: Request) -> Response:
        refuse_unknown(request.query_params, [SINCE, AFTER, PAGE_SIZE])
        since = whole_number(request, SINCE, LAST_REVISION, least=0) or 0
        size = whole_number(request, PAGE_SIZE, Pages.max_page_size) or Pages.page_size
        if since > self.revision:
            raise WrongParameters({SINCE: [f"There is no revision {since} yet: the latest is {self.revision}."]})
        after = given_once(request, AFTER)
        if AFTER in request.query_params and not is_valid(after):
            raise WrongParameters({AFTER: [f"“{shown(after)}” is no permanent id. Follow “next”, or leave it out."]})
        rows = Version.objects.since(since, after)
        total, found = rows.count(), list(rows[: size + 1])
        content = {
            "count": total,
            "revision": self.revision,
            "next": following(request, found[size - 1]) if len(found) > size else None,
            "results": plain_changes(found[:size]),
        }
        return Response(content, headers={TOTAL: str(total)})

    def operation(self) -> Operation:
        size = [parameter for parameter in page_parameters() if parameter.name == PAGE_SIZE]
        return Operation(
            name="list_changes",
            tag="changes",
            summary="Every change of a record after a revision, by revision, then by permanent id.",
            answer=object_schema(FEED),
            parameters=[
                OpenApiParameter(
                    SINCE,
                    {"type": "integer", "minimum": 0, "maximum": LAST_REVISION, "default": 0},
                    description="The revision that is known already; 0 for everything that ever was.",
                ),
                OpenApiParameter(AFTER, str, description="Go on in the next revision's place: see next."),
                *size,
            ],
            examples=["changes/?since=0&page_size=2"],
            problems={400: WRONG_PARAMETER},
        )


def following(request: Request, last: Version) -> str:
    """Behind the last change of a page, which may stand in the middle of a revision."""
    address = replace_query_param(request.build_absolute_uri(), SINCE, last.revision_id)
    return replace_query_param(address, AFTER, last.pid)


def plain_changes(versions: list[Version]) -> list[dict[str, Any]]:
    left = Redirect.objects.answering_for([version.pid for version in versions if not version.document])
    return [plain_change(version, left.get(version.pid) or None) for version in versions]


def plain_change(version: Version, target: str | None) -> dict[str, Any]:
    created, changed, withdrawn, merged = CHANGES
    if version.document:
        change, target = created if version.number == 1 else changed, None
    else:
        change = merged if target else withdrawn
    return {
        "revision": version.revision_id,
        "at": version.revision.at.isoformat(),
        "change": change,
        "kind": version.kind,
        "id": version.pid,
        "slug": version.slug,
        "version": version.number,
        "document": version.data or None,
        "merged_into": target,
    }


CHANGE = object_schema(
    {
        "revision": COUNT,
        "at": {**TEXT, "format": "date-time"},
        "change": {**TEXT, "enum": list(CHANGES)},
        "kind": TEXT,
        "id": {**TEXT, "description": "Permanent id: documents of one id follow each other, whatever they are called."},
        "slug": TEXT,
        "version": COUNT,
        "document": {"type": ["object", "null"], "description": "The whole document; nothing where the record left."},
        "merged_into": {
            "type": ["string", "null"],
            "description": "Permanent id of the record that answers by now in the place of one that was merged.",
        },
    }
)
FEED = {
    "count": {**COUNT, "description": "How many changes there are from here on, those of this page among them."},
    "revision": {**COUNT, "description": "Where all pages together lead to: ask with it as since the next time."},
    "next": {"type": ["string", "null"], "format": "uri", "description": "The changes that follow, if any."},
    "results": {"type": "array", "items": CHANGE},
}
