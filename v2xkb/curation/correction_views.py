"""Public pages of corrections: choose a value, say what is wrong with it."""

import time
from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic.base import View

from v2xkb.curation.correction_forms import MOST_CHARACTERS, MOST_SHOWN, CorrectionForm, Seen
from v2xkb.curation.correction_values import as_html, as_text, below, entries, grounds, values
from v2xkb.curation.corrections import receive
from v2xkb.curation.following_views import address_with
from v2xkb.curation.rate_limit import allows_another, seconds_left
from v2xkb.records import registry
from v2xkb.records.languages import DATA_LANGUAGE, in_data_language
from v2xkb.records.models import Record, Redirect
from v2xkb.records.nodes import Node
from v2xkb.records.pages import Page, page_of
from v2xkb.records.problems import nearest, shown
from v2xkb.records.templatetags.document import data_text

PATH = "path"


class CorrectView(View):
    """`?path=` names the value; without it the page lists all of the record's values to choose from."""

    unkeyed = True

    def get(self, request: HttpRequest, folder: str, slug: str) -> HttpResponse:
        kind = _kind(folder)
        record = Record.objects.at(kind.name, slug).first()
        if record is None:
            return _former(request, kind, slug)
        page = page_of(record)
        asked = request.GET.getlist(PATH)
        if not asked:
            return _choices(request, page)
        node = values(page).get(asked[0]) if len(asked) == 1 else None
        if node is None:
            return _choices(request, page, _unknown(page, asked), HTTPStatus.BAD_REQUEST)
        return _form(request, CorrectionForm(), seen_of(page, node), page)

    def post(self, request: HttpRequest, folder: str, slug: str) -> HttpResponse:
        kind = _kind(folder)
        form = CorrectionForm(request.POST)
        is_sound = form.is_valid()
        seen = form.opened if form.opened and form.opened.kind == kind.name else None
        found = Record.objects.with_pids([seen.pid]) if seen else Record.objects.at(kind.name, slug)
        record = found.first()
        if record is None:
            return _withdrawn(request, form, seen) if seen else _former(request, kind, slug)
        page = page_of(record)
        if sum(len(value) for _name, given in request.POST.lists() for value in given) > MOST_CHARACTERS:
            return _choices(request, page, _too_large(), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if seen is None:
            # The seal is broken, old or another record's: begin anew with what the address names.
            asked = request.GET.getlist(PATH)
            node = values(page).get(asked[0]) if len(asked) == 1 else None
            if node is None:
                return _choices(request, page, _unknown(page, asked), HTTPStatus.BAD_REQUEST)
            form.add_error(None, _("This form is no longer good, or not one of ours. Send it once more."))
            return _form(request, form, seen_of(page, node), page, HTTPStatus.BAD_REQUEST)
        if not is_sound:
            return _form(request, form, seen, page, HTTPStatus.BAD_REQUEST)
        if not allows_another(request):
            return _too_many(request, form, seen, page)
        given = {name: form.cleaned_data[name] for name in ("text", "source", "email")}
        secret = receive(seen, **given, language=get_language() or DATA_LANGUAGE)
        return HttpResponseRedirect(address_with(secret, is_sent=True))


def _kind(folder: str) -> registry.Kind:
    kind = registry.kind_of_folder(folder)
    if kind is None:
        raise Http404("There is no such kind of record.")
    return kind


def _former(request: HttpRequest, kind: registry.Kind, slug: str) -> HttpResponse:
    redirect = Redirect.objects.at(kind.name, slug).first()
    if redirect is None:
        raise Http404("There is no such record.")
    target = Record.objects.with_pids([redirect.target_pid]).first()
    if target is None:
        return render(request, "410.html", {"redirect": redirect, "kind": kind}, status=HTTPStatus.GONE)
    address = reverse("curation:correct", args=[registry.kind(target.kind).folder, target.slug])
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)


def seen_of(page: Page, node: Node) -> Seen:
    with in_data_language():
        text = as_text(node)[:MOST_SHOWN]
    record = page.record
    return Seen(record.kind, record.pid, record.label, record.version, node.path, text, time.time())


def _choices(request: HttpRequest, page: Page, problem: str = "", status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    context = {"page": page, "record": page.record, "entries": entries(page), "problem": problem}
    return render(request, "curation/choose_value.html", context, status=status)


def _unknown(page: Page, asked: list[str]) -> str:
    if len(asked) != 1:
        return _("Name one value.")
    told = _("This record has no value “{path}”.").format(path=shown(asked[0]))
    return f"{told} {nearest(asked[0], values(page))}"


def _form(
    request: HttpRequest, form: CorrectionForm, seen: Seen, page: Page | None, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    node = values(page).get(seen.path) if page else None
    context = {
        "form": form,
        "seen": seen,
        "record": page.record if page else None,
        "folder": registry.kind(seen.kind).folder,
        "text": as_html(node) if node else data_text(seen.shown),
        "finer": below(node) if node else [],
        "grounds": grounds(page, seen.path) if page else None,
    }
    return render(request, "curation/correct.html", context, status=status)


def _withdrawn(request: HttpRequest, form: CorrectionForm, seen: Seen) -> HttpResponse:
    form.add_error(None, _("This record was withdrawn meanwhile, so there is nothing left to correct."))
    return _form(request, form, seen, None, HTTPStatus.GONE)


def _too_large() -> str:
    told = _("What was sent has more than {number} characters and was not kept. Shorten it and send it again.")
    return told.format(number=f"{MOST_CHARACTERS:_}".replace("_", " "))


def _too_many(request: HttpRequest, form: CorrectionForm, seen: Seen, page: Page) -> HttpResponse:
    told = _("Nothing was kept: there is a limit of {number} corrections a day from one place. Send it tomorrow.")
    form.add_error(None, told.format(number=settings.CORRECTIONS_A_DAY))
    response = _form(request, form, seen, page, HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(seconds_left())
    return response
