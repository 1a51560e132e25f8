"""REST for published corpora: bibliographic counts, never the abstracts they were made from."""

from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from v2xkb.literature.corpora.summarising import summary_of
from v2xkb.literature.corpus_models import Corpus, CorpusFile
from v2xkb.records.openapi import COUNT, TEXT, Operation, object_schema, or_none, rows_of
from v2xkb.records.problem_details import WRONG_PARAMETER, refuse_unknown
from v2xkb.records.problems import nearest
from v2xkb.records.tagging import TaggedView

TAG = "literature"
DAY = {**TEXT, "format": "date"}
SLUG = {**TEXT, "pattern": "^[-a-z0-9_]+$"}
FILE_COUNTS = ("read", "new", "merged", "refused")


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
        corpus = Corpus.objects.published().with_files().called(slug)
        if corpus is None:
            remedy = nearest(slug, Corpus.objects.published().slugs())
            raise NotFound(f"There is no corpus called “{slug}”. {remedy}")
        return Response(plain(corpus))

    def operation(self) -> Operation:
        return Operation(
            name="get_corpus",
            tag=TAG,
            summary="One search of a literature database, and its publications counted.",
            answer=CORPUS,
            parameters=[OpenApiParameter("slug", SLUG, OpenApiParameter.PATH, description="The corpus.")],
            examples=["corpora/vehicle-to-grid/"],
            problems={400: WRONG_PARAMETER, 404: "There is no such corpus."},
        )


def plain(corpus: Corpus) -> dict[str, Any]:
    summary = asdict(summary_of(corpus))
    return {
        "slug": corpus.slug,
        "name": corpus.name,
        "query": corpus.query,
        "database": corpus.database,
        "searched_on": corpus.searched_on.isoformat() if corpus.searched_on else None,
        "note": corpus.note,
        "files": [plain_file(file) for file in corpus.files.all()],
        **{name: summary[name] for name in COUNTS},
        **{name: [{"value": value, "publications": count} for value, count in summary[name]] for name in TABLES},
    }


def plain_file(file: CorpusFile) -> dict[str, Any]:
    counts = {name: getattr(file, name) for name in FILE_COUNTS}
    return {"name": file.name, "format": file.format, "sha256": file.sha256, "bytes": file.size, **counts}


def pairs(value: dict[str, Any], description: str) -> dict[str, Any]:
    return rows_of(object_schema({"value": value, "publications": COUNT}), description)


COUNTS = {
    "publications": {**COUNT, "description": "How many publications the corpus has, each once."},
    "without_year": COUNT,
    "with_author_keywords": COUNT,
    "with_index_keywords": COUNT,
}
TABLES = {
    "years": pairs(COUNT, "Publications by year."),
    "types": pairs(TEXT, "Publications by type; empty where none is told."),
    "author_keywords": pairs(TEXT, "The keywords of authors that most publications have, at most 50, case folded."),
    "index_keywords": pairs(TEXT, "The same of the keywords that databases give."),
}
FILE = object_schema(
    {
        "name": TEXT,
        "format": TEXT,
        "sha256": TEXT,
        "bytes": COUNT,
        **dict.fromkeys(FILE_COUNTS, COUNT),
    }
)
CORPUS = object_schema(
    {
        "slug": TEXT,
        "name": TEXT,
        "query": {**TEXT, "description": "What was searched for, as typed."},
        "database": TEXT,
        "searched_on": or_none(DAY, "When; nothing where that is not known."),
        "note": TEXT,
        "files": rows_of(FILE, "The exports it was loaded from: read is new, merged and refused together."),
        **COUNTS,
        **TABLES,
    }
)
