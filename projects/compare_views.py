"""The page that sets a few projects side by side, and what it answers where it cannot."""

from collections.abc import Iterator
from string import ascii_uppercase
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.generic import View

from projects.choosing import KIND, PROJECT, Chosen
from projects.comparing import FEWEST, MOST, compared, lines
from v2xkb.records.exports import CSV, FORMAT, file_name, reply
from v2xkb.records.facet_values import of_value
from v2xkb.records.languages import in_data_language
from v2xkb.records.list_addresses import Address, Fault, has_blanks
from v2xkb.records.models import Record
from v2xkb.records.pages import pages_of
from v2xkb.records.spellings import nearest_value


class CompareView(View):
    """Two to five projects side by side; anything else answers 400 with a way on."""

    refuses_unknown = True

    def get(self, request: HttpRequest) -> HttpResponseBase:
        others = [(name, value) for name, value in Address(request.GET).pairs if name != PROJECT]
        chosen = Chosen(request.GET)
        faults = [*wrong_choice(chosen), *wrong(others)]
        if faults:
            return self.refusal(request, chosen, faults)
        permalink = query([*((PROJECT, slug) for slug in chosen.slugs), *others])
        if not chosen.is_tidy or has_blanks(request.GET):
            # A former slug has moved for good; a name that was typed, or a field left blank, is only tidied.
            redirect = HttpResponsePermanentRedirect if chosen.moved else HttpResponseRedirect
            return redirect(f"{request.path}{permalink}")
        found = {record.slug: record for record in Record.objects.with_slugs(KIND, chosen.slugs)}
        comparison = compared(pages_of([found[slug] for slug in chosen.slugs]))
        if others:
            with in_data_language():
                addresses = [request.build_absolute_uri(page.record.get_absolute_url()) for page in comparison.pages]
            name = file_name("comparison", [(slug, "") for slug in chosen.slugs], CSV)
            return reply(lines(comparison, addresses), "text/csv; charset=utf-8; header=present", name)
        context = {
            "comparison": comparison,
            "columns": [
                (page, without(chosen.slugs, page.record.slug), letter)
                for page, letter in zip(comparison.pages, ascii_uppercase, strict=False)
            ],
            "permalink": permalink,
            "canonical": permalink,
            "csv": query([*((PROJECT, slug) for slug in chosen.slugs), (FORMAT, CSV)]),
            "can_lose": len(chosen.slugs) > FEWEST,
            **self.adding(chosen),
        }
        return render(request, "projects/compare.html", context)

    def refusal(self, request: HttpRequest, chosen: Chosen, faults: list[Fault]) -> HttpResponse:
        named = [(slug, name, without(chosen.slugs, slug)) for slug, name in chosen.named]
        is_enough = FEWEST <= len(named) <= MOST
        permalink = query([(PROJECT, slug) for slug in chosen.slugs]) if is_enough else ""
        context = {"faults": faults, "chosen": named, "permalink": permalink, **self.adding(chosen)}
        return render(request, "projects/compare_refused.html", context, status=400)

    def adding(self, chosen: Chosen) -> dict[str, object]:
        """What the form reads that adds a project."""
        rest = [(slug, name) for slug, name in chosen.names.items() if slug not in chosen.slugs]
        return {
            "section": "projects",
            "slugs": chosen.slugs,
            "rest": rest,
            "can_gain": chosen.can_gain,
            "most": MOST,
            "list_query": query([(PROJECT, slug) for slug in chosen.slugs]) if 0 < len(chosen.slugs) <= MOST else "",
        }


def wrong_choice(chosen: Chosen) -> Iterator[Fault]:
    for _text, message, _likely in chosen.unknown():
        yield Fault(PROJECT, [message], "")
    if message := chosen.too_many() or chosen.too_few():
        yield Fault(PROJECT, [message], "")


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
