"""What the page of two records that look alike shows: why, where they differ, what was decided before."""

from collections.abc import Sequence
from dataclasses import dataclass

from v2xkb.curation.duplicate_models import DuplicateCandidate, DuplicateDecision
from v2xkb.curation.models import Proposal
from v2xkb.curation.record_merging import live
from v2xkb.curation.shown_differences import Row, shown
from v2xkb.curation.states import Refused
from v2xkb.records import registry
from v2xkb.records.content import plain_leaves
from v2xkb.records.differences import differences
from v2xkb.records.models import Link, Record


@dataclass(frozen=True)
class Side:
    """One of the two records, how many values it holds, and how many others name it."""

    record: Record
    values: int
    named_by: int

    @property
    def label(self) -> str:
        return self.record.label


@dataclass(frozen=True)
class PairPage:
    """Two live records of one kind beside each other."""

    first: Side
    second: Side
    candidate: DuplicateCandidate | None
    rows: Sequence[Row]
    decisions: Sequence[DuplicateDecision]
    proposals: Sequence[Proposal]

    @property
    def fuller(self) -> Record:
        """The record that says more: usually the one to keep."""
        sides = (self.first, self.second)
        return max(sides, key=lambda side: (side.values, side.named_by)).record

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.first, self.second

    @property
    def has_changed(self) -> bool:
        """Whether one of the two is not what it was when it was last decided."""
        seen = self.decisions[0] if self.decisions else None
        now = (self.first.record.version, self.second.record.version)
        return bool(seen and (seen.low_version, seen.high_version) != now)


def page_of(low: str, high: str) -> PairPage:
    """Raises Refused where one of the two is not live, or both are not of one kind."""
    one, other = live(low), live(high)
    if one.pk == other.pk or one.kind != other.kind:
        raise Refused("Two different records of one kind are compared: name two.")
    model = registry.kind(one.kind).document
    return PairPage(
        _side(one),
        _side(other),
        DuplicateCandidate.objects.of_pair(low, high).first(),
        shown(model, [row for row in differences(model, one.data, other.data) if row.path not in ("id", "slug")]),
        list(DuplicateDecision.objects.about(low, high)),
        list(Proposal.objects.touching_any([low, high])),
    )


def _side(record: Record) -> Side:
    model = registry.kind(record.kind).document
    values = sum(1 for _leaf in plain_leaves(model, record.data))
    return Side(record, values, Link.objects.into([record.pk], [record.pk]).count())
