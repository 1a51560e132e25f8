"""Two records of one thing become one document, and no fact is lost: a value stays with what it rests on.

What one record lacks is taken from the other with its basis. Lists are united. Where both say something else, the kept
record's value stands and the other's becomes a conflict with its references; where it rests on no reference, a note
says all there was. Everything is read off the declaration.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from pydantic import BaseModel

from v2xkb.records.content import SCALAR, Form, Plain, Shape, cover, plain_basis, shapes
from v2xkb.records.documents import Document, KeyedPart, Part, is_empty
from v2xkb.records.paths import item_key, link_fields
from v2xkb.records.placing import placed
from v2xkb.records.problems import InvalidDocuments
from v2xkb.records.reading import validated
from v2xkb.records.redirecting import redirected
from v2xkb.records.telling import conflict_of, notes_of, said, told_basis

KEY_LENGTH = 100
IDENTITY = ("kind", "id", "slug")


class NotUnited(Exception):
    """Two documents that cannot become one; says why."""


@dataclass(frozen=True)
class United:
    """`data` is the one document; `moved` says where the other's paths went."""

    data: dict[str, Any]
    moved: Callable[[str], str]


@dataclass(frozen=True)
class Piece:
    """A value of one side: where it stood there, and what it was before links were led elsewhere."""

    side: int
    path: str
    value: Any
    was: Any

    @property
    def changed(self) -> bool:
        return bool(self.value != self.was)


@dataclass(frozen=True)
class Disputed:
    """A value of the other side that stands beside the preferred one."""

    path: str
    piece: Piece
    shape: Shape


def unite(kept: Document, other: Document) -> United:
    """`kept` with all that `other` says; raises NotUnited for two that cannot be one."""
    if kept.kind != other.kind:
        raise NotUnited(f"a {kept.kind} and a {other.kind} cannot be one record")
    if kept.id == other.id:
        raise NotUnited("a record cannot be merged with itself")
    model = type(kept)
    texts = [kept.content(), other.content()]
    sides = [redirected(model, text, kept.kind, other.slug, kept.slug) for text in texts]
    first = _Uniting(model, sides, texts, other.display_name, other.id, (kept.kind, kept.slug))
    united = first.united()
    if _faults(united):
        # Values that only the other has may not go with the kept ones, such as an end before the start.
        taken = [name for name in model.model_fields if name in texts[1] and name not in texts[0]]
        for name in taken:
            again = _Uniting(model, sides, texts, other.display_name, other.id, (kept.kind, kept.slug), [name])
            if not _faults(again.united()):
                return United(again.united(), partial(again.moved_to, 1))
    return United(united, partial(first.moved_to, 1))


def led_elsewhere(document: Document, kind: str, old: str, new: str, moved: Callable[[str], str]) -> dict[str, Any]:
    """The document's data with every link to `old` leading to `new`, each once; `moved` translates paths in it."""
    text, model = document.content(), type(document)
    side = redirected(model, text, kind, old, new, moved)
    return _Uniting(model, [side], [text], "", "", None).united()


def _faults(data: Plain) -> bool:
    try:
        validated(data, "")
    except InvalidDocuments:
        return True
    return False


@dataclass
class _Uniting:
    model: type[Document]
    sides: Sequence[Plain]
    texts: Sequence[Plain]
    name: str
    pid: str
    itself: tuple[str, str] | None
    refused: Collection[str] = ()
    origins: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    moved: dict[tuple[int, str], str] = field(default_factory=dict)
    disputed: list[Disputed] = field(default_factory=list)
    dropped: list[Piece] = field(default_factory=list)

    def united(self) -> dict[str, Any]:
        for store in (self.origins, self.moved, self.disputed, self.dropped):
            store.clear()
        pieces = [Piece(n, "", side, text) for n, (side, text) in enumerate(zip(self.sides, self.texts, strict=True))]
        data = {name: self.sides[0][name] for name in IDENTITY} | self.top(pieces)
        self.add_conflicts_and_notes(data)
        if basis := self.basis():
            data["basis"] = dict(sorted(basis.items()))
        return data

    # --- Values ---

    def top(self, pieces: Sequence[Piece]) -> dict[str, Any]:
        names = [name for name in shapes(self.model) if name not in (*IDENTITY, "conflicts", "notes")]
        found = {}
        alternative = self.model.alt_names_field
        for name in names:
            inner = [piece for piece in self.below(pieces, name) if not is_empty(piece.value)]
            if name in self.refused:
                self.disputed += [Disputed(name, piece, shapes(self.model)[name]) for piece in inner]
                continue
            if name == alternative:
                inner = self.other_names(pieces, inner)
            if name in self.model.name_fields and alternative:
                inner = [piece for piece in inner if piece.value == inner[0].value]
            value = self.field(self.model, name, inner, name)
            if not is_empty(value):
                found[name] = value
        return found

    def other_names(self, pieces: Sequence[Piece], inner: list[Piece]) -> list[Piece]:
        """The lists of other names, and what the other record is called by that the kept one is not."""
        own = {name: self.sides[0][name] for name in self.model.name_fields if name in self.sides[0]}
        for name in self.model.name_fields:
            for piece in self.below(pieces[1:], name):
                if is_empty(piece.value) or name not in own or piece.value == own[name]:
                    continue
                if same := next((field for field, value in own.items() if value == piece.value), None):
                    self.origins.setdefault(same, []).append((piece.side, piece.path))
                else:
                    inner = [*inner, Piece(piece.side, name, [piece.value], [piece.value])]
        return inner

    def below(self, pieces: Sequence[Piece], name: str) -> list[Piece]:
        return [
            Piece(piece.side, f"{piece.path}/{name}" if piece.path else name, piece.value[name], piece.was[name])
            for piece in pieces
            if name in piece.value
        ]

    def field(self, model: type[BaseModel], name: str, pieces: Sequence[Piece], path: str) -> Any:
        link = link_fields(model).get(name)
        shape = shapes(model)[name]
        if link and self.itself and link.kind == self.itself[0] and shape == SCALAR:
            itself = [piece for piece in pieces if piece.value == self.itself[1]]
            self.dropped += itself
            pieces = [piece for piece in pieces if piece not in itself]
        if not pieces:
            return None
        if shape.form == Form.LIST:
            ours = bool(link and self.itself and link.kind == self.itself[0])
            return self.items(shape, pieces, path, ours)
        return self.value(shape, pieces, path)

    def value(self, shape: Shape, pieces: Sequence[Piece], path: str, *, part: bool = False) -> Any:
        """One value of what the sides have at a place; what differs from the first is disputed."""
        first = pieces[0]
        for piece in pieces:
            self.moved[piece.side, piece.path] = path
        if shape.form == Form.GROUP and shape.model:
            model = shape.model
            agreeing = [piece for piece in pieces if part or _may_be_one(model, first.value, piece.value)]
            self.disputed += [Disputed(path, piece, shape) for piece in pieces if piece not in agreeing]
            fields = {name: self.field(model, name, self.below(agreeing, name), f"{path}/{name}")
                      for name in shapes(model) if not (part and name == "key")}  # fmt: skip
            return {name: value for name, value in fields.items() if not is_empty(value)}
        for piece in pieces:
            if piece.value == first.value:
                self.origins.setdefault(path, []).append((piece.side, piece.path))
            else:
                self.disputed.append(Disputed(path, piece, shape))
        return first.value

    # --- Lists ---

    def items(self, shape: Shape, pieces: Sequence[Piece], path: str, ours: bool) -> list[Any]:
        for piece in pieces:
            self.moved[piece.side, piece.path] = path
        if shape.model and not self.model.needs_basis and any(piece.value != pieces[0].value for piece in pieces):
            # A record that is its own basis copies a printed list: two of them are not to be mixed.
            self.disputed += [Disputed(path, piece, shape) for piece in pieces if piece.value != pieces[0].value]
            pieces = pieces[:1]
        groups: dict[str, list[Piece]] = {}
        for item in (item for piece in pieces for item in self.each(shape, piece)):
            if self.leads_to_itself(shape, item, ours):
                self.dropped.append(item)
            else:
                groups.setdefault(self.key_for(shape, item, groups), []).append(item)
        return [self.item(shape, key, group, path, n) for n, (key, group) in enumerate(groups.items())]

    def each(self, shape: Shape, piece: Piece) -> Iterator[Piece]:
        for position, (item, was) in enumerate(zip(piece.value, piece.was, strict=True)):
            yield Piece(piece.side, f"{piece.path}/{_name_in_path(shape, was, position)}", item, was)

    def leads_to_itself(self, shape: Shape, item: Piece, ours: bool) -> bool:
        if not self.itself:
            return False
        if shape.model is None:
            return ours and item.value == self.itself[1]
        links = link_fields(shape.model).items()
        return any(
            link.kind == self.itself[0] and item.value.get(name) == self.itself[1] for name, link in links
            if shape.model.model_fields[name].is_required()
        )  # fmt: skip

    def key_for(self, shape: Shape, item: Piece, groups: Mapping[str, Sequence[Piece]]) -> str:
        """Which of the items so far this one is, or a key of its own."""
        key = _own_key(shape, item.value)
        if not (shape.model and issubclass(shape.model, KeyedPart)):
            return key
        open_to = [known for known, group in groups.items() if _may_join(item, group)]
        like = [known for known in open_to if _one_tells_the_other(groups[known][0].value, item.value)]
        if like:
            equal = [known for known in like if _bare(groups[known][0].value) == _bare(item.value)]
            return next(known for known in (key, *equal, *like) if known in (equal or like))
        numbers = range(2, len(groups) + 3)
        return next(k for k in (key, *(f"{key[: KEY_LENGTH - 6]}-{n}" for n in numbers)) if k not in groups)

    def item(self, shape: Shape, key: str, group: Sequence[Piece], path: str, position: int) -> Any:
        if shape.model is None:
            return self.value(SCALAR, group, f"{path}/{item_key(group[0].value, position)}")
        value = self.value(shape.item, group, f"{path}/{key}", part=True)
        if not issubclass(shape.model, KeyedPart):
            return value
        self.origins[f"{path}/{key}/key"] = [(piece.side, f"{piece.path}/key") for piece in group]
        return {"key": key, **value}

    # --- What stands beside the values ---

    def moved_to(self, side: int, path: str) -> str:
        """Where a path of one side leads now: as far as anything is known of it."""
        head, rest = path, ""
        while head:
            if (side, head) in self.moved:
                return self.moved[side, head] + rest
            head, _, last = head.rpartition("/")
            rest = f"/{last}{rest}"
        return path

    def entries(self, piece: Piece) -> list[Any]:
        """What a value of one side rests on, finer bases included, each once."""
        basis = plain_basis(self.sides[piece.side])
        found = [*(cover(self.model, basis, piece.path) or [])]
        found += [entry for path, entries in basis.items() if path.startswith(f"{piece.path}/") for entry in entries]
        return _each_once(found)

    def add_conflicts_and_notes(self, data: dict[str, Any]) -> None:
        notes = [note for side in self.sides for note in side.get("notes", [])]
        conflicts = [
            {**conflict, "path": self.moved_to(n, conflict["path"])}
            for n, side in enumerate(self.sides)
            for conflict in side.get("conflicts", [])
        ]
        whose = f"the record “{self.name}” ({self.pid}), merged into this one"
        for disputed in self.disputed:
            value = disputed.piece.value
            required = _required(disputed.shape)
            conflict, more = conflict_of(disputed.path, value, self.entries(disputed.piece), whose, required)
            conflicts += [conflict] if conflict else []
            notes += more
        for piece in self.dropped:
            left_out = f"Left out in merging, as both are one record now: {piece.path} {said(piece.was)}."
            notes += notes_of(" ".join([left_out, *map(told_basis, self.entries(piece))]))
        if conflicts := _with_free_keys(conflicts):
            data["conflicts"] = conflicts
        if notes := _each_once(notes):
            data["notes"] = notes

    def basis(self) -> dict[str, Any]:
        bases = [plain_basis(side) for side in self.sides]
        wanted = {}
        for path, origins in self.origins.items():
            found = [entry for side, old in origins for entry in cover(self.model, bases[side], old) or []]
            if found and path.partition("/")[0] not in self.model.basis_exempt:
                wanted[path] = _each_once(found)
        return placed(wanted, {self.moved_to(0, path): entries for path, entries in bases[0].items()})


def _name_in_path(shape: Shape, item: Any, position: int) -> str:
    return _own_key(shape, item) if shape.model else item_key(item, position)


def _own_key(shape: Shape, item: Any) -> str:
    """The key by which a part or a text is told from its neighbours."""
    if shape.model and issubclass(shape.model, Part):
        return shape.model.model_validate(item, strict=False).part_key
    return f"{type(item).__name__} {item}"


def _may_join(item: Piece, group: Sequence[Piece]) -> bool:
    """Parts of one side stay apart, unless a link that was led elsewhere made them the same."""
    return all(item.side != other.side or item.changed or other.changed for other in group)


def _bare(part: Plain) -> dict[str, Any]:
    return {name: value for name, value in part.items() if name != "key"}


def _one_tells_the_other(one: Plain, other: Plain) -> bool:
    """Whether one of two parts says what the other says, and perhaps more."""
    one, other = _bare(one), _bare(other)
    less, more = sorted((one, other), key=len)
    return all(more.get(name) == value for name, value in less.items())


def _may_be_one(model: type[BaseModel], one: Plain, other: Plain) -> bool:
    """Groups whose required values differ are two: a date's kind must not be joined to another date."""
    return all(one.get(name) == other.get(name) for name, info in model.model_fields.items() if info.is_required())


def _required(shape: Shape) -> str:
    """The one field a group cannot be without, where there is just one."""
    fields = shape.model.model_fields.items() if shape.form == Form.GROUP and shape.model else ()
    required = [name for name, info in fields if info.is_required()]
    return required[0] if len(required) == 1 else ""


def _each_once(items: Iterable[Any]) -> list[Any]:
    found: list[Any] = []
    for item in items:
        if item not in found:
            found.append(item)
    return found


def _with_free_keys(conflicts: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each conflict once, under a key of its own; those that have one keep it."""
    kept: dict[str, dict[str, Any]] = {}
    for conflict in conflicts:
        if _bare(conflict) in map(_bare, kept.values()):
            continue
        key = conflict.get("key", "")
        numbers = range(1, len(conflicts) + 2)
        others = (f"{key[: KEY_LENGTH - 6]}-{n + 1}" if key else f"m{n}" for n in numbers)
        free = next(name for name in (key, *others) if name and name not in kept)
        kept[free] = {"key": free, **{name: value for name, value in conflict.items() if name != "key"}}
    return list(kept.values())
