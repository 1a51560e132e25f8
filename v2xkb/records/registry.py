"""The kinds of records: each app registers its own, so that one machinery serves them all."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from v2xkb.records.documents import Document

if TYPE_CHECKING:
    from v2xkb.records.projection import Projection

Labels = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class SearchText:
    """What a record is found by: tier a, its names, outranks b, b outranks c.

    `same` are phrases that stand for one another in a query, such as a term's label and its other names.
    """

    a: list[str] = field(default_factory=list)
    b: list[str] = field(default_factory=list)
    c: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Kind:
    """One kind of record: its declaration, its projection, what it is found by, where it is shown.

    `folder` names the fixtures' folder and the REST collection; `search_text` gets the document and the labels of
    what it links to, keyed by (kind, slug).
    """

    name: str
    plural: str
    folder: str
    document: type[Document]
    projection: "Projection[Any]"
    search_text: Callable[[Any, Labels], SearchText]
    url_name: str = ""
    rank: int = 0
    unique: Iterable[str] = ()

    def __str__(self) -> str:
        return self.name


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    if kind.name in _kinds:
        raise ValueError(f"the kind “{kind.name}” is registered twice")
    _kinds[kind.name] = kind


def kinds() -> list[Kind]:
    """All kinds, those that others point at first."""
    return sorted(_kinds.values(), key=lambda kind: (kind.rank, kind.name))


def kind(name: str) -> Kind:
    return _kinds[name]


def kind_names() -> list[str]:
    return [kind.name for kind in kinds()]


def kind_of_folder(folder: str) -> Kind | None:
    return next((kind for kind in _kinds.values() if kind.folder == folder), None)
