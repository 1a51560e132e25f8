"""The actors and scenarios that the paper and other literature link a barrier to, each link with who says so."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from barriers.choices import ActorRole
from barriers.documents import BarrierDocument
from v2xkb.records.basis import covering, strongest_kind
from v2xkb.records.documents import BasisKind
from v2xkb.taxonomy.classification import PAPER

PAPER_ITSELF, OTHER_LITERATURE, BOTH, NOBODY = "paper", "literature", "paper-and-literature", "none"
STATED = {
    PAPER_ITSELF: _("the paper says so"),
    OTHER_LITERATURE: _("other literature says so"),
    BOTH: _("the paper and other literature say so"),
}
READ = {
    PAPER_ITSELF: _("our reading of the paper"),
    OTHER_LITERATURE: _("our reading of other literature"),
    BOTH: _("our reading of the paper and other literature"),
}
MARKS = {PAPER_ITSELF: "P", OTHER_LITERATURE: "L", BOTH: "P, L", NOBODY: "–"}


@dataclass(frozen=True)
class LiteratureLink:
    """A barrier's link to one term; `references` are those that state it, else those that we read it from."""

    term: str
    path: str
    role: ActorRole | None
    basis: str
    references: tuple[str, ...]

    @property
    def is_stated(self) -> bool:
        return self.basis == BasisKind.CITED

    @property
    def sources(self) -> str:
        """Whether the references are the paper, other literature, both or none."""
        if not self.references:
            return NOBODY
        others = [reference for reference in self.references if reference != PAPER]
        if PAPER in self.references:
            return BOTH if others else PAPER_ITSELF
        return OTHER_LITERATURE

    @property
    def provenance(self) -> str:
        """Who says so, in words."""
        if self.sources == NOBODY:
            return gettext("our own judgement")
        return str((STATED if self.is_stated else READ)[self.sources])

    @property
    def mark(self) -> str:
        """Provenance in a few letters; in brackets where it is our reading."""
        return MARKS[self.sources] if self.is_stated else f"({MARKS[self.sources]})"


def links_of(document: BarrierDocument) -> Iterator[LiteratureLink]:
    """Links to actors, then to scenarios, as the document lists them."""
    for item in document.actors:
        yield _link(document, f"actors/{item.actor}", item.actor, item.role)
    for scenario in document.scenarios:
        yield _link(document, f"scenarios/{scenario}", scenario, None)


def _link(document: BarrierDocument, path: str, term: str, role: ActorRole | None) -> LiteratureLink:
    _path, entries = covering(document.basis, path) or ("", [])
    basis = strongest_kind(entries)
    references = [name for entry in entries if entry.kind == basis for name in entry.references]
    return LiteratureLink(term, path, role, basis, tuple(dict.fromkeys(references)))
