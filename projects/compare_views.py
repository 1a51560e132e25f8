"""The page that sets a few projects side by side, and what it answers where it cannot."""

import re
from collections.abc import Iterator, Mapping
from string import ascii_uppercase
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.generic import View

from projects.comparing import FEWEST, MOST, compared, lines
from v2xkb.records.documents import SLUG_PATTERN
from v2xkb.records.exports import CSV, FORMAT, file_name, reply
from v2xkb.records.facet_values import nearest_value, of_value
from v2xkb.records.folding import fold
from v2xkb.records.languages import in_data_language
from v2xkb.records.lists import Address, Fault, has_blanks
from v2xkb.records.models import Record, Redirect
from v2xkb.records.pages import pages_of
from v2xkb.records.problems import shown

PROJECT = "p"
KIND = "project"


class Choice:
    """The projects an address asks for, by slug, by former slug or by name."""

    def __init__(self, asked: list[str]) -> None:
        self.names = dict(Record.objects.names_of(KIND))
        former = Redirect.objects.targets_of(KIND, [text for text in asked if re.fullmatch(SLUG_PATTERN, text)])
        targets = Record.objects.with_pids([pid for pid in former.values() if pid])
        self._moved = {record.pid: record.slug for record in targets}
        self._former = former
        by_name = {fold(label): slug for slug, label in self.names.items()}
        self.found = {text: self._slug(text, by_name) for text in asked}

    def _slug(self, text: str, by_name: Mapping[str, str]) -> str:
        """Empty where there is no such project."""
        if text in self.names:
            return text
        return self._moved.get(self._former.get(text, ""), "") or by_name.get(fold(text), "")

    @property
    def slugs(self) -> list[str]:
        return list(dict.fromkeys(slug for slug in self.found.values() if slug))

    @property
    def moved(self) -> bool:
        return any(text in self._former for text, slug in self.found.items() if slug != text)

    def faults(self) -> Iterator[Fault]:
        for text, slug in self.found.items():
            if not slug:
                gone = _("The project was withdrawn.") if text in self._former else nearest_value(text, self.names)
                message = _("“{value}” is no project.").format(value=shown(text))
                yield Fault(PROJECT, [f"{message} {gone}"], "")
        if len(self.slugs) > MOST:
            message = _("{number} projects are too many to compare. Choose at most {most}.")
            yield Fault(PROJECT, [message.format(number=len(self.slugs), most=MOST)], "")
        elif len(self.slugs) < FEWEST:
            chosen = _("One project is chosen.") if self.slugs else _("No project is chosen.")
            message = _("Choose {fewest} to {most} to compare.").format(fewest=FEWEST, most=MOST)
            yield Fault(PROJECT, [f"{chosen} {message}"], "")


class CompareView(View):
    """Two to five projects side by side; anything else answers 400 with a way on."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        address = Address(request.GET)
        asked = [value for name, value in address.pairs if name == PROJECT]
        others = [(name, value) for name, value in address.pairs if name != PROJECT]
        choice = Choice(asked[: 4 * MOST])
        faults = [*choice.faults(), *wrong(others)]
        if faults:
            return self.refusal(request, choice, faults)
        permalink = query([*((PROJECT, slug) for slug in choice.slugs), *others])
        if choice.slugs != request.GET.getlist(PROJECT) or has_blanks(request.GET):
            # A former slug has moved for good; a name that was typed, or a field left blank, is only tidied.
            redirect = HttpResponsePermanentRedirect if choice.moved else HttpResponseRedirect
            return redirect(f"{request.path}{permalink}")
        found = {record.slug: record for record in Record.objects.with_slugs(KIND, choice.slugs)}
        comparison = compared(pages_of([found[slug] for slug in choice.slugs]))
        if others:
            with in_data_language():
                addresses = [request.build_absolute_uri(page.record.get_absolute_url()) for page in comparison.pages]
            name = file_name("comparison", [(slug, "") for slug in choice.slugs], CSV)
            return reply(lines(comparison, addresses), "text/csv; charset=utf-8; header=present", name)
        context = {
            "comparison": comparison,
            "columns": [
                (page, without(choice.slugs, page.record.slug), letter)
                for page, letter in zip(comparison.pages, ascii_uppercase, strict=False)
            ],
            "permalink": permalink,
            "canonical": permalink,
            "csv": query([*((PROJECT, slug) for slug in choice.slugs), (FORMAT, CSV)]),
            "can_lose": len(choice.slugs) > FEWEST,
            **self.adding(choice),
        }
        return render(request, "projects/compare.html", context)

    def refusal(self, request: HttpRequest, choice: Choice, faults: list[Fault]) -> HttpResponse:
        chosen = [(slug, choice.names[slug], without(choice.slugs, slug)) for slug in choice.slugs]
        is_enough = FEWEST <= len(chosen) <= MOST
        permalink = query([(PROJECT, slug) for slug in choice.slugs]) if is_enough else ""
        context = {"faults": faults, "chosen": chosen, "permalink": permalink, **self.adding(choice)}
        return render(request, "projects/compare_refused.html", context, status=400)

    def adding(self, choice: Choice) -> dict[str, object]:
        """What the form reads that adds a project."""
        rest = [(slug, name) for slug, name in choice.names.items() if slug not in choice.slugs]
        return {
            "section": "projects",
            "slugs": choice.slugs,
            "rest": rest,
            "can_gain": len(choice.slugs) < MOST,
            "most": MOST,
        }


def wrong(others: list[tuple[str, str]]) -> Iterator[Fault]:
    """What the address asks for besides projects that the page does not know."""
    for name, value in others:
        if name != FORMAT:
            remedy = nearest_value(name, {PROJECT: _("project"), FORMAT: "format"})
            yield Fault(name, [f"{_('There is no such parameter.')} {remedy}"], "")
        elif value != CSV:
            fault = f"{_('is no format here.')} {_('Did you mean “{name}”?').format(name=CSV)}"
            yield Fault(name, [of_value(value, fault)], "")


def query(pairs: list[tuple[str, str]]) -> str:
    """Projects in the order of their columns, then the rest."""
    return f"?{urlencode(pairs)}"


def without(slugs: list[str], slug: str) -> str:
    return query([(PROJECT, other) for other in slugs if other != slug])
