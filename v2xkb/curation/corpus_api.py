"""REST for programs that load exports into corpora: the file as it is, and what became of it, for its owner."""

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import APIException, NotFound, PermissionDenied, UnsupportedMediaType
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from v2xkb.curation import corpus_tasks, corpus_uploads
from v2xkb.curation.api import PROBLEMS, TokenAuthentication, faults
from v2xkb.curation.corpus_models import CorpusUpload
from v2xkb.curation.import_choices import UploadState
from v2xkb.curation.states import Refused
from v2xkb.literature.corpora.definitions import Definition
from v2xkb.literature.corpora_plain import FILE, plain_file
from v2xkb.records.folding import UNWRITABLE
from v2xkb.records.openapi import COUNT, TEXT, Operation, object_schema, or_none, rows_of, told
from v2xkb.records.paging import given_once
from v2xkb.records.problem_details import WrongParameters, refuse_unknown
from v2xkb.records.problems import InvalidDocuments, shown

TAG = "literature"
OCTETS = "application/octet-stream"
CORPUS, NAME, DAY = "corpus", "name", "searched_on"
# Parameter -> how long it may be, and what it says.
TEXTS = {
    CORPUS: (200, "The corpus, by its name or slug; one that is not there yet is made, unpublished."),
    NAME: (corpus_uploads.NAME_LENGTH, "The file's name, as it is shown beside its counts."),
    "query": (2000, "What was searched for, as typed."),
    "database": (100, "Where, such as Scopus."),
    "encoding": (40, "The file's encoding, if it is neither UTF-8 nor UTF-16, such as cp1252."),
}


class TooLarge(APIException):
    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    default_detail = corpus_uploads.TOO_LARGE


class CorpusUploadsView(APIView):
    """Takes an export for a corpus, which the worker then loads: all of it or nothing."""

    authentication_classes = [TokenAuthentication]

    def post(self, request: Request) -> Response:
        refuse_unknown(request.query_params, [*TEXTS, DAY])
        told, wanted = asked(request)
        try:
            # Before the file is read, so that whoever may not load it needs not send it whole.
            corpus_uploads.may_load(request.user, wanted)
            raw = read_file(request._request)
            held = corpus_uploads.upload(request.user, told[NAME] or "export", raw, wanted, told["encoding"])
            corpus_tasks.start(held)
        except InvalidDocuments as error:
            raise WrongParameters(faults(error.problems, {})) from error
        except Refused as error:
            raise PermissionDenied(str(error)) from error
        address = reverse("api:corpus-upload", args=[held.pk], request=request)
        return Response(plain_upload(held), status=HTTPStatus.ACCEPTED, headers={"Location": address})

    def operation(self) -> Operation:
        return Operation(
            name="create_corpus_upload",
            tag=TAG,
            summary="Load an export of a literature database into a corpus; the worker does it, all or nothing.",
            answer=UPLOAD,
            parameters=[
                *(
                    OpenApiParameter(
                        name, {**TEXT, "maxLength": most}, required=name == CORPUS, description=description
                    )
                    for name, (most, description) in TEXTS.items()
                ),
                OpenApiParameter(DAY, {**TEXT, "format": "date"}, description="When it was searched for."),
            ],
            problems={
                400: "A parameter is wrong or missing, or the corpus is of another search; or nothing was sent.",
                413: "The file is too large.",
                415: "The file was sent within a form.",
                **PROBLEMS,
            },
            body={**TEXT, "format": "binary"},
            body_type=OCTETS,
            status=HTTPStatus.ACCEPTED,
            needs_token=True,
        )


def asked(request: Request) -> tuple[Mapping[str, str], Definition]:
    """The texts that the parameters give, and the corpus they define; raises WrongParameters naming every fault."""
    wrong: dict[str, list[str]] = {}
    texts = {}
    for name, (most, _) in TEXTS.items():
        texts[name] = given_once(request, name).strip()
        if len(texts[name]) > most:
            wrong[name] = [f"It has {len(texts[name]):,} characters. Give at most {most:,}."]
        elif UNWRITABLE.search(texts[name]):
            wrong[name] = ["It holds a character that cannot be written. Leave it out."]
    if not texts[CORPUS]:
        wrong[CORPUS] = ["Name the corpus that the export is for."]
    written, searched_on = given_once(request, DAY).strip(), None
    try:
        searched_on = date.fromisoformat(written) if written else None
    except ValueError:
        wrong[DAY] = [f"“{shown(written)}” is no date. Write it as 2026-11-28."]
    if wrong:
        raise WrongParameters(wrong)
    return texts, Definition(texts[CORPUS], texts["query"], texts["database"], searched_on)


def read_file(request: HttpRequest) -> bytes:
    """The body, whatever type it says it has; raises what becomes 400, 413 or 415."""
    if (request.content_type or "").startswith("multipart/"):
        raise UnsupportedMediaType("", "Send the file itself as the body, as “curl --data-binary @export.csv” does.")
    raw = request.read(corpus_uploads.MAX_BYTES + 1)
    if len(raw) > corpus_uploads.MAX_BYTES:
        raise TooLarge
    if not raw:
        raise WrongParameters({"body": ["Nothing was sent. Send the file as the body."]})
    return raw


class CorpusUploadView(APIView):
    """What became of an export, for whoever gave it, here or in the admin."""

    authentication_classes = [TokenAuthentication]

    def get(self, request: Request, pk: int) -> Response:
        refuse_unknown(request.query_params, [])
        held = CorpusUpload.objects.of(request.user).numbered(pk)
        if held is None:
            raise NotFound(f"No export {pk} was given by this token's owner.")
        return Response(plain_upload(held))

    def operation(self) -> Operation:
        return Operation(
            name="get_corpus_upload",
            tag=TAG,
            summary="What became of an export that the token's owner gave.",
            answer=UPLOAD,
            parameters=[OpenApiParameter("pk", int, OpenApiParameter.PATH, description="Number of the upload.")],
            problems={
                400: "A parameter that doesn't exist.",
                404: "The token's owner gave no such export.",
                **PROBLEMS,
            },
            needs_token=True,
        )


def plain_upload(held: CorpusUpload) -> dict[str, Any]:
    file = held.file
    told = file.problems if file and not held.was_there else []
    return {
        "id": held.pk,
        "name": held.name,
        "corpus": held.corpus,
        "state": INTERRUPTED if held.is_interrupted else held.state,
        "file": plain_file(file) if file else None,
        "was_there": held.was_there,
        "faults": list(map(plain_problem, held.faults)),
        "refused": [plain_problem(problem) for problem in told if problem["is_refusal"]],
        "left_out": [plain_problem(problem) for problem in told if not problem["is_refusal"]],
    }


def plain_problem(problem: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(problem.get(name) or "") for name in PROBLEM["properties"]}


INTERRUPTED = "interrupted"
PROBLEM = object_schema(
    {
        "place": told(TEXT, "Where in the file."),
        "path": told(TEXT, "Which value."),
        "message": TEXT,
        "remedy": TEXT,
        "value": TEXT,
    }
)
UPLOAD = object_schema(
    {
        "id": COUNT,
        "name": TEXT,
        "corpus": told(TEXT, "As it was named."),
        "state": {
            **TEXT,
            "enum": [*UploadState.values, INTERRUPTED],
            "description": "failed: nothing was loaded, see faults; interrupted: nor then, give it once more.",
        },
        "file": or_none(FILE, "What was loaded; nothing before it is."),
        "was_there": told({"type": "boolean"}, "Whether the corpus had this very file, so that nothing changed."),
        "faults": rows_of(PROBLEM, "Why nothing was loaded."),
        "refused": rows_of(PROBLEM, "Rows that are no publication: the first of them."),
        "left_out": rows_of(PROBLEM, "Values that were left out of rows that were taken: the first of them."),
    }
)
