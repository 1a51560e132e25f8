"""A form ready for its template: a tree of fields, each with value, basis and problems side by side."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from v2xkb.curation.form_actions import is_blank
from v2xkb.curation.form_links import Known
from v2xkb.curation.form_shapes import KEY_FIELD, Declared, Group, Many, Scalar, Shape, Widget
from v2xkb.curation.form_state import BASIS, POINTER, Entry, FormState, data_of, joined, paths
from v2xkb.curation.form_tree import BasisView, EntryView, Fault, FieldView, FormView, sections_of
from v2xkb.records.documents import BasisKind
from v2xkb.records.problems import Problem

NOT_REPORTED = "not reported"
REFERENCE = "reference"
GIST = 60
# How many of an entry's sources are named in its line.
SOURCES = 2
Terms = Mapping[str, Sequence[tuple[str, str]]]


def view_of(state: FormState, known: Known, terms: Terms, problems: Sequence[tuple[str, Problem]] = ()) -> FormView:
    """`terms` gives (slug, label) of the terms of each scheme; `problems` stand beside the fields they name."""
    return _Builder(state, known, terms, problems).view()


class _Builder:
    def __init__(self, state: FormState, known: Known, terms: Terms, problems: Sequence[tuple[str, Problem]]) -> None:
        self.state = state
        self.known = known
        self.terms = terms
        self.data = data_of(state)
        self.paths = dict(paths(state.model, self.data))
        self.problems: dict[str, list[Problem]] = {}
        for name, problem in problems:
            self.problems.setdefault(name, []).append(problem)
        self.labels: dict[str, str] = {"": ""}
        self.gists: dict[str, str] = {}
        self.link_kinds: set[str] = {REFERENCE}
        self.rendered: dict[tuple[int, str], str] = {}

    def view(self) -> FormView:
        for name, entries in self.state.bases.items():
            self.gists[name] = "; ".join(self.gist(entry) for entry in entries)
        shape = Group(self.state.model)
        fields = [self.field(one, self.state.values[name], name) for name, one in shape.fields.items()]
        strays = [
            (f":stray.{at}", path, self.entries(f":stray.{at}", entries))
            for at, (path, entries) in enumerate(self.state.strays)
        ]
        shown = [one for one in fields if one.widget != Widget.FIXED]
        faults = [
            Fault(self.anchor(name), self.labels.get(name) or name, problem)
            for name, found in self.problems.items()
            for problem in found
        ]
        order = {name: at for at, name in enumerate(self.labels)}
        faults.sort(key=lambda fault: order.get(fault.name.removeprefix("f-"), -1))
        odd = [(name, json.dumps(value, ensure_ascii=False)) for name, value in self.state.odd.items()]
        return FormView(list(sections_of(shown)), strays, odd, faults, sorted(self.link_kinds))

    def anchor(self, name: str) -> str:
        """The id of the element that stands for a name; that of the whole form where the name has none."""
        while name and name not in self.labels:
            name = name.rpartition(".")[0]
        return f"f-{name}" if name else "editor"

    # --- Fields ---

    def field(self, declared: Declared, value: Any, name: str) -> FieldView:
        above = name.rpartition(".")[0]
        label = f"{self.labels.get(above, '')} › {declared.label}" if above else declared.label
        made = self.shown(declared.shape, value, name, declared.label, label)
        made.help, made.required = declared.help, declared.required
        return made

    def shown(self, shape: Shape, value: Any, name: str, label: str, full: str) -> FieldView:
        self.labels[name] = full
        made = FieldView(
            name=name,
            path=self.paths.get(name, ""),
            form="scalar",
            label=label,
            full=full,
            problems=self.problems.get(name, []),
            is_filled=not is_blank(value, besides_key=True),
        )
        match shape:
            case Group(fields=fields):
                made.form = "group"
                made.children = [self.field(one, value[key], joined(name, key)) for key, one in fields.items()]
            case Many():
                made.form = "list"
                made.holds_parts = isinstance(shape.item, Group)
                made.children = list(self.items(shape, value, name, full))
            case Scalar():
                self.fill(made, shape, value)
        made.basis = self.basis(made)
        return made

    def items(self, shape: Many, values: list[Any], name: str, full: str) -> Iterator[FieldView]:
        for at, value in enumerate(values):
            place = joined(name, at)
            label = self.part_label(shape.item, value)
            made = self.shown(shape.item, value, place, label or f"{at + 1}", f"{full} › {label or at + 1}")
            made.is_item, made.is_first, made.is_last = True, at == 0, at == len(values) - 1
            yield made
        if isinstance(shape.item, Scalar):
            # Always one empty row, so that the next item can be written at once.
            place = joined(name, len(values))
            made = self.shown(shape.item, "", place, "next", f"{full} {len(values) + 1}")
            made.is_item, made.basis, made.adds_to = True, None, name
            yield made

    def part_label(self, shape: Shape, value: Any) -> str:
        """By what a person tells a part from its neighbours: the first thing that stands in it."""
        if not isinstance(shape, Group):
            return ""
        for name, declared in shape.fields.items():
            text = value[name]
            if name != KEY_FIELD and isinstance(declared.shape, Scalar) and text:
                return _cut(self.said(declared.shape, text))
        return ""

    def said(self, shape: Scalar, text: str) -> str:
        """A scalar as a person reads it."""
        if shape.widget == Widget.PATH:
            return self.labels.get(text.removeprefix(POINTER), text)
        if shape.link:
            found = self.known.at(shape.link, text)
            return found.label if found else text
        return next((label for value, label in shape.options if value == text), text)

    def fill(self, made: FieldView, shape: Scalar, text: str) -> None:
        made.text = text
        made.widget = Widget.CHOICE if shape.is_chosen else shape.widget
        made.options = self.options(shape, text)
        if shape.link:
            made.making = shape.link.kind
            made.target = self.known.at(shape.link, text)
            made.source = "" if shape.is_chosen else shape.link.kind
            self.link_kinds.add(shape.link.kind)

    def options(self, shape: Scalar, text: str) -> str:
        key = (id(shape), text)
        if key not in self.rendered:
            self.rendered[key] = _options(list(self.choices(shape)), text) if shape.is_chosen else ""
        return self.rendered[key]

    def choices(self, shape: Scalar) -> Iterator[tuple[str, str]]:
        yield from shape.options
        for scheme in shape.link.schemes if shape.link else ():
            yield from self.terms.get(scheme, ())
        if shape.widget == Widget.PATH:
            # Conflicts stand behind every field that they can be about.
            exempt = self.state.model.basis_exempt
            known = ((name, self.labels.get(name, "")) for name in self.paths if not name.endswith(f".{KEY_FIELD}"))
            yield from (
                (POINTER + name, label) for name, label in known if label and name.partition(".")[0] not in exempt
            )

    # --- Bases ---

    def basis(self, made: FieldView) -> BasisView | None:
        model, name = self.state.model, made.name
        own = self.state.bases.get(name, [])
        if not own and (not model.needs_basis or name.partition(".")[0] in model.basis_exempt or ":basis" in name):
            return None
        if made.widget == Widget.HIDDEN:
            return None
        view = BasisView(name, self.entries(name, own))
        above = name.rpartition(".")[0]
        while above and not own and not view.cover:
            if self.state.bases.get(above):
                view.cover, view.cover_gist = self.labels[above], self.gists[above]
            above = above.rpartition(".")[0]
        covered_below = any(child.basis and child.basis.entries for child in made.children)
        if made.is_filled and not own and not view.cover:
            view.is_needed = not covered_below if made.form == "scalar" else not self.is_covered_within(name)
        return view

    def is_covered_within(self, name: str) -> bool:
        return any(one.startswith(f"{name}.") and entries for one, entries in self.state.bases.items())

    def entries(self, owner: str, entries: Sequence[Entry]) -> list[EntryView]:
        views = []
        for at, entry in enumerate(entries):
            name = joined(f"{owner}:basis", at)
            self.labels[f"{owner}:basis"] = f"{self.labels.get(owner, owner)}: basis"
            self.labels[name] = f"{self.labels.get(owner, owner)}: basis {at + 1}"
            fields = [self.of_entry(one, entry[key], joined(name, key)) for key, one in BASIS.fields.items()]
            found = self.problems.get(name, [])
            views.append(EntryView(name, owner, at, self.labels[name], self.gist(entry), fields, found))
        return views

    def of_entry(self, declared: Declared, value: Any, name: str) -> FieldView:
        """A field of an entry, without the words that would stand in every one of them."""
        made = self.field(declared, value, name)
        made.help, made.required = "", False
        return made

    def gist(self, entry: Entry) -> str:
        """What an entry says, in a line."""
        words = [self.linked("rule", entry["rule"])] if entry["kind"] == BasisKind.DERIVED else []
        words += [_cut(entry["reason"])] if entry["kind"] == BasisKind.CLASSIFIED else []
        sources = [slug for slug in entry["references"] if slug]
        words += [self.linked("references", slug) for slug in sources[:SOURCES]]
        words += [f"{len(sources) - SOURCES} more"] if len(sources) > SOURCES else []
        words += [entry["place"], entry["read"]]
        return f"{entry['kind']}: {', '.join(word for word in words if word)}".rstrip(" ")

    def linked(self, name: str, text: str) -> str:
        shape = BASIS.fields[name].shape
        scalar = shape.item if isinstance(shape, Many) else shape
        return _cut(self.said(scalar, text)) if isinstance(scalar, Scalar) else text


def _cut(text: str) -> str:
    return text if len(text) <= GIST else f"{text[:GIST].rstrip()}…"


def _options(choices: Sequence[tuple[str, str]], text: str) -> SafeString:
    """The options of a list, «not reported» first; what is chosen stays even where the list doesn't know it."""
    rows = [("", NOT_REPORTED), *choices]
    if text and not any(value == text for value, _ in choices):
        rows.append((text, f"{text} (unknown)"))
    chosen = SafeString(" selected")
    plain = SafeString("")
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, chosen if value == text else plain, label) for value, label in rows),
    )
