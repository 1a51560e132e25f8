"""The kinds of records: each app registers its own, so that one machinery serves them all."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from django.urls import get_script_prefix, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language

from v2xkb.records.documents import Document

if TYPE_CHECKING:
    from v2xkb.records.projection import Projection

Labels = Mapping[tuple[str, str], str]
# Stands in an address for whichever record's slug.
ANY_SLUG = "any-slug"


class Tier(StrEnum):
    """How much it weighs that words stand in a field: names, then what a record is about, then what is told."""

    NAMED = "a"
    ABOUT = "b"
    TOLD = "c"


@dataclass(frozen=True)
class SearchField:
    """Texts a record is found by, under the name that hits give their field."""

    label: str | Promise
    tier: Tier
    texts: Sequence[str]


@dataclass(frozen=True)
class SearchText:
    """What a record is found by.

    `same` are phrases that stand for one another in a query, such as a term's label and its other names.
    """

    fields: Sequence[SearchField] = ()
    same: Sequence[str] = ()

    def within(self, tier: Tier) -> list[str]:
        return [text for field in self.fields if field.tier == tier for text in field.texts]


@dataclass(frozen=True)
class Kind:
    """One kind of record: its declaration, its projection, what it is found by, where it is shown.

    `folder` names the fixtures' folder and the REST collection; `search_text` gets the document and the labels of
    what it links to, keyed by (kind, slug). `columns` are the names that downloads give to paths of the document.
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
    columns: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.name

    def page(self, slug: str) -> str:
        """The path of a record's page, in the language spoken now."""
        before, after = _around_slug(self.url_name, get_language(), get_script_prefix())
        return f"{before}{slug}{after}"


@cache
def _around_slug(url_name: str, language: str | None, prefix: str) -> tuple[str, str]:
    """What of a page's path stands before and after the slug, worked out once: one page leads to hundreds of others."""
    before, _slug, after = reverse(url_name, args=[ANY_SLUG]).rpartition(ANY_SLUG)
    return before, after


_kinds: dict[str, Kind] = {}
_abbreviations: list[tuple[str, ...]] = []


def register(kind: Kind) -> None:
    if kind.name in _kinds:
        raise ValueError(f"the kind “{kind.name}” is registered twice")
    _kinds[kind.name] = kind


def kinds() -> list[Kind]:
    """All kinds, those that others point at first."""
    return sorted(_kinds.values(), key=lambda kind: (kind.rank, kind.name))


def kind(name: str) -> Kind:
    return _kinds[name]


def kind_of_model(model: object) -> Kind:
    """The kind whose records this model has the main rows of."""
    return next(kind for kind in _kinds.values() if kind.projection.model is model)


def kind_names() -> list[str]:
    return [kind.name for kind in kinds()]


def kind_of_folder(folder: str) -> Kind | None:
    return next((kind for kind in _kinds.values() if kind.folder == folder), None)


def kind_shown_at(url_name: str) -> Kind | None:
    """The kind whose records are shown under this name of an address."""
    return next((kind for kind in _kinds.values() if kind.url_name == url_name), None)


def register_abbreviations(groups: Iterable[tuple[str, ...]]) -> None:
    """Short and long forms that mean the same in a query and are no record's names; the short form stands first."""
    _abbreviations.extend(groups)


def abbreviations() -> Sequence[tuple[str, ...]]:
    return tuple(_abbreviations)
