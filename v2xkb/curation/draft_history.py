"""How a record in a proposal came to be as it is: each saved draft beside the one before it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from v2xkb.curation.models import DraftVersion, ProposedDocument
from v2xkb.curation.shown_differences import Row, shown
from v2xkb.records.differences import differences
from v2xkb.records.models import Version


@dataclass(frozen=True)
class ShownDraft:
    """One saved state, and what it changed."""

    draft: DraftVersion
    rows: Sequence[Row]


def drafts_of(document: ProposedDocument, drafts: Sequence[DraftVersion]) -> list[ShownDraft]:
    """`drafts` in their order, the newest first; the first of all is compared with the version it was made from."""
    if not drafts:
        return []
    earlier = document.versions.filter(number=drafts[-1].number - 1).first()
    first = drafts[-1]
    before = earlier.text if earlier else Version.objects.text_of(document.pid, first.base)
    model = document.declaration
    states = [*(draft.text for draft in drafts), before]
    return [
        ShownDraft(draft, shown(model, differences(model, _plain(old), _plain(draft.text))))
        for draft, old in zip(drafts, states[1:], strict=True)
    ]


def _plain(text: str) -> Mapping[str, Any]:
    return json.loads(text) if text else {}
