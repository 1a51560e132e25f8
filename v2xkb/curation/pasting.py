"""From a pasted list of references to drafts: what was read, what is known already, and what to call the new ones."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from v2xkb.curation.models import ProposedDocument
from v2xkb.curation.proposals import Draft
from v2xkb.curation.states import may_see
from v2xkb.literature.documents import ReferenceDocument
from v2xkb.literature.duplicates import Candidate, Known, Matcher, live_references
from v2xkb.literature.importers.detecting import format_of, read_references
from v2xkb.literature.importers.parsed import ParsedReference, item_name
from v2xkb.literature.slugs import slug_for
from v2xkb.records import identifiers
from v2xkb.records.models import Record, Redirect
from v2xkb.records.problems import InvalidDocuments, Problem

KIND = "reference"
MOST_CHARACTERS = 300_000
MOST_REFERENCES = 100


@dataclass(frozen=True)
class Pasted:
    """One reference of the text: what it will be, and what it may be already."""

    number: int
    parsed: ParsedReference
    slug: str
    existing: Known | None
    candidates: Sequence[Candidate]

    @property
    def usable(self) -> bool:
        """Without a title nobody could find it again."""
        return bool(self.parsed.title)

    @property
    def suggested(self) -> bool:
        """Whether it is chosen unless somebody says otherwise."""
        return self.usable and not self.existing and not self.candidates

    @property
    def fields(self) -> list[tuple[str, str]]:
        """(name, value) as they will stand in the record."""
        return [(name.replace("_", " "), written(value)) for name, value in self.parsed.data.items()]

    def draft(self) -> Draft:
        pid = identifiers.mint()
        return Draft(KIND, pid, {"kind": KIND, "id": pid, "slug": self.slug, **self.parsed.data})


@dataclass(frozen=True)
class Preview:
    """Everything that a text holds; `more` when it holds more references than are read at once."""

    format: str
    references: Sequence[Pasted]
    more: bool

    @property
    def usable(self) -> int:
        return sum(one.usable for one in self.references)

    @property
    def unusable(self) -> int:
        return len(self.references) - self.usable


def preview(text: str, user: Any) -> Preview:
    """What a text holds, compared with what is live, proposed, or stands above it; raises InvalidDocuments."""
    if len(text) > MOST_CHARACTERS:
        remedy = f"Paste at most {MOST_CHARACTERS:,} at a time."
        raise InvalidDocuments([Problem("line 1", "", "the text is too long", remedy, f"{len(text):,} characters")])
    parsed = list(islice(read_references(text), MOST_REFERENCES + 1))
    if not parsed:
        remedy = "Paste the whole export of your reference manager or database."
        raise InvalidDocuments([Problem("line 1", "", "the text holds no reference", remedy)])
    matcher = Matcher([*live_references(), *proposed_references(user)])
    taken = taken_slugs()
    references = [_compared(number, one, matcher, taken) for number, one in enumerate(parsed[:MOST_REFERENCES])]
    return Preview(format_of(text.lstrip("\ufeff")).name, references, len(parsed) > MOST_REFERENCES)


def _compared(number: int, parsed: ParsedReference, matcher: Matcher, taken: set[str]) -> Pasted:
    existing = matcher.called(parsed.key)
    found = [candidate for candidate in matcher.candidates(parsed.data) if candidate.known is not existing]
    slug = slug_for(parsed.data, taken)
    taken.add(slug)
    matcher.learn(Known("", "", parsed.data, place=f"line {parsed.line} of this text"))
    return Pasted(number, parsed, slug, existing, found)


def proposed_references(user: Any) -> Iterator[Known]:
    """New references in open proposals; of those that a person may not see, only that there are."""
    for held in ProposedDocument.objects.new_in_open_proposals(KIND):
        data = held.data or {}
        if may_see(held.proposal, user):
            yield Known("", held.slug, _plain(data), place=f"proposal {held.proposal_id}")
        else:
            shown = {name: data.get(name) for name in ("doi", "url") if isinstance(data.get(name), str)}
            yield Known("", "", shown, place="a proposal of somebody else")


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    """What drafts hold may be of any shape."""
    texts = {name: data[name] for name in ("title", "doi", "url", "issued") if isinstance(data.get(name), str)}
    people = data.get("author")
    first = people[0] if isinstance(people, list) and people else None
    return {**texts, "author": [first]} if isinstance(first, dict) and all(map(_is_text, first.values())) else texts


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def taken_slugs() -> set[str]:
    """Slugs that are in use, were in use, or will be."""
    proposed = ProposedDocument.objects.new_in_open_proposals(KIND).values_list("slug", flat=True)
    return {
        *Record.objects.slugs_of(KIND),
        *Redirect.objects.slugs_of(KIND),
        *proposed,
        *ReferenceDocument.reserved_slugs,
    }


def chosen(found: Preview, numbers: Collection[str]) -> list[Draft]:
    return [one.draft() for one in found.references if str(one.number) in numbers and one.usable]


def written(value: Any) -> str:
    """A value as one line: names in their order, items of a list one after another."""
    return "; ".join(map(item_name, value)) if isinstance(value, list) else str(value)
