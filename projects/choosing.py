"""Projects chosen to be compared: how addresses name them, of the list where they are ticked and of the comparison."""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from projects.comparing import FEWEST, MOST
from v2xkb.records.documents import SLUG_PATTERN
from v2xkb.records.folding import fold
from v2xkb.records.list_addresses import Address, Fault
from v2xkb.records.models import Record, Redirect
from v2xkb.records.problems import shown
from v2xkb.records.spellings import Guesses, Spellings

PROJECT = "p"
# What the list's button gives beside the projects that are ticked.
COMPARE = "compare"
KIND = "project"
# Further values of an address are too many whatever they name, and none of them is looked up.
MOST_READ = 4 * MOST

Pairs = Iterable[tuple[str, str]]


class Chosen:
    """The projects an address asks for, by slug, by former slug or by name; read only as far as it asks."""

    def __init__(self, query: QueryDict) -> None:
        self.given = query.getlist(PROJECT)
        self.asked = list(dict.fromkeys(text for text in self.given if text.strip()))
        read = self.asked[:MOST_READ]
        present = self._with_slugs(read)
        rest = [text for text in read if text not in present]
        self._former = Redirect.objects.targets_of(KIND, slugs_among(rest)) if rest else {}
        moved = Record.objects.with_pids([pid for pid in self._former.values() if pid]) if self._former else []
        new = {record.pid: record.slug for record in moved}
        by_name = {fold(label): slug for slug, label in self.names.items()} if rest else {}
        self.found = {
            text: text if text in present else new.get(self._former.get(text, "")) or by_name.get(fold(text), "")
            for text in read
        }
        self._labels = present

    def _with_slugs(self, texts: list[str]) -> dict[str, str]:
        slugs = slugs_among(texts)
        return dict(Record.objects.with_slugs(KIND, slugs).values_list("slug", "label")) if slugs else {}

    @cached_property
    def names(self) -> dict[str, str]:
        """Every project by its slug, in the order of lists."""
        return dict(Record.objects.names_of(KIND))

    @cached_property
    def _spellings(self) -> Spellings:
        return Spellings(self.names)

    @cached_property
    def _guesses(self) -> Guesses:
        return Guesses()

    @property
    def slugs(self) -> list[str]:
        """Those found, in the order given."""
        return list(dict.fromkeys(slug for slug in self.found.values() if slug))

    @property
    def named(self) -> list[tuple[str, str]]:
        """(slug, name) of those found."""
        return [(slug, self._labels.get(slug) or self.names[slug]) for slug in self.slugs]

    @property
    def is_tidy(self) -> bool:
        """Whether the address names each once, by its slug."""
        return self.slugs == self.given

    @property
    def moved(self) -> bool:
        return any(text in self._former for text, slug in self.found.items() if slug != text)

    @property
    def can_gain(self) -> bool:
        return len(self.slugs) < MOST

    def unknown(self) -> Iterator[tuple[str, str, str]]:
        """Each value that names no project, what is wrong with it, and the slug that it likely means."""
        for text, slug in self.found.items():
            if slug:
                continue
            if text in self._former:
                told, likely = _("The project was withdrawn."), ""
            else:
                told = self._guesses.remedy(PROJECT, text, lambda: self._spellings)
                likely = self._guesses.likely(PROJECT, [text]).get(text, "")
            yield text, f"{_('“{value}” is no project.').format(value=shown(text))} {told}", likely

    def too_many(self) -> str:
        """What is wrong where more are asked for than stand side by side; else nothing."""
        number = len(self.slugs) if len(self.asked) <= MOST_READ else len(self.asked)
        message = _("{number} projects are too many to compare. Choose at most {most}.")
        return message.format(number=number, most=MOST) if number > MOST else ""

    def too_few(self) -> str:
        if len(self.slugs) >= FEWEST:
            return ""
        chosen = _("One project is chosen.") if self.slugs else _("No project is chosen.")
        return f"{chosen} {_('Choose {fewest} to {most} to compare.').format(fewest=FEWEST, most=MOST)}"


def slugs_among(texts: list[str]) -> list[str]:
    return [text for text in texts if re.fullmatch(SLUG_PATTERN, text)]


def faults_in_list(chosen: Chosen, address: Address) -> Iterator[Fault]:
    """What of the choice the list cannot keep, each with a way on."""
    for text, message, likely in chosen.unknown():
        instead = address.with_instead(PROJECT, {text.strip(): likely}) if likely else ""
        yield Fault(PROJECT, [message], address.without(PROJECT, text), likely, instead)
    if message := chosen.too_many():
        first = chosen.slugs[:MOST]
        yield Fault(PROJECT, [message], address.without(PROJECT), ", ".join(first), address.with_only(p=first))


def in_list(chosen: Chosen, address: Address, shown: Collection[str], kept: Pairs) -> dict[str, Any]:
    """What the page of the list says of the choice, where projects with the slugs `shown` have boxes to tick.

    `kept` is what its form hands on anyway; what has a box is not handed on beside it.
    """
    return {
        "chosen": [(slug, name, without(address, slug)) for slug, name in chosen.named],
        "chosen_slugs": chosen.slugs,
        "comparison": urlencode([(PROJECT, slug) for slug in chosen.slugs]) if len(chosen.slugs) >= FEWEST else "",
        "unchosen": address.without(PROJECT),
        "can_gain": chosen.can_gain,
        "most": MOST,
        "kept": [(name, value) for name, value in kept if name != PROJECT or value not in shown],
    }


def without(address: Address, slug: str) -> str:
    """The same page of the list with one project fewer chosen."""
    return address.link(pair for pair in address.pairs if pair != (PROJECT, slug))
