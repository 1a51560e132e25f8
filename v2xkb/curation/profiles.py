"""What a record can be recognised by, read off its document through the kind's declaration alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from itertools import chain
from typing import Any, get_args
from urllib.parse import parse_qsl, urlencode, urlsplit

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from v2xkb.records.documents import Country, Document, Line, LinkTo, PartialDate, Url, is_empty
from v2xkb.records.folding import fold
from v2xkb.records.paths import link_fields
from v2xkb.records.registry import Kind, Labels, Tier
from v2xkb.records.tokens import STOP_WORDS, singular, words_of

# What the bookkeeping of a document says is told apart from what the record is.
BOOKKEEPING = frozenset({"kind", "id", "slug", "notes", "conflicts", "basis"})
# Coordinates that stand for so much land that nearness says nothing.
COARSE = frozenset({"country", "region"})
# Parameters that only tell a site's owner where a reader came from.
TRACKING = re.compile(r"^(utm_.*|fbclid|gclid|mc_.*|ref|source)$")
FEWEST_WORDS_OF_INITIALS = 3


@dataclass(frozen=True)
class Name:
    """One of a record's names: as written, its words in one spelling, run together, and its initials."""

    text: str
    words: tuple[str, ...]
    joined: str
    initials: str


@dataclass(frozen=True)
class Spot:
    """A place with coordinates in degrees, where there are any, and what it is called."""

    name: str
    words: str
    lat: float | None = None
    lon: float | None = None


@dataclass
class Profile:
    """All that two records are compared by. Everything but names is kept by the field it stands in."""

    pid: str
    kind: str
    slug: str
    label: str
    version: int = 0
    names: list[Name] = field(default_factory=list)
    identifiers: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    links: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    related: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    spots: list[Spot] = field(default_factory=list)
    countries: set[str] = field(default_factory=set)
    dates: dict[str, str] = field(default_factory=dict)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    classes: dict[str, str] = field(default_factory=dict)
    # Words of partners' and places' names, which a record's own name may repeat.
    told: frozenset[str] = frozenset()


class Unlabelled(dict[tuple[str, str], str]):
    """Names every record by its slug, where no labels are at hand."""

    def __missing__(self, key: tuple[str, str]) -> str:
        return key[1]


def profile(kind: Kind, document: Document, version: int = 0, labels: Labels | None = None) -> Profile:
    """The document's profile; `labels` names what it links to, (kind, slug) -> label."""
    found = Profile(document.id, document.kind, document.slug, document.display_name, version)
    text = kind.search_text(document, Unlabelled(labels or {}))
    found.names = [called for one in dict.fromkeys([*text.within(Tier.NAMED), *text.same]) if (called := name_of(one))]
    for name in kind.unique:
        if value := getattr(document, name):
            found.identifiers[name] = str(value)
    model = type(document)
    for name in model.model_fields:
        if name in BOOKKEEPING:
            continue
        value = getattr(document, name)
        if isinstance(value, Enum) and model.model_fields[name].is_required():
            found.classes[name] = str(value.value)
        if name not in (document.label_field, *document.name_fields):
            _take(found, name, model.model_fields[name], link_fields(model).get(name), value)
    for entry in chain.from_iterable(document.basis.values()):
        found.sources |= set(entry.references)
    repeated = [slug.replace("-", " ") for targets in found.links.values() for _kind, slug in targets]
    repeated += [spot.words for spot in found.spots]
    found.told = frozenset(singular(part) for text in repeated for word in words_of(text) for part in word)
    return found


def name_of(text: str) -> Name | None:
    parts = [singular(part) for word in words_of(text) for part in word]
    words = tuple(part for part in parts if part not in STOP_WORDS) or tuple(parts)
    if not words:
        return None
    initials = "".join(word[0] for word in words) if len(words) >= FEWEST_WORDS_OF_INITIALS else ""
    return Name(text, words, "".join(words), initials)


def address(url: str) -> str:
    """The address without what may differ between two visits to one page: protocol, `www.`, tracking, last slash."""
    split = urlsplit(url)
    host = (split.hostname or "").removeprefix("www.")
    asked = urlencode([pair for pair in parse_qsl(split.query) if not TRACKING.match(pair[0])])
    return host + split.path.rstrip("/") + (f"?{asked}" if asked else "")


def _holds(info: FieldInfo, wanted: Any) -> bool:
    marks = wanted.__metadata__
    return tuple(info.metadata[: len(marks)]) == marks or _argument_is(info.annotation, wanted)


def _argument_is(annotation: Any, wanted: Any) -> bool:
    return any(argument == wanted or _argument_is(argument, wanted) for argument in get_args(annotation))


def _take(found: Profile, top: str, info: FieldInfo, link: LinkTo | None, value: Any, text_type: Any = None) -> None:
    if is_empty(value):
        return
    if isinstance(value, BaseModel):
        _take_group(found, top, value)
    elif isinstance(value, list):
        for item in value:
            _take(found, top, info, link, item, text_type or _type_of(info))
    elif link:
        _take_link(found, top, link, value)
    elif isinstance(value, str) and not isinstance(value, Enum):
        _take_text(found, top, text_type or _type_of(info), value)


def _type_of(info: FieldInfo) -> Any:
    return next((known for known in (PartialDate, Country, Url, Line) if _holds(info, known)), None)


def _take_group(found: Profile, top: str, group: BaseModel) -> None:
    fields = type(group).model_fields
    if {"lat", "lon"} <= set(fields):
        found.spots += _spots(group)
        return
    for name, info in fields.items():
        if name != "key":
            _take(found, top, info, link_fields(type(group)).get(name), getattr(group, name))


def _spots(group: Any) -> Iterator[Spot]:
    """A place by the town it is in, else by its own name."""
    text = getattr(group, "city", None) or group.name
    precise = str(getattr(group, "precision", "")) not in COARSE
    lat, lon = (group.lat, group.lon) if precise and group.lat is not None and group.lon is not None else (None, None)
    yield Spot(text, fold(text), lat, lon)


def _take_link(found: Profile, top: str, link: LinkTo, slug: str) -> None:
    """A link into a scheme of the vocabulary classifies; it tells nobody who the record is."""
    if link.kind == found.kind:
        found.related.add(slug)
    elif not link.schemes:
        found.links.setdefault(top, set()).add((link.kind, slug))


def _take_text(found: Profile, top: str, text_type: Any, value: str) -> None:
    if text_type == PartialDate:
        found.dates.setdefault(top, value)
    elif text_type == Country:
        found.countries.add(value)
    elif text_type == Url:
        found.addresses.setdefault(top, address(value))
    elif text_type == Line:
        found.texts.setdefault(top, {}).setdefault(fold(value), value)
