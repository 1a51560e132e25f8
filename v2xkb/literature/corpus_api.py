"""REST for published corpora: bibliographic facts and counts, never the abstracts they were made from."""

from typing import Any, cast

from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import NotFound, PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from v2xkb.literature.corpora_plain import CORPUS, plain
from v2xkb.literature.corpus_models import Corpus
from v2xkb.literature.publication_filtersets import PublicationFilterSet
from v2xkb.literature.publications_plain import PUBLICATION, Withheld, listed_of, plain_publication
from v2xkb.records.beside import COUNTED, FACETS, names_given, parameter, plain_facet
from v2xkb.records.openapi import COUNT, TEXT, Operation, described, object_schema, rows_of
from v2xkb.records.paging import (
    CURSOR,
    PAGE,
    PAGE_SIZE,
    KeysetPages,
    Pages,
    cursor_parameter,
    page_parameters,
    page_schema,
)
from v2xkb.records.problem_details import WRONG_PARAMETER, WrongParameters, refuse_unknown
from v2xkb.records.problems import nearest, shown
from v2xkb.records.tagging import TaggedView

TAG = "literature"
SLUG = {**TEXT, "pattern": "^[-a-z0-9_]+$"}
NAMED = OpenApiParameter("slug", SLUG, OpenApiParameter.PATH, description="The corpus.")
NO_SUCH = "There is no such corpus."


def published(slug: str) -> Corpus:
    """Raises NotFound."""
    corpus = Corpus.objects.published().with_files().called(slug)
    if corpus is None:
        raise NotFound(f"There is no corpus called “{slug}”. {nearest(slug, Corpus.objects.published().slugs())}")
    return corpus


class CorporaView(TaggedView):
    """All published corpora."""

    def get(self, request: Request) -> Response:
        refuse_unknown(request.query_params, [])
        corpora = Corpus.objects.published().with_files()
        return Response({"count": len(corpora), "results": [plain(corpus) for corpus in corpora]})

    def operation(self) -> Operation:
        return Operation(
            name="list_corpora",
            tag=TAG,
            summary="What searches of literature databases found, as far as published.",
            answer=object_schema({"count": COUNT, "results": rows_of(CORPUS)}),
            examples=["corpora/"],
            problems={400: WRONG_PARAMETER},
        )


class CorpusView(TaggedView):
    """One published corpus."""

    def get(self, request: Request, slug: str) -> Response:
        refuse_unknown(request.query_params, [])
        return Response(plain(published(slug)))

    def operation(self) -> Operation:
        return Operation(
            name="get_corpus",
            tag=TAG,
            summary="One search of a literature database, and its publications counted.",
            answer=CORPUS,
            parameters=[NAMED],
            examples=["corpora/vehicle-to-grid/"],
            problems={400: WRONG_PARAMETER, 404: NO_SUCH},
        )


class PublicationsView(TaggedView):
    """The publications of one corpus, where they may be passed on."""

    pagination_class = Pages

    def get(self, request: Request, slug: str) -> Response:
        corpus = published(slug)
        try:
            filters = PublicationFilterSet(request.query_params, listed_of(corpus))
        except Withheld as error:
            raise PermissionDenied(str(error)) from error
        facets = [facet.name for facet in filters.facet_filters]
        refuse_unknown(request.query_params, [*filters.filters, PAGE, PAGE_SIZE, CURSOR, FACETS])
        counted = names_given(request.query_params, FACETS)
        faults = cast(dict[str, list[str]], dict(filters.errors))
        if wrong := [name for name in counted if name not in facets]:
            faults[FACETS] = [f"“{shown(one)}” cannot be asked for here. {nearest(one, facets)}" for one in wrong]
        if faults:
            raise WrongParameters(faults)
        is_keyset = CURSOR in request.query_params
        pages = KeysetPages(filters.order.value, lambda: filters.total) if is_keyset else Pages()
        found = pages.paginate_queryset(filters.qs, request, self)
        told: dict[str, Any] = {"facets": [plain_facet(one) for one in filters.facets(counted)]} if counted else {}
        return pages.get_paginated_response([plain_publication(one) for one in found], **told)

    def operation(self) -> Operation:
        facets = [facet.name for facet in PublicationFilterSet().facet_filters]
        return Operation(
            name="list_publications",
            tag=TAG,
            summary="The publications of a corpus that meet every parameter, where they may be passed on.",
            answer=page_schema(PUBLICATION, facets=COUNTED),
            parameters=[
                NAMED,
                *map(described, PublicationFilterSet.parameters()),
                parameter(FACETS, facets, "Also count these facets' options over the whole list."),
                *page_parameters(),
                cursor_parameter(),
            ],
            examples=["corpora/vehicle-to-grid/publications/?q=grid&year=2020.."],
            problems={
                400: WRONG_PARAMETER,
                403: "Nobody has established that the terms of its database allow lists of its publications.",
                404: "There is no such corpus, or no such page.",
            },
        )
