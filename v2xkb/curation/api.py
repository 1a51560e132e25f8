"""REST for programs that contribute: a token proposes and asks what became of it; nothing else."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated, NotFound, PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from v2xkb.curation.choices import Signature, State, Way
from v2xkb.curation.import_models import ApiToken, SentProposal
from v2xkb.curation.models import Event, Proposal, ProposedDocument
from v2xkb.curation.preconditions import refuse_outdated
from v2xkb.curation.proposal_body import BODY_SCHEMA, PROPOSAL_SCHEMA, Body, read_body
from v2xkb.curation.sets_of_documents import hand_in, read_documents
from v2xkb.curation.states import Refused
from v2xkb.curation.tokens import bearer
from v2xkb.records.openapi import Operation
from v2xkb.records.problem_details import WrongParameters, refuse_unknown
from v2xkb.records.problems import InvalidDocuments, Problem

NEEDS_TOKEN = "Send a token: “Authorization: Bearer …”. You make one at /admin/curation/tokens/."  # noqa: S105
PROBLEMS = {
    401: "No token, or one that does not hold.",
    403: "The token's owner may not do this.",
}


class TokenAuthentication(BaseAuthentication):
    """A token in the header and nothing else: no cookie gives anybody a right here."""

    def authenticate(self, request: Request) -> tuple[Any, ApiToken]:
        words = get_authorization_header(request).split()
        if len(words) != 2 or words[0].lower() != b"bearer":
            raise NotAuthenticated(NEEDS_TOKEN)
        token = bearer(words[1].decode("latin-1"))
        if token is None:
            raise AuthenticationFailed("This token does not exist, has expired or was revoked. " + NEEDS_TOKEN)
        return token.by, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class ProposalsView(APIView):
    """Takes documents and a reason, and makes one proposal of them that waits for review."""

    authentication_classes = [TokenAuthentication]

    def post(self, request: Request) -> Response:
        refuse_unknown(request.query_params, [])
        token: Any = request.auth
        body = read_body(request._request)
        refuse_outdated(request.headers.get("If-Match", ""), body_documents(body))
        proposal = self._hand_in(token, body)
        SentProposal.objects.create(proposal=proposal, token=token)
        address = reverse("api:proposal", args=[proposal.pk], request=request)
        return Response(as_plain(proposal), status=201, headers={"Location": address})

    def _hand_in(self, token: ApiToken, body: Body) -> Proposal:
        names = {f"{document.kind}/{document.slug}": place for place, document in body_documents(body)}
        try:
            return hand_in(token.by, body.reason, [one for _, one in body_documents(body)], Way.SCRIPT, body.signed)
        except InvalidDocuments as error:
            raise WrongParameters(faults(error.problems, names)) from error
        except Refused as error:
            raise PermissionDenied(str(error)) from error

    def operation(self) -> Operation:
        return Operation(
            name="create_proposal",
            tag="proposals",
            summary="Propose documents: they become live once somebody else has approved them.",
            answer=PROPOSAL_SCHEMA,
            parameters=[
                OpenApiParameter(
                    "If-Match",
                    str,
                    OpenApiParameter.HEADER,
                    description="Tags (ETag) of the documents that the ones sent were made from, as their addresses "
                    "gave them; * asks only that the records exist. Without it nothing is asked.",
                )
            ],
            problems={
                400: "Something in the body is wrong; every fault is named by its place.",
                412: "A record has changed since its document was read; each is named by its place.",
                413: "The body is too large.",
                415: "The body is no JSON.",
                **PROBLEMS,
            },
            body=BODY_SCHEMA,
            status=201,
            needs_token=True,
        )


def body_documents(body: Body) -> list[tuple[str, Any]]:
    """(place, document); raises WrongParameters naming every fault."""
    try:
        return list(zip(body.places, read_documents(list(zip(body.places, body.documents, strict=True))), strict=True))
    except InvalidDocuments as error:
        raise WrongParameters(faults(error.problems, {})) from error


def faults(problems: list[Problem], names: dict[str, str]) -> dict[str, list[str]]:
    """Place in the body -> what is wrong there."""
    found: dict[str, list[str]] = {}
    for problem in problems:
        place = "/".join(part for part in (names.get(problem.place, problem.place), problem.path) if part)
        value = f" (value: {problem.value})" if problem.value else ""
        found.setdefault(place, []).append(
            f"{problem.message[:1].upper()}{problem.message[1:]}{value}. {problem.remedy}"
        )
    return found


class ProposalView(APIView):
    """What became of a proposal, for the token it was sent with."""

    authentication_classes = [TokenAuthentication]

    def get(self, request: Request, pk: int) -> Response:
        refuse_unknown(request.query_params, [])
        token: Any = request.auth
        sent = SentProposal.objects.sent_with(token, pk)
        if sent is None:
            raise NotFound(f"No proposal {pk} was sent with this token.")
        return Response(as_plain(sent.proposal))

    def operation(self) -> Operation:
        return Operation(
            name="get_proposal",
            tag="proposals",
            summary="What became of a proposal that was sent with this token.",
            answer=PROPOSAL_SCHEMA,
            parameters=[OpenApiParameter("pk", int, OpenApiParameter.PATH, description="Number of the proposal.")],
            problems={
                400: "A parameter that doesn't exist.",
                404: "It was not sent with this token.",
                **PROBLEMS,
            },
            needs_token=True,
        )


def as_plain(proposal: Proposal) -> dict[str, Any]:
    """What its sender is told: where it stands, what was done with it and why, and not by whom."""
    return {
        "id": proposal.pk,
        "state": proposal.state,
        "label": str(State(proposal.state).label),
        "reason": proposal.reason,
        "signed": str(Signature(proposal.signed)),
        "revision": proposal.revision_id,
        "records": [
            {"kind": one.kind, "id": one.pid, "slug": one.slug}
            for one in ProposedDocument.objects.without_texts(proposal)
        ],
        "events": [
            {
                "at": event.at.isoformat(),
                "action": event.action,
                "id": event.pid,
                "path": event.path,
                "note": event.note,
            }
            for event in Event.objects.for_history(proposal)
        ],
    }
