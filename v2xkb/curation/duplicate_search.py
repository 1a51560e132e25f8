"""The search for records that may be one thing, over all that is live, kept for the queue."""

from collections.abc import Callable, Sequence

from django.db import transaction

from v2xkb.curation.duplicate_models import DuplicateCandidate
from v2xkb.curation.duplicates import Candidate, candidates
from v2xkb.curation.profiles import Profile, profile
from v2xkb.records import registry
from v2xkb.records.languages import in_data_language
from v2xkb.records.models import Record

Progress = Callable[[str, int], None]


def search(kinds: Sequence[str], progress: Progress = lambda kind, found: None) -> dict[str, int]:
    """Kind -> how many pairs of it are alike; what an earlier search of these kinds kept is replaced.

    Decisions are no part of it: a pair that was decided may be found again, and is not asked about again.
    """
    profiles = all_profiles()
    found: dict[str, list[Candidate]] = {}
    for kind in kinds:
        others = [one for name in profiles if name != kind for one in profiles[name]]
        found[kind] = candidates(profiles.get(kind, []), others)
        progress(kind, len(found[kind]))
    _keep(found)
    return {kind: len(pairs) for kind, pairs in found.items()}


def all_profiles() -> dict[str, list[Profile]]:
    """Kind -> profiles of its live records."""
    found: dict[str, list[Profile]] = {}
    with in_data_language():
        for name in registry.kind_names():
            kind = registry.kind(name)
            found[name] = [
                profile(kind, kind.document.model_validate_json(record.document), record.version)
                for record in Record.objects.of_kind(name).iterator(chunk_size=500)
            ]
    return found


@transaction.atomic
def _keep(found: dict[str, list[Candidate]]) -> None:
    DuplicateCandidate.objects.of_kinds(list(found)).delete()
    DuplicateCandidate.objects.bulk_create(
        [
            DuplicateCandidate(
                kind=kind,
                low=pair.first.pid,
                high=pair.second.pid,
                score=pair.score,
                evidence=[[item.points, item.text] for item in pair.evidence],
            )
            for kind, pairs in found.items()
            for pair in pairs
        ],
        batch_size=500,
    )
