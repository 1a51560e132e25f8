"""Finds the records that cells name: by slug, by name, references also by DOI or address."""

from collections.abc import Iterable

from v2xkb.curation.sheet_values import Misread
from v2xkb.literature.models import Reference
from v2xkb.records.documents import LinkTo
from v2xkb.records.folding import sort_key
from v2xkb.records.models import Record
from v2xkb.records.problems import nearest

DOI_PREFIXES = ("https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi:")


class RecordNames:
    """All names of the records of a kind, read once when the first is asked for."""

    def __init__(self) -> None:
        self._subtypes: dict[str, dict[str, str]] = {}
        self._named: dict[str, dict[str, list[str]]] = {}
        self._remedies: dict[tuple[LinkTo, str], str] = {}
        self._references: dict[str, str] = {}

    def add(self, kind: str, rows: Iterable[tuple[str, str, str]]) -> None:
        """Further records that may be named, such as those that come with the same file: slug, label, subtype."""
        self._load(kind)
        for slug, label, subtype in rows:
            if self._subtypes[kind].get(slug) != subtype:
                self._subtypes[kind].setdefault(slug, subtype)
                self._named[kind].setdefault(sort_key(label), []).append(slug)

    def _load(self, kind: str) -> None:
        if kind in self._subtypes:
            return
        self._subtypes[kind], self._named[kind] = {}, {}
        for slug, label, subtype in Record.objects.names_and_subtypes(kind):
            self._subtypes[kind][slug] = subtype
            self._named[kind].setdefault(sort_key(label), []).append(slug)

    def slug_of(self, link: LinkTo, text: str) -> str:
        """Raises Misread with the nearest name."""
        self._load(link.kind)
        subtypes = self._subtypes[link.kind]
        if text in subtypes and self._fits(link, text):
            return text
        meant = [slug for slug in self._named[link.kind].get(sort_key(text), []) if self._fits(link, slug)]
        if len(meant) == 1:
            return meant[0]
        what = link.kind.replace("-", " ") + (f" of “{' or '.join(link.schemes)}”" if link.schemes else "")
        if meant:
            remedy = f"Write the slug of the one that is meant: {', '.join(sorted(meant))}."
            raise Misread(f"more than one {what} has this name", remedy, text)
        raise Misread(f"there is no {what} of this name", self._remedy(link, text), text)

    def _fits(self, link: LinkTo, slug: str) -> bool:
        return not link.schemes or self._subtypes[link.kind][slug] in link.schemes

    def _remedy(self, link: LinkTo, text: str) -> str:
        if (link, text) not in self._remedies:
            known = [slug for slug in self._subtypes[link.kind] if self._fits(link, slug)]
            self._remedies[link, text] = nearest(text, known)
        return self._remedies[link, text]

    def reference(self, text: str) -> str:
        """The slug of the reference with this slug, DOI or address; raises Misread."""
        if not self._references:
            for slug, doi, url in Reference.objects.names():
                self._references |= {name: slug for name in (doi, as_address(url)) if name}
        doi = text.lower()
        for prefix in DOI_PREFIXES:
            doi = doi.removeprefix(prefix)
        found = self._references.get(doi.strip()) or self._references.get(as_address(text))
        return found or self.slug_of(LinkTo("reference"), text)


def as_address(url: str) -> str:
    """An address as it is compared: with or without a slash at its end, it is the same page."""
    return url.strip().rstrip("/")
