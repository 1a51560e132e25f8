"""REST for the history of any record: its versions, and the exact document of each."""

from typing import Any, ClassVar

from django.http import HttpResponse, HttpResponsePermanentRedirect
from drf_spectacular.utils import OpenApiExample, OpenApiParameter
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from v2xkb.records import registry
from v2xkb.records.lineages import Lineage, lineage_called
from v2xkb.records.models import Record, Version
from v2xkb.records.openapi import COUNT, TEXT, Operation, object_schema, shared
from v2xkb.records.paging import PAGE, PAGE_SIZE, Pages, page_parameters, page_schema
from v2xkb.records.problem_details import WRONG_PARAMETER, Gone, refuse_unknown
from v2xkb.records.problems import nearest
from v2xkb.records.tagging import TaggedView, pairs_of, record_tag

NUMBER = OpenApiParameter(
    "number",
    {"type": "integer", "minimum": 1, "maximum": 10**9 - 1},
    OpenApiParameter.PATH,
    description="Number of the version.",
)
VERSION = shared(
    "Version",
    object_schema(
        {
            "number": COUNT,
            "revision": {**COUNT, "description": "The revision of all data that it came with."},
            "at": {**TEXT, "format": "date-time"},
            "by": {**TEXT, "description": "As the public history names them."},
            "reason": TEXT,
            "slug": {**TEXT, "description": "What the record was called in addresses."},
            "withdrawn": {"type": "boolean", "description": "Whether the record was withdrawn or merged with it."},
            "url": {"type": ["string", "null"], "format": "uri", "description": "The document, unless withdrawn."},
        }
    ),
)


def led_on(request: Request, address: str) -> HttpResponsePermanentRedirect:
    """To where a record is now, asked the same."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)


class HistoryActions(TaggedView):
    """What stands below the address of a record; it stays where it was when the record leaves."""

    kind: ClassVar[str]
    # The slug of a record to show as an example.
    example: ClassVar[str]

    @action(detail=True, url_path="versions", url_name="versions")
    def versions(self, request: Request, name: str) -> Response | HttpResponse:
        refuse_unknown(request.query_params, [PAGE, PAGE_SIZE])
        lineage = self.lineage(name)
        if name not in (lineage.name, lineage.pid):
            return self.moved(request, "versions", lineage.name)
        pages = Pages()
        rows = pages.paginate_queryset(Version.objects.of(lineage.pid), request, self)
        return pages.get_paginated_response([self.version_row(request, lineage, row) for row in rows])

    @action(detail=True, url_path=r"versions/(?P<number>[0-9]{1,9})", url_name="version")
    def version(self, request: Request, name: str, number: str) -> Response | HttpResponse:
        refuse_unknown(request.query_params, [])
        lineage = self.lineage(name)
        if name not in (lineage.name, lineage.pid):
            return self.moved(request, "version", lineage.name, number)
        version = Version.objects.numbered(lineage.pid, int(number))
        if version is None:
            raise NotFound(f"“{name}” has no version {int(number)}: the latest is {lineage.newest.number}.")
        if not version.document:
            raise Gone(f"With version {version.number} “{name}” was withdrawn: it has no document.")
        self.tag = record_tag(version.pid, version.number, pairs_of(request), request.accepted_renderer.media_type)
        return Response(version.document)

    def lineage(self, name: str) -> Lineage:
        kind = registry.kind(self.kind)
        lineage = lineage_called(kind, name)
        if lineage is None:
            remedy = nearest(name, Record.objects.slugs_of(kind.name))
            raise NotFound(f"There was never a {kind.name.replace('-', ' ')} called “{name}”. {remedy}")
        return lineage

    def moved(self, request: Request, what: str, *names: str) -> HttpResponsePermanentRedirect:
        return led_on(request, reverse(f"api:{self.kind}-{what}", args=names, request=request))

    def version_row(self, request: Request, lineage: Lineage, version: Version) -> dict[str, Any]:
        address = reverse(f"api:{self.kind}-version", args=[lineage.name, version.number], request=request)
        return {
            "number": version.number,
            "revision": version.revision_id,
            "at": version.revision.at.isoformat(),
            "by": version.revision.by,
            "reason": version.revision.reason,
            "slug": version.slug,
            "withdrawn": not version.document,
            "url": address if version.document else None,
        }

    @property
    def named(self) -> OpenApiParameter:
        example = OpenApiExample(self.example, value=self.example)
        text = "Slug or permanent id."
        return OpenApiParameter("name", str, OpenApiParameter.PATH, description=text, examples=[example])

    def operation_of_history(self, *, whole: bool) -> Operation:
        """Of the list of versions where it is about the `whole` history, else of one version."""
        kind = registry.kind(self.kind)
        spoken = kind.name.replace("-", " ")
        if whole:
            return Operation(
                name=f"list_versions_of_{kind.name.replace('-', '_')}",
                tag=kind.plural,
                summary=f"The versions of one {spoken}, the newest first, withdrawn or not.",
                answer=page_schema(VERSION),
                parameters=[self.named, *page_parameters()],
                examples=[f"{kind.folder}/{self.example}/versions/"],
                problems={400: WRONG_PARAMETER, 404: "It never existed, or there is no such page."},
            )
        return Operation(
            name=f"get_version_of_{kind.name.replace('-', '_')}",
            tag=kind.plural,
            summary=f"The document of one {spoken} as it stood in a version, to the byte.",
            # As it was then declared: it need not be what documents are now.
            answer={"type": "object"},
            parameters=[self.named, NUMBER],
            examples=[f"{kind.folder}/{self.example}/versions/1/"],
            problems={400: WRONG_PARAMETER, 404: "There is no such version.", 410: "With it the record was withdrawn."},
        )
