"""Why there is no map of some publications by some rule, in the language of whoever reads it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from v2xkb.literature.corpora.documents import Items
from v2xkb.literature.item_names import counted, grouped
from v2xkb.records.languages import DataText


@dataclass(frozen=True)
class Refusal:
    """`kind` and `values` as the process that makes maps says them; `items` are those of the map."""

    items: Items
    kind: str
    values: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        return cls(Items(told["items"]), told["kind"], told["values"])

    @property
    def told(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def text(self) -> str:
        values = self.values
        match self.kind:
            case "few":
                return ngettext(
                    "Only {items} in {minimum} publication or more, too few for a map.",
                    "Only {items} in {minimum} publications or more, too few for a map.",
                    values["minimum"],
                ).format(items=counted(self.items, values["items"]), minimum=grouped(values["minimum"]))
            case "many":
                return ngettext(
                    "{items} in {minimum} publication or more, and at most {most} are drawn: raise the number.",
                    "{items} in {minimum} publications or more, and at most {most} are drawn: raise the number.",
                    values["minimum"],
                ).format(
                    items=counted(self.items, values["items"]),
                    minimum=grouped(values["minimum"]),
                    most=grouped(values["most"]),
                )
            case "pairs":
                return _(
                    "The publications link {pairs} pairs, more than can be counted: raise the number of publications "
                    "in which each stands."
                ).format(pairs=grouped(values["pairs"]))
            case "texts":
                return _(
                    "The texts have {characters} characters, and terms are found in {most} at most: map the terms of "
                    "titles alone, or keywords."
                ).format(characters=grouped(values["characters"]), most=grouped(values["most"]))
            case "publications":
                return _("It has {publications} publications, and maps are drawn of {most} at most.").format(
                    publications=grouped(values["publications"]), most=grouped(values["most"])
                )
            case "failed":
                return _("It could not be made, and is tried again in an hour at the earliest.")
        return DataText(values["text"])
