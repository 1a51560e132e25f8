"""Finds the references that a new one may be, and says by what."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from v2xkb.literature.importers.addresses import bare_doi
from v2xkb.literature.models import Reference
from v2xkb.literature.slugs import first_author, words
from v2xkb.records.folding import fold


@dataclass(frozen=True)
class Known:
    """What a reference is recognised by; `place` says where it stands, when it is no live record."""

    pid: str
    slug: str
    data: Mapping[str, Any]
    place: str = ""

    @property
    def title(self) -> str:
        return self.data.get("title", "")


@dataclass(frozen=True)
class Candidate:
    """A reference that the new one may be; certain where an identifier says so, not only the title."""

    known: Known
    certain: bool
    reasons: tuple[str, ...]


class Matcher:
    """Compares new references with known ones."""

    def __init__(self, known: Iterable[Known]) -> None:
        self.by_name: dict[str, Known] = {}
        self.by_doi: dict[str, list[Known]] = defaultdict(list)
        self.by_address: dict[str, list[Known]] = defaultdict(list)
        self.by_title: dict[str, list[Known]] = defaultdict(list)
        for item in known:
            self.learn(item)

    def learn(self, item: Known) -> None:
        for name in (item.slug, item.pid):
            if name:
                self.by_name.setdefault(name, item)
        for value, index in (
            (bare_doi(item.data.get("doi") or ""), self.by_doi),
            (address_key(item.data.get("url") or ""), self.by_address),
            (title_key(item.title), self.by_title),
        ):
            if value:
                index[value].append(item)

    def called(self, key: str) -> Known | None:
        """The reference whose slug or permanent id is the name that a source gives the new one."""
        return self.by_name.get(key)

    def candidates(self, data: Mapping[str, Any]) -> list[Candidate]:
        """Those that share DOI, address or title with the new reference, the certain ones first."""
        reasons: dict[int, tuple[Known, list[str], bool]] = {}

        def note(items: Iterable[Known], reason: str, *, certain: bool) -> None:
            for item in items:
                known, said, sure = reasons.get(id(item), (item, [], False))
                reasons[id(item)] = (known, [*said, reason], sure or certain)

        doi, address = bare_doi(data.get("doi", "")), address_key(data.get("url", ""))
        note(self.by_doi.get(doi, ()), f"the same DOI, {doi}", certain=True)
        note(
            self.by_address.get(address, ()), "the same address, but for scheme, www, last slash or mark", certain=True
        )
        for item in self.by_title.get(title_key(data.get("title", "")), ()):
            if agreement := title_agreement(data, item.data):
                note([item], agreement, certain=False)
        found = [Candidate(known, sure, tuple(said)) for known, said, sure in reasons.values()]
        return sorted(found, key=lambda candidate: (not candidate.certain, candidate.known.slug))


def title_agreement(data: Mapping[str, Any], known: Mapping[str, Any]) -> str:
    """What speaks for two references with one title being the same; nothing where year or author contradict."""
    compared = {
        "year": (str(data.get("issued", ""))[:4], str(known.get("issued", ""))[:4]),
        "first author": (surname(data), surname(known)),
    }
    said = {name: ours == theirs for name, (ours, theirs) in compared.items() if ours and theirs}
    if not all(said.values()):
        return ""
    silent = [name for name in compared if name not in said]
    agreed = ", ".join(["title", *said])
    return f"the same {agreed}" + (f"; not compared, as one of them lacks it: {', '.join(silent)}" if silent else "")


def surname(data: Mapping[str, Any]) -> str:
    """The last word of the first author's name: what both ways of keeping a name have."""
    return next(iter(reversed(words(first_author(data)))), "")


def title_key(title: str) -> str:
    """Folded words, and what has no Latin letters as it is."""
    other = [] if title.isascii() else [char for char in title.casefold() if char.isalnum() and not fold(char)]
    return " ".join([*words(title), *other])


def address_key(url: str) -> str:
    """An address without what rarely makes a difference: scheme, www, port, last slash, mark within the page."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.").rstrip(".")
    except ValueError:
        return url
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{parts.path.rstrip('/')}{query}" if host else ""


def live_references() -> list[Known]:
    return [
        Known(pid, slug, {"title": title, "doi": doi, "url": url, "issued": issued, "author": [first] if first else []})
        for pid, slug, title, doi, url, issued, first in Reference.objects.for_matching()
    ]
