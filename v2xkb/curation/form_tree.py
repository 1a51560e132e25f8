"""The tree that a form's template shows: sections of fields, each field with its problems and its basis."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from v2xkb.curation.form_links import Named
from v2xkb.records.problems import Problem

LINE_OF_TEXT = 80


@dataclass
class EntryView:
    """One entry of a basis, its fields and in a line what it says."""

    name: str
    owner: str
    position: int
    full: str
    gist: str
    fields: list["FieldView"]
    problems: list[Problem]

    @property
    def is_open(self) -> bool:
        return bool(self.problems) or any(one.has_problems for one in self.fields) or self.gist.endswith(":")


@dataclass
class BasisView:
    """Why a value stands: its own entries, else what covers it, else that something is needed."""

    name: str
    entries: list[EntryView]
    cover: str = ""
    cover_gist: str = ""
    is_needed: bool = False


@dataclass
class FieldView:
    """One place of the form. `form` is scalar, group or list; `basis` is None where none is asked for."""

    name: str
    path: str
    form: str
    label: str
    full: str
    help: str = ""
    required: bool = False
    widget: str = ""
    text: str = ""
    options: str = ""
    source: str = ""
    target: Named | None = None
    making: str = ""
    children: list["FieldView"] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    basis: BasisView | None = None
    is_item: bool = False
    adds_to: str = ""
    is_first: bool = False
    is_last: bool = False
    is_filled: bool = False
    holds_parts: bool = False

    @property
    def id(self) -> str:
        return f"f-{self.name}"

    @property
    def lines(self) -> int:
        """How many lines a long text is given at first."""
        return min(10, 2 + len(self.text) // LINE_OF_TEXT)

    @property
    def add_focus(self) -> str:
        return f"add:{self.adds_to or self.name}"

    @property
    def up_focus(self) -> str:
        return f"up:{self.name}"

    @property
    def down_focus(self) -> str:
        return f"down:{self.name}"

    @property
    def basis_focus(self) -> str:
        return f"add-basis:{self.name}"

    @property
    def of_basis(self) -> bool:
        """Whether it is a field of an entry of a basis."""
        return ":basis." in self.name

    @property
    def last_name(self) -> str:
        return self.name.rpartition(".")[2]

    @property
    def has_problems(self) -> bool:
        """Whether something is wrong here or below, bases included."""
        entries = self.basis.entries if self.basis else []
        return bool(self.problems) or any(one.has_problems for one in self.children) or any(e.is_open for e in entries)

    @property
    def count(self) -> int:
        return sum(1 for child in self.children if child.is_filled)

    @property
    def is_open(self) -> bool:
        return self.is_filled or self.has_problems or self.required or bool(self.basis and self.basis.entries)


@dataclass
class Section:
    """Neighbouring fields under one heading."""

    title: str
    fields: list[FieldView]

    @property
    def id(self) -> str:
        return f"s-{self.fields[0].name}"

    @property
    def filled(self) -> int:
        """How many of the fields hold something; of a single list, how many items it has."""
        only = self.fields[0] if len(self.fields) == 1 else None
        if only and only.form == "list":
            return only.count
        return sum(1 for one in self.fields if one.is_filled)

    @property
    def has_problems(self) -> bool:
        return any(one.has_problems for one in self.fields)

    @property
    def is_open(self) -> bool:
        return any(one.is_open for one in self.fields)


@dataclass(frozen=True)
class Fault:
    """A line of the summary of problems: what is wrong, and the field to mend it in."""

    name: str
    label: str
    problem: Problem


@dataclass
class FormView:
    sections: list[Section]
    strays: list[tuple[str, str, list[EntryView]]]
    odd: list[tuple[str, str]]
    faults: list[Fault]
    linked_kinds: list[str]


def sections_of(fields: Sequence[FieldView]) -> Iterator[Section]:
    """Lists of parts and groups with lists stand by themselves, the fields between them together."""
    numbered = enumerate(fields)
    for _, run in groupby(numbered, key=lambda pair: pair[0] if _stands_alone(pair[1]) else -1):
        members = [one for _, one in run]
        own = [one for one in members if one.name != "slug"] or members
        labels = list(dict.fromkeys([own[0].label, own[-1].label]))
        yield Section(" – ".join(labels), members)


def _stands_alone(one: FieldView) -> bool:
    return one.holds_parts or (one.form == "group" and any(child.form != "scalar" for child in one.children))
