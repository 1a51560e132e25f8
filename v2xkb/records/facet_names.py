"""The records that options of facets stand for, by their slugs."""

import re
from collections.abc import Iterable, Mapping

from django.db.models import Q

from v2xkb.records.chunking import chunks
from v2xkb.records.documents import SLUG_PATTERN
from v2xkb.records.facet_values import Name
from v2xkb.records.models import Record
from v2xkb.records.spellings import Spellings

Vocabulary = tuple[str, str]
# Slug -> name.
Known = Mapping[str, Name]


class Names:
    """The records that options stand for, of one filter set: whole vocabularies, of open ones what is asked."""

    def __init__(self, closed: Mapping[Vocabulary, Known], asked: Mapping[Vocabulary, Iterable[str]]) -> None:
        self._known: dict[Vocabulary, dict[str, Name]] = {vocabulary: {} for vocabulary in asked}
        self._known |= {vocabulary: dict(names) for vocabulary, names in closed.items()}
        wanted = Q()
        for (kind, _), slugs in asked.items():
            if named := [slug for slug in slugs if re.fullmatch(SLUG_PATTERN, slug)]:
                wanted |= Q(kind=kind, slug__in=named)
        if wanted:
            for vocabulary, names in read_vocabularies(asked, wanted).items():
                self.learn(vocabulary, names.values())

    def of(self, vocabulary: Vocabulary) -> dict[str, Name]:
        """Slug -> name."""
        return self._known[vocabulary]

    def catch_up(self, vocabulary: Vocabulary, pks: Iterable[int]) -> None:
        """Reads which of these records are not known: rows may point at some that came after the names were read."""
        known = {name.pk for name in self._known[vocabulary].values()}
        if missing := set(pks) - known:
            rows = Record.objects.filter(pk__in=missing).values_list("pk", "slug", "label", "sort_key")
            self.learn(vocabulary, (Name(*row) for row in rows))

    def learn(self, vocabulary: Vocabulary, names: Iterable[Name]) -> None:
        self._known[vocabulary] |= {name.slug: name for name in names}


def whole(vocabularies: Iterable[Vocabulary]) -> Q:
    wanted = Q(pk__in=[])
    for kind, subtype in vocabularies:
        wanted |= Q(kind=kind, subtype=subtype) if subtype else Q(kind=kind)
    return wanted


def read_vocabularies(vocabularies: Iterable[Vocabulary], wanted: Q) -> dict[Vocabulary, dict[str, Name]]:
    """What is wanted of each, in one query."""
    found: dict[Vocabulary, dict[str, Name]] = {vocabulary: {} for vocabulary in vocabularies}
    rows = Record.objects.filter(wanted).values_list("kind", "subtype", "pk", "slug", "label", "sort_key")
    for kind, subtype, pk, slug, label, sort_key in rows:
        for vocabulary in {(kind, subtype), (kind, "")} & found.keys():
            found[vocabulary][slug] = Name(pk, slug, label, sort_key)
    return found


def read_spellings(vocabulary: Vocabulary) -> Spellings:
    """What may be written for each record of an open or a closed vocabulary."""
    return Spellings(dict(Record.objects.filter(whole([vocabulary])).values_list("slug", "label")))


def read_names(pks: Iterable[int]) -> dict[str, Name]:
    """Key as text -> name."""
    found: dict[str, Name] = {}
    for chunk in chunks(list(pks)):
        rows = Record.objects.filter(pk__in=chunk).values_list("pk", "slug", "label", "sort_key")
        found |= {str(row[0]): Name(*row) for row in rows}
    return found
