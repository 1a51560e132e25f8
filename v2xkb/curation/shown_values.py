"""Values and bases of plain documents as people read them: choices by their label, links by the record's name."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from v2xkb.records.content import Plain
from v2xkb.records.countries import COUNTRIES, country_name
from v2xkb.records.declared import DeclaredPath, Scalar
from v2xkb.records.documents import BasisKind
from v2xkb.records.languages import DataText
from v2xkb.records.models import Record, Redirect
from v2xkb.records.nodes import Form
from v2xkb.records.templatetags.document import number, partial_date

Name = tuple[str, str]
# Field of a basis -> kind of record that it names.
OF_BASIS = {"references": "reference", "rule": "derivation-rule", "also_rules": "derivation-rule"}


@dataclass(frozen=True)
class Shown:
    """One value as people read it, and where it leads; a DataText is in the language of the data."""

    text: str
    address: str = ""
    is_external: bool = False


@dataclass(frozen=True)
class ShownBasis:
    """Why a value stands: «cited: A, B, p. 3», «derived: rule», «classified: reason»."""

    kind: str
    names: Sequence[Shown]
    details: Sequence[Shown]


class Names:
    """The records that documents name, looked up together: at most three queries, however many there are.

    `beside` are labels of records that are not live yet, such as those of the same proposal. A former slug leads to
    the record that answers now; a slug that names nothing is shown as it is.
    """

    def __init__(self, names: Iterable[Name], beside: Mapping[Name, str] | None = None) -> None:
        wanted = set(names)
        self._beside = beside or {}
        self._live: dict[Name, Record] = Record.objects.named(wanted)
        former = Redirect.objects.leading_on(wanted - self._live.keys())
        targets = {record.pid: record for record in Record.objects.without_documents().with_pids([*former.values()])}
        self._live |= {name: targets[pid] for name, pid in former.items() if pid in targets}

    def shown(self, kind: str, slug: str) -> Shown:
        record = self._live.get((kind, slug))
        if record:
            return Shown(DataText(record.label), record.get_absolute_url())
        return Shown(DataText(self._beside.get((kind, slug), slug)))


def names_in(path: DeclaredPath, *values: Any) -> Iterator[Name]:
    """The records that a path's keys and its values name."""
    named = [(step.key, step.name) for step in path.steps if step.key]
    named += [(path.scalar, item) for value in values for item in (value if isinstance(value, list) else [value])]
    for scalar, value in named:
        if scalar.link and isinstance(value, str):
            yield scalar.link.kind, value


def names_in_basis(entries: Any) -> Iterator[Name]:
    for entry in entries if isinstance(entries, list) else []:
        for field, kind in OF_BASIS.items() if isinstance(entry, Mapping) else ():
            yield from ((kind, slug) for slug in _texts(entry.get(field)))


def shown_steps(path: DeclaredPath, names: Names) -> list[Shown]:
    """«sites», «arena», «city»: fields in the language of the page, keys by what they name."""
    return [shown_step(step.name, step.key, names) for step in path.steps]


def shown_step(name: str, key: Scalar | None, names: Names) -> Shown:
    if key is None:
        return Shown(pgettext("field", name.replace("_", " ")))
    if key.form == Form.TEXT:
        return Shown(DataText(name.replace("-", " ")))
    return shown_value(key, name, names)


def shown_values(scalar: Scalar, value: Any, names: Names) -> list[Shown]:
    """The value at a path, or all items of a list; none where nothing stands there."""
    if value is None:
        return []
    return [shown_value(scalar, item, names) for item in (value if isinstance(value, list) else [value])]


def shown_value(scalar: Scalar, value: Any, names: Names) -> Shown:
    """A value that its declaration does not allow, as drafts may hold, is shown as it is."""
    match value:
        case bool() | dict() | list() | None:
            return Shown(json.dumps(value, ensure_ascii=False))
        case int() | float():
            return Shown(number(value))
    text = str(value)
    match scalar.form:
        case Form.LINK if scalar.link:
            return names.shown(scalar.link.kind, text)
        case Form.CHOICE if scalar.choices and text in scalar.choices.values:
            return Shown(str(scalar.choices(text).label))
        case Form.COUNTRY if text in COUNTRIES:
            return Shown(country_name(text))
        case Form.DATE:
            return Shown(_spoken_date(text))
        case Form.ADDRESS if text.startswith(("https://", "http://")):
            return Shown(text, text, is_external=True)
    return Shown(DataText(text))


def shown_basis(entries: Any, names: Names) -> list[ShownBasis]:
    """The entries that cover a value; one that is no basis, as drafts may hold, is shown as it is."""
    if entries is None:
        return []
    return [_shown_entry(entry, names) for entry in (entries if isinstance(entries, list) else [entries])]


def _shown_entry(entry: Any, names: Names) -> ShownBasis:
    if not isinstance(entry, Mapping):
        return ShownBasis(_("no basis"), [], [Shown(json.dumps(entry, ensure_ascii=False))])
    kind = str(entry.get("kind", ""))
    label = str(BasisKind(kind).label) if kind in BasisKind.values else kind or _("no basis")
    named = [names.shown(of, slug) for field, of in OF_BASIS.items() for slug in _texts(entry.get(field))]
    return ShownBasis(label, named, list(_details(entry)))


def _details(entry: Plain) -> Iterator[Shown]:
    for field in ("place", "reason", "note"):
        yield from (Shown(DataText(text)) for text in _texts(entry.get(field)))
    for text in _texts(entry.get("read")):
        yield Shown(_("read {date}").format(date=_spoken_date(text)))


def _spoken_date(text: str) -> str:
    try:
        return partial_date(text)
    except ValueError:
        return text


def _texts(value: Any) -> list[str]:
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str) and item]
