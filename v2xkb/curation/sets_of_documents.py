"""Documents that a program or a command brings: read strictly, every fault by its place, handed in as one proposal."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from v2xkb.curation.choices import Action, Signature, Way
from v2xkb.curation.models import Proposal
from v2xkb.curation.proposals import Draft, act, propose
from v2xkb.records.canonical import to_text
from v2xkb.records.documents import Document
from v2xkb.records.problems import InvalidDocuments
from v2xkb.records.reading import validated


def read_documents(plain: Sequence[tuple[str, Mapping[str, Any]]]) -> list[Document]:
    """The documents of (place, plain data); raises InvalidDocuments with every fault of every one."""
    documents, problems = [], []
    for place, data in plain:
        try:
            documents.append(validated(data, place))
        except InvalidDocuments as error:
            problems += error.problems
    if problems:
        raise InvalidDocuments(problems)
    return documents


@transaction.atomic
def hand_in(
    author: Any, reason: str, documents: Sequence[Document], way: Way, signed: str = Signature.NAME
) -> Proposal:
    """One proposal that waits for review; raises Refused, InvalidDocuments, and then there is none."""
    drafts = [Draft.of_text(to_text(document)) for document in documents]
    proposal = propose(author, reason, drafts, way=way, signed=signed)
    return act(proposal.pk, Action.SUBMIT, author)
