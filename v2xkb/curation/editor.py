"""The document editor between form and proposal: what a form shows of a draft, and what becomes of what is sent."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from v2xkb.curation.form_actions import prune
from v2xkb.curation.form_fields import view_of
from v2xkb.curation.form_links import Known, Named, link_problems, resolve, wanted, written_links
from v2xkb.curation.form_problems import Places, data_problems
from v2xkb.curation.form_state import MOST_POSITION, FormState, data_of, state_of
from v2xkb.curation.form_tree import FormView
from v2xkb.curation.models import DraftVersion, ProposedDocument
from v2xkb.curation.proposals import Draft, keep
from v2xkb.numbers import whole_number_in
from v2xkb.records import registry
from v2xkb.records.differences import Difference, differences
from v2xkb.records.documents import Document, LinkTo
from v2xkb.records.identifiers import mint
from v2xkb.records.merging import Collision, Merged, Side, merge
from v2xkb.records.models import Record, Version
from v2xkb.records.problems import Problem

TERM = "term"
Found = list[tuple[str, Problem]]


def known_to(state: FormState, document: ProposedDocument, also: Mapping[str, Iterable[str]] | None = None) -> Known:
    """The records that a form's links may mean, its proposal's own among them; two queries."""
    texts: dict[str, set[str]] = {kind: set(found) for kind, found in wanted(state).items()}
    for kind, found in (also or {}).items():
        texts.setdefault(kind, set()).update(found)
    texts.setdefault(document.kind, set()).add(state.values["slug"])
    live = [
        Named(kind, subtype, slug, pid, label, page_of(kind, slug))
        for kind, subtype, slug, pid, label in Record.objects.meant(texts)
    ]
    every = {text for found in texts.values() for text in found if "\x00" not in text}
    proposed = ProposedDocument.objects.linkable(document.proposal_id, every)
    return Known([*live, *(named(one) for one in proposed if one.pid != document.pid)])


def page_of(kind: str, slug: str) -> str:
    return reverse(registry.kind(kind).url_name, args=[slug])


def named(document: ProposedDocument) -> Named:
    """A proposed document as a link names it."""
    data, model = document.data or {}, document.declaration
    subtype = data.get(model.subtype_field) if model.subtype_field else ""
    label = data.get(model.label_field)
    return Named(document.kind, str(subtype or ""), document.slug, document.pid, str(label or document.slug))


@dataclass
class Editing:
    """A draft in its form. `state` is what the form shows, `number` the draft that it was made from."""

    document: ProposedDocument
    state: FormState
    number: int
    known: Known = field(init=False)

    def __post_init__(self) -> None:
        self.known = known_to(self.state, self.document)

    @property
    def model(self) -> type[Document]:
        return self.document.declaration

    def view(self) -> FormView:
        terms = Record.objects.names_by_subtype(TERM)
        for one in ProposedDocument.objects.new_of_kind(self.document.proposal_id, TERM):
            new = named(one)
            terms.setdefault(new.subtype, []).append((new.slug, new.label))
        return view_of(self.state, self.known, terms, self.problems())

    def problems(self) -> Found:
        """What is wrong, by the name of the field to mend it in."""
        data = data_of(self.state)
        places = Places(self.model, data, [path for path, _ in self.state.strays])
        found = list(link_problems(self.state, self.known, Record.objects.slugs_of))
        if self.slug_taken():
            message = "another record has this slug"
            found.append(("slug", Problem("", "", message, "Choose another.", str(data.get("slug", "")))))
        # A name written where a slug is due is told of once, as a link.
        told = {name for name, _ in found}
        placed = [(places.name_of(problem.path), problem) for problem in data_problems(data)]
        return found + [(name, problem) for name, problem in placed if name not in told]

    def slug_taken(self) -> bool:
        holder = self.known.by_slug.get((self.document.kind, self.state.values["slug"]))
        return holder is not None and holder.pid != self.document.pid

    def meant(self, link: LinkTo, text: str) -> list[Named]:
        """The records that a text may mean where such a link stands; the form need not hold it."""
        found = self.known.meant(link, text)
        return found or known_to(self.state, self.document, {link.kind: [text]}).meant(link, text)

    def settle(self, *, empty_parts: bool) -> dict[str, Any]:
        """Drop what is empty, write slugs in place of names, and give the data that the form makes."""
        prune(self.state, empty_parts=empty_parts)
        resolve(self.state, self.known)
        return data_of(self.state)


def opened(document: ProposedDocument) -> Editing:
    """A draft as it was left."""
    return Editing(document, state_of(document.declaration, document.data or {}), document.number)


# --- Saving --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Meeting:
    """Two saves of one draft that don't know of each other. `merged` holds both, ours where they touch."""

    merged: dict[str, Any]
    collisions: Sequence[Collision]
    taken: Sequence[Difference]
    nothing_typed: bool


def save(editing: Editing, data: dict[str, Any], by: Any, others: Sequence[Draft] = ()) -> None:
    """Keep the data as the next draft; raises Overtaken if another was saved since the form was made, and Refused."""
    document = editing.document
    data |= {"kind": document.kind, "id": document.pid}
    drafts = [Draft(document.kind, document.pid, data, seen=editing.number), *others]
    keep(document.proposal_id, [*drafts, *renamed(document, data)], by)


def renamed(document: ProposedDocument, data: Mapping[str, Any]) -> list[Draft]:
    """The other drafts of the proposal that name a record by the slug it had, with the one it has now."""
    old, new = document.slug, data.get("slug")
    if not (old and isinstance(new, str) and new) or old == new:
        return []
    changed = []
    for other in ProposedDocument.objects.naming(document, f'"{old}"'):
        state = state_of(other.declaration, other.data or {})
        links = [one for one in written_links(state) if one.link.kind == document.kind and one.text == old]
        for link in links:
            link.write(new)
        if links:
            changed.append(Draft(other.kind, other.pid, data_of(state), other.answers))
    return changed


def met(editing: Editing, data: Mapping[str, Any]) -> Meeting:
    """What was typed into an old form, joined with what was saved since."""
    document = editing.document
    base_text = DraftVersion.objects.text_of(document, editing.number)
    base, theirs = json.loads(base_text) if base_text else {}, document.data or {}
    first = merge(editing.model, base, data, theirs)
    merged = _ours(editing.model, base, data, theirs, first)
    nothing_typed = dict(data) in (base, theirs) or (not first.collisions and first.data == theirs)
    return Meeting(merged, first.collisions, differences(editing.model, data, merged), nothing_typed)


def _ours(model: type[Document], base: Any, ours: Any, theirs: Any, first: Merged) -> dict[str, Any]:
    choices = {one.path: Side.OURS for one in first.collisions}
    return merge(model, base, ours, theirs, choices).data if choices else first.data


# --- New documents -------------------------------------------------------------------------------------------------


def new_data(kind: str, name: str = "", slug: str = "") -> dict[str, Any]:
    """The beginning of a document: kind, id, a slug made from its name, and the name."""
    model = registry.kind(kind).document
    pid = mint()
    label = {model.label_field: name} if name and model.label_field in model.model_fields else {}
    return {"kind": kind, "id": pid, "slug": slug or slug_from(name) or f"{kind}-{pid}", **label}


def slug_from(name: str) -> str:
    """A slug of a name's words; empty where it has none in Latin letters."""
    words = sort_key_words(name)
    return "-".join(words)[:80].rstrip("-")


def sort_key_words(name: str) -> list[str]:
    key = Named("", "", "", "", name).sort_key
    return [] if key.startswith("~") else key.split()


def used_keys(document: ProposedDocument, name: str) -> set[str]:
    """Every key that parts of a list ever had: live, in this draft and in earlier ones. `name` has no positions."""
    steps = [step for step in name.split(".") if whole_number_in(step, MOST_POSITION) is None]
    texts = [*Version.objects.all_texts(document.pid), *DraftVersion.objects.texts_of(document.pid)]
    return {key for text in texts if text for key in _keys(json.loads(text), steps)}


def _keys(value: Any, steps: Sequence[str]) -> Iterable[str]:
    if isinstance(value, list):
        for one in value:
            yield from _keys(one, steps)
    elif isinstance(value, dict):
        if steps:
            yield from _keys(value.get(steps[0]), steps[1:])
        elif isinstance(key := value.get("key"), str):
            yield key
