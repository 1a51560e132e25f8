"""Columns of a kind of record, generated from its declaration: each is a path of the document."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, cast, get_args, get_origin

from pydantic import BaseModel

from v2xkb.curation.sheet_values import Misread, Names, Scalar, Sort, plain, scalar, shown_number
from v2xkb.curation.sheets import Faulty, Value
from v2xkb.records.documents import TRAILING_FIELDS, Document, KeyedPart, Part
from v2xkb.records.paths import inner_model
from v2xkb.records.registry import Kind

# What has columns of its own sense, or is better edited by hand.
APART = frozenset({"kind", "id", "slug", "basis", "conflicts"})
ID, SLUG, KIND = "id", "slug", "kind"
SOURCE, PLACE, READ, REASON = "source", "place", "read", "reason"
BASIS = {
    SOURCE: "The source of the row's values: a reference by its slug, DOI or address; several joined by “; ”.",
    PLACE: "Where in the source: page, section, table.",
    READ: "When the source was read: YYYY, YYYY-MM or YYYY-MM-DD.",
    REASON: "Why the row's values are classified so, where no source states them.",
}
DERIVED = {
    "page": "the address of a record's page follows from its slug",
    "version": "versions are counted when proposals are applied",
    "revision": "revisions are counted when proposals are applied",
    "verified": "the day of the last verification follows from the readings of sources",
}
ITEMS = "; "
BRACKETS = re.compile(r"(?P<main>.*\S)\s*\((?P<beside>[^()]*)\)", re.DOTALL)


@dataclass(frozen=True)
class Items:
    """A list of scalars in one cell."""

    item: Scalar

    @property
    def by_line(self) -> bool:
        return self.item.sort == Sort.LONG

    def read(self, value: Value, names: Names) -> list[Any]:
        return [self.item.read(text, names) for text in split(value, by_line=self.by_line)]


@dataclass(frozen=True)
class Parts:
    """A list of parts in one cell: of each its main value, and in brackets what else is said of it."""

    model: type[Part]
    main: str
    scalars: Mapping[str, Scalar] = field(compare=False)

    @property
    def by_line(self) -> bool:
        return bool(self.main) and self.scalars[self.main].sort == Sort.LONG

    @property
    def of_text(self) -> Callable[[str], dict[str, Any]]:
        """How a part without a main value reads a whole item."""
        return cast(Any, self.model).of_text

    @property
    def beside(self) -> dict[str, Scalar]:
        return {name: one for name, one in self.scalars.items() if name != self.main}

    def read(self, value: Value, names: Names) -> list[dict[str, Any]]:
        return [self.part(text, names) for text in split(value, by_line=self.by_line)]

    def part(self, text: str, names: Names) -> dict[str, Any]:
        """What one item says of a part: only the fields that it names."""
        if not self.main:
            return self.of_text(text)
        main, found = text, {}
        if match := BRACKETS.fullmatch(text):
            try:
                found = self.in_brackets(match["beside"], names)
                main = match["main"]
            except Misread:
                # A free text may end in brackets of its own.
                if self.scalars[self.main].sort not in (Sort.TEXT, Sort.LONG):
                    raise
        return {self.main: self.scalars[self.main].read(main, names), **found}

    def in_brackets(self, text: str, names: Names) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for word in (piece.strip() for piece in text.split(",")):
            name, colon, rest = word.partition(":")
            if colon and name.strip() in self.beside:
                name, word = name.strip(), rest.strip()
            else:
                name = next((one for one in self.bare if one not in found and self.beside[one].accepts(word)), "")
            if not name or name in found:
                remedy = f"In brackets stand {self.explained()}."
                raise Misread("this part of the cell cannot be read", remedy, word)
            found[name] = self.beside[name].read(word, names)
        return found

    @property
    def bare(self) -> list[str]:
        """The fields in brackets that need no name before them, those of the narrowest sense first."""
        order = (Sort.CHOICE, Sort.COUNTRY, Sort.CODE, Sort.WHOLE, Sort.LINK)
        return [name for sort in order for name, one in self.beside.items() if one.sort == sort]

    def explained(self) -> str:
        bare, texts = self.bare, []
        for name, one in self.beside.items():
            texts.append(f"{name} ({one.meaning})" if name in bare else f"{name}: {one.meaning}")
        return "; ".join(texts) or "nothing"

    def written(self, part: Mapping[str, Any]) -> str:
        """A part as a cell would say it."""
        if not self.main:
            return self.model.model_construct(**part).part_key
        said = [
            shown_number(part[name]) if name in self.bare else f"{name}: {shown_number(part[name])}"
            for name in self.beside
            if part.get(name) is not None
        ]
        main = shown_number(part.get(self.main, ""))
        return f"{main} ({', '.join(said)})" if said else main


Reading = Scalar | Items | Parts


@dataclass(frozen=True)
class Column:
    """One column: its name in headers, the path of the document that it fills, how its cells are read.

    `lists` are the names in the path that hold parts; the name that follows each is the key of one.
    """

    name: str
    path: tuple[str, ...]
    reading: Reading
    description: str = field(default="", compare=False)
    is_required: bool = False
    lists: tuple[str, ...] = ()

    @property
    def written_path(self) -> str:
        return "/".join(self.path)

    @property
    def meaning(self) -> str:
        """How a cell is written, in words."""
        match self.reading:
            case Scalar():
                return self.reading.meaning
            case Items():
                joined = "one a line" if self.reading.by_line else "joined by “; ”"
                return f"several, {joined}: {self.reading.item.meaning}"
        joined = "one a line" if self.reading.by_line else "joined by “; ”"
        if not self.reading.main:
            return f"several, {joined}"
        main = f"several, {joined}: {self.reading.main} ({self.reading.scalars[self.reading.main].meaning})"
        return f"{main}; in brackets {self.reading.explained()}" if self.reading.beside else main


def split(value: Value, *, by_line: bool) -> list[str]:
    """The items of a cell: its lines where it has several, else what semicolons part."""
    if isinstance(value, Faulty) or not isinstance(value, str | int | float) or isinstance(value, bool):
        # Reading it as one value says what is wrong with it.
        Scalar(Sort.TEXT, str).read(value, _NoNames())
    text = plain(value)
    pieces = text.splitlines() if "\n" in text or by_line else text.split(";")
    return [piece.strip() for piece in pieces if piece.strip()]


class _NoNames:
    def slug_of(self, link: Any, text: str) -> str:
        raise NotImplementedError


@cache
def columns_of(document: type[Document]) -> dict[str, Column]:
    """Name -> column, in declared order, remarks last."""
    columns = sorted(_columns(document, ()), key=lambda column: column.path[0] in TRAILING_FIELDS)
    return {column.name: column for column in columns}


def _columns(model: type[BaseModel], prefix: tuple[str, ...]) -> Iterator[Column]:
    for name, info in model.model_fields.items():
        if not prefix and name in APART:
            continue
        path = (*prefix, name)
        inner, in_list = inner_model(info.annotation)
        if inner is not None and not in_list:
            yield from _columns(inner, path)
        elif reading := _reading(info.annotation, tuple(info.metadata)):
            required = info.is_required() and len(path) == 1
            yield Column("/".join(path), path, reading, info.description or "", required)


def _reading(annotation: Any, metadata: Sequence[Any]) -> Reading | None:
    """How cells of a field are read; nothing where a part has more that must be said than a cell can hold."""
    inner, in_list = inner_model(annotation)
    if inner is not None:
        return parts_reading(inner) if in_list and issubclass(inner, Part) else None
    if get_origin(annotation) is list:
        return Items(scalar(get_args(annotation)[0], ()))
    return scalar(annotation, metadata)


@cache
def parts_reading(model: type[Part]) -> Parts | None:
    scalars, required = {}, []
    for name, info in model.model_fields.items():
        if (issubclass(model, KeyedPart) and name == "key") or inner_model(info.annotation)[0]:
            continue
        if get_origin(info.annotation) is list:
            continue
        scalars[name] = scalar(info.annotation, tuple(info.metadata))
        if info.is_required():
            required.append(name)
    if not required:
        return Parts(model, "", {}) if hasattr(model, "of_text") else None
    main = required[0]
    if any(scalars[name].sort == Sort.LONG for name in required[1:]):
        return None
    kept = {name: one for name, one in scalars.items() if name == main or one.sort != Sort.LONG}
    return Parts(model, main, kept)


def column_called(kind: Kind, header: str) -> Column | None:
    """The column that a header names: by path, by the name our downloads give it, or down to a field of one part."""
    path = kind.columns.get(header, header)
    if found := columns_of(kind.document).get(path):
        return found
    names = tuple(path.split("/"))
    return None if names[0] in APART or not all(names) else _inside(kind.document, names, (), header)


def _inside(
    model: type[BaseModel],
    names: tuple[str, ...],
    done: tuple[str, ...],
    header: str,
    lists: tuple[str, ...] = (),
) -> Column | None:
    """The column of a field below the key of a part, such as `sites/arena/city`."""
    name, *rest = names
    info = model.model_fields.get(name)
    if info is None:
        return None
    inner, in_list = inner_model(info.annotation)
    if not rest:
        if (issubclass(model, KeyedPart) and name == "key") or inner is not None:
            return None
        reading = _reading(info.annotation, tuple(info.metadata))
        return Column(header, (*done, name), reading, info.description or "", lists=lists) if reading else None
    if inner is None:
        return None
    if in_list:
        key, *rest = rest
        if not rest or not issubclass(inner, KeyedPart):
            return None
        return _inside(inner, tuple(rest), (*done, name, key), header, (*lists, name))
    return _inside(inner, tuple(rest), (*done, name), header, lists)


def known_headers(kind: Kind) -> list[str]:
    """Every header that a sheet of this kind may have, parts by key apart."""
    basis = BASIS if kind.document.needs_basis else {}
    derived = [name for name in DERIVED if name not in columns_of(kind.document)]
    return [ID, SLUG, *columns_of(kind.document), *kind.columns, *basis, KIND, *derived]
