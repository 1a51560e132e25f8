"""Two records that look alike are decided once: the same thing, two things, or not to be told yet."""

from typing import Any

from django.db import transaction

from v2xkb.curation.duplicate_models import DuplicateDecision, Verdict
from v2xkb.curation.people import REVIEW
from v2xkb.curation.record_merging import live, propose_merge
from v2xkb.curation.states import Refused
from v2xkb.records.problems import nearest, shown

LONGEST_REASON = 2000


@transaction.atomic
def decide(one: str, other: str, verdict: str, by: Any, reason: str = "", keep: str = "") -> DuplicateDecision:
    """Note a decision about two live records, in either order, by permanent id; raises Refused.

    Where they are the same, a proposal that merges them is begun in the same step; `keep` says which of them stays.
    """
    if not (by.is_active and by.has_perm(REVIEW)):
        raise Refused("Your role does not decide about duplicates. An administrator can change your role.")
    if verdict not in Verdict.values:
        raise Refused(f"{shown(verdict)} is no decision. {nearest(verdict, Verdict.values)}")
    if "\x00" in reason or len(reason) > LONGEST_REASON:
        raise Refused(f"The reason is at most {LONGEST_REASON:,} characters without NUL: shorten it.")
    low, high = sorted((one, other))
    first, second = live(low), live(high)
    if first.pk == second.pk or first.kind != second.kind:
        raise Refused("Two different records of one kind are compared: name two.")
    proposal = None
    if verdict == Verdict.SAME:
        if keep not in (low, high):
            raise Refused("Say which of the two records stays: its name and address remain, the other's lead to it.")
        proposal = propose_merge(by, keep, high if keep == low else low, reason)
    return DuplicateDecision.objects.create(
        kind=first.kind,
        low=low,
        high=high,
        low_version=first.version,
        high_version=second.version,
        verdict=verdict,
        reason=reason.strip(),
        by=by,
        proposal=proposal,
    )
