"""Coding how one publication uses the terms: what was answered, what is missing, and the draft it makes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.http import QueryDict

from v2xkb.curation.choices import Signature
from v2xkb.curation.coding_querysets import KIND, accounts_before, drafts_of, gathering
from v2xkb.curation.models import Proposal, ProposedDocument
from v2xkb.curation.people import signature
from v2xkb.curation.proposals import Draft, keep, propose
from v2xkb.literature.choices import TextSeen
from v2xkb.records import identifiers
from v2xkb.records.apply import lock_writers
from v2xkb.records.models import Record, Redirect
from v2xkb.records.problems import shown
from v2xkb.taxonomy.documents import same_name
from v2xkb.taxonomy.usage_suggestions import SENSES, Suggestion, suggestions

REASON = "How publications use the terms: readings of single publications"
LONGEST_SLUG, LONGEST_REASON = 100, 5000


@dataclass(frozen=True)
class Answers:
    """What a reader says of a publication: term -> sense, how much was read, and why."""

    senses: Mapping[str, str] = field(default_factory=dict)
    text_seen: str = ""
    reason: str = ""

    @classmethod
    def of(cls, sent: QueryDict) -> "Answers":
        senses = {term: sent.get(f"sense-{term}", "") for term in SENSES}
        reason = " ".join(sent.get("reason", "").split())
        return cls({term: sense for term, sense in senses.items() if sense}, sent.get("text_seen", ""), reason)

    def faults(self) -> dict[str, str]:
        """Field -> what is missing or wrong, and what to do."""
        found = {}
        for term, offered in SENSES.items():
            sense = self.senses.get(term, "")
            if sense not in offered:
                what = f"“{shown(sense)}” is no sense of {term.upper()}" if sense else f"{term.upper()} has no answer"
                found[f"sense-{term}"] = f"{what}. Choose one; “unclear” where the text cannot tell."
        if self.text_seen not in TextSeen.values:
            found["text_seen"] = "Say how much of the publication you read."
        if not self.reason:
            found["reason"] = "Say in a sentence what the codings rest on."
        elif len(self.reason) > LONGEST_REASON or "\x00" in self.reason:
            found["reason"] = f"Write at most {LONGEST_REASON:,} characters, none of them NUL."
        return found


def coder_name(user: Any) -> str:
    """How codings name who made them; of several people of one name, all but the first by their user names, too."""
    name = signature(user, Signature.NAME)
    taken = {same_name(signature(one, Signature.NAME)) for one in accounts_before(user)}
    return f"{name} ({user.get_username()})" if same_name(name) in taken else name


def hints(publication: Record) -> dict[str, Suggestion]:
    """What rules suggest from what is stored of a publication's own words."""
    told = publication.data
    texts = [("title", told["title"]), ("keywords", "; ".join(told.get("author_keywords", ())))]
    return suggestions([*texts, ("abstract", told.get("abstract", ""))])


def data_of(publication: Record, coder: str, answers: Answers, slug: str) -> dict[str, Any]:
    """The document's data, each value with its basis."""
    slug_read = publication.slug

    def classified(reason: str) -> list[dict[str, Any]]:
        return [{"kind": "classified", "references": [slug_read], "reason": reason}]

    return {
        "kind": KIND,
        "id": identifiers.mint(),
        "slug": slug,
        "reference": slug_read,
        "coder": coder,
        "text_seen": answers.text_seen,
        "codings": [{"term": term, "sense": answers.senses[term]} for term in SENSES],
        "basis": {
            "reference": classified("The publication that was read."),
            "coder": [{"kind": "classified", "reason": "Who read and coded it."}],
            "text_seen": classified("As the reader says."),
            "codings": classified(answers.reason),
        },
    }


def taken_slugs() -> set[str]:
    """Of codings, live, formerly or in a proposal."""
    proposed = ProposedDocument.objects.new_in_open_proposals(KIND).values_list("slug", flat=True)
    return {*Record.objects.slugs_of(KIND), *Redirect.objects.slugs_of(KIND), *proposed}


def free_slug(publication: str, taken: Collection[str]) -> str:
    """That of the publication, with a number where it is taken; it names no person."""
    slug, number = publication, 2
    while slug in taken:
        slug, number = f"{publication[: LONGEST_SLUG - 6].rstrip('-')}-{number}", number + 1
    return slug


@transaction.atomic
def save(user: Any, publication: Record, answers: Answers) -> tuple[Proposal, bool]:
    """Gathers the coding in the person's own draft; the same sent twice is kept once.

    The proposal, and whether anything is new in it. Raises Refused where this person may not propose.
    """
    lock_writers()
    if held := drafts_of(user).get(publication.slug):
        return held.proposal, False
    coder = coder_name(user)
    data = data_of(publication, coder, answers, free_slug(publication.slug, taken_slugs()))
    drafts = [Draft(KIND, data["id"], data)]
    proposal = gathering(user, REASON)
    return (keep(proposal.pk, drafts, user) if proposal else propose(user, REASON, drafts)), True
