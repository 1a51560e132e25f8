"""Brings the spellings of one keyword together, by folding and by a thesaurus, before any are counted."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from v2xkb.literature.maps.incidences import Incidence, of_columns
from v2xkb.literature.maps.spellings import folded
from v2xkb.literature.maps.thesauri import Thesaurus


def incidence(documents: Iterable[Sequence[str]], thesaurus: Thesaurus | None = None) -> Incidence:
    """Which document has which keyword, once however often it is named; labels in order, spelled as most often."""
    per_document = list(documents)
    spellings = Counter(chain.from_iterable(per_document))
    standing, labels = standing_for(spellings, thesaurus or Thesaurus())
    order = sorted(labels)
    columns = {key: place for place, key in enumerate(order)}
    chosen = {spelling: columns[key] for spelling, key in standing.items() if key}
    rows = ([chosen[word] for word in keywords if word in chosen] for keywords in per_document)
    return of_columns([labels[key] for key in order], rows)


def standing_for(spellings: Mapping[str, int], thesaurus: Thesaurus) -> tuple[dict[str, str], dict[str, str]]:
    """({spelling: folded keyword, empty where dropped}, {folded keyword: label})."""
    standing: dict[str, str] = {}
    # Numbers only: objects that hold others would have all documents looked through for garbage again and again.
    best: dict[str, int] = {}
    labels: dict[str, str] = {}
    more_than_any = sum(spellings.values()) + 1
    for spelling in sorted(spellings):
        key = folded(spelling)
        ruled = key in thesaurus.replacements
        label = thesaurus.replacements[key] if ruled else spelled(spelling)
        standing[spelling] = final = folded(label) if ruled else key
        use = spellings[spelling] + (more_than_any if ruled else 0)
        if final and use > best.get(final, 0):
            best[final], labels[final] = use, label
    return standing, labels


def spelled(keyword: str) -> str:
    return " ".join(unicodedata.normalize("NFC", keyword).split())
