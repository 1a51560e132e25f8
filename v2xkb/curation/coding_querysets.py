"""Which publications wait to be coded by a reader."""

from typing import Any

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from v2xkb.curation.choices import State
from v2xkb.curation.models import Proposal, ProposedDocument
from v2xkb.literature.models import IndexTerm, Reference
from v2xkb.taxonomy.documents import same_name
from v2xkb.taxonomy.models import TermUsage

KIND = "term-usage"


def publications() -> QuerySet[Reference]:
    """The literature proper, which has index terms, and whatever else was coded; not the sources of single projects."""
    indexed = Exists(IndexTerm.objects.filter(reference=OuterRef("pk"), by_authors=False))
    return Reference.objects.filter(indexed | Exists(coded())).order_by("sort_key", "pid")


def coded() -> QuerySet[TermUsage]:
    return TermUsage.objects.filter(reference=OuterRef("pk")).order_by()


def coded_by(coder: str) -> Exists:
    return Exists(coded().filter(reading=Concat(OuterRef("slug"), Value(f" {same_name(coder)}"))))


def accounts_before(user: Any) -> QuerySet[User]:
    """Accounts that were made earlier."""
    return User.objects.filter(pk__lt=user.pk)


def slugs_of_readings() -> dict[str, str]:
    """Publication and coder of every live coding, as the documents join them -> its name."""
    return {str(reading): slug for reading, slug in TermUsage.objects.values_list("reading", "slug")}


def is_coded_by(publication: str, coder: str) -> bool:
    """Whether a live coding of it is this reader's."""
    return TermUsage.objects.filter(reading=f"{publication} {same_name(coder)}").exists()


def read_by_nobody(drafted: set[str]) -> QuerySet[Reference]:
    """Not coded yet; `drafted` are slugs of those that this reader has drafts of."""
    return publications().filter(~Exists(coded())).exclude(slug__in=drafted)


def read_by_others(coder: str, drafted: set[str]) -> QuerySet[Reference]:
    """Coded, but not by this reader."""
    return publications().filter(Exists(coded()) & ~coded_by(coder)).exclude(slug__in=drafted)


def behind(found: QuerySet[Reference], slug: str) -> Reference | None:
    """The next of them behind one of this name, from the beginning again at the end; the first without a name."""
    here = Reference.objects.filter(slug=slug).values_list("sort_key", "pid").first()
    if here is None:
        return found.first()
    key, pid = here
    later = Q(sort_key__gt=key) | Q(sort_key=key, pid__gt=pid)
    return found.filter(later).first() or found.exclude(slug=slug).first()


def drafts_of(user: Any) -> dict[str, ProposedDocument]:
    """Publication -> this person's own coding of it in a proposal that is still open."""
    mine = ProposedDocument.objects.new_in_open_proposals(KIND).filter(proposal__author=user)
    held = (((document.data or {}).get("reference"), document) for document in mine)
    return {reference: document for reference, document in held if isinstance(reference, str)}


def gathering(user: Any, reason: str) -> Proposal | None:
    """The draft in which a person's codings are gathered."""
    return Proposal.objects.in_work_of(user).filter(reason=reason, state=State.DRAFT).for_list().first()
