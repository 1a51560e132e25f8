"""Search over records of all kinds, and names to offer while one still writes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from django.views.generic.base import View

from v2xkb.records import registry
from v2xkb.records.list_addresses import PAGE, Address, Fault, has_blanks, mendable
from v2xkb.records.lists import NoSuchPage, page_at, page_links
from v2xkb.records.models import Record
from v2xkb.records.problems import nearest, remedies, shown
from v2xkb.records.querysets import RecordQuerySet
from v2xkb.records.search import Search, Unsearchable, in_rank_order, meeting, read, sources_last
from v2xkb.records.search_matches import hits, synonyms
from v2xkb.records.search_pages import pages_found
from v2xkb.records.search_remedies import FEW, corrections, with_fewer_words
from v2xkb.records.search_suggestions import offered

SUGGESTIONS_TYPE = "application/x-suggestions+json"


def unknown_parameters(query: QueryDict, known: Sequence[str], address: Address) -> Iterator[Fault]:
    """What is asked that the page does not know, and what is asked twice of what can be asked once."""
    for name in query:
        if name not in known:
            message = _("There is no such parameter. Known: %(known)s.") % {"known": ", ".join(known)}
            yield Fault(name, [message], address.without(name))
    if len(query.getlist("q")) > 1:
        yield Fault("q", [_("It is given more than once. Give it once.")], address.without("q"))


class SearchView(TemplateView):
    """Records of all kinds, best matches first, each with why it was found; `kind` narrows."""

    is_expensive = True

    refuses_unknown = True

    template_name = "site/search.html"
    parameters = ("kind", PAGE, "q")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        address = Address(request.GET)
        if has_blanks(request.GET):
            return HttpResponseRedirect(f"{request.path}{address.canonical}")
        faults = list(self.faults(request.GET, address))
        if faults:
            return self.refusal(faults)
        text, kinds = request.GET.get("q", ""), request.GET.getlist("kind")
        try:
            search = read(text) if text else None
            context = self.found(search, text, kinds, address)
        except Unsearchable as error:
            return self.refusal([Fault("q", [str(error)], address.without("q"))])
        except NoSuchPage as error:
            return self.refusal([error.fault])
        return self.render_to_response(self.get_context_data(**context, text=text, canonical=address.canonical))

    def found(self, search: Search | None, text: str, kinds: list[str], address: Address) -> dict[str, Any]:
        found = cast(RecordQuerySet, sources_last(meeting(Record.objects.all(), search)))
        tally = found.count_by_kind() if search else {}
        everywhere = sum(tally.values())
        total = sum(count for kind, count in tally.items() if not kinds or kind in kinds)
        page = page_at(in_rank_order(found.of_kinds(kinds) if kinds else found), total, address)
        return {
            "page": page,
            "pages": list(page_links(page, address)),
            "hits": hits(search, list(page)) if search else [],
            "beside": pages_found(search) if not kinds and page.number == 1 else [],
            "synonyms": synonyms(search, text) if search else [],
            "corrections": corrections(text, everywhere) if search and everywhere <= FEW else [],
            "fewer": with_fewer_words(search, text) if search and not everywhere else [],
            "total": total,
            "everywhere": everywhere,
            "choices": list(self.choices(tally, kinds, text)),
        }

    def faults(self, query: QueryDict, address: Address) -> Iterator[Fault]:
        yield from unknown_parameters(query, self.parameters, address)
        for kind in query.getlist("kind"):
            if kind not in registry.kind_names():
                message = _("“%(kind)s” is no kind of record.") % {"kind": shown(kind)}
                known = registry.kind_names()
                fault = mendable(
                    "kind", [f"{message} {nearest(kind, known)}"], address, remedies([kind.strip()], known)
                )
                yield replace(fault, without=address.without("kind", kind))

    def refusal(self, faults: list[Fault]) -> HttpResponse:
        return render(self.request, "records/bad_request.html", {"faults": faults}, status=400)

    def choices(self, tally: dict[str, int], kinds: list[str], text: str) -> Iterator[dict[str, Any]]:
        """Each kind with hits, as a link that shows only those."""
        for kind in reversed(registry.kinds()):
            if tally.get(kind.name):
                link = f"?{urlencode([('kind', kind.name), ('q', text)])}"
                yield {"kind": kind, "count": tally[kind.name], "link": link, "chosen": kind.name in kinds}


class SuggestionsView(View):
    """Names that hold what was written so far: options for a form's list, or OpenSearch suggestions for browsers."""

    refuses_unknown = True

    parameters = ("format", "q")
    formats = ("html", "json")

    def get(self, request: HttpRequest) -> HttpResponse:
        text, form = request.GET.get("q", ""), request.GET.get("format", "html")
        faults = list(self.faults(request.GET))
        try:
            names = [] if faults else offered(text)
        except Unsearchable:
            # Nobody asked for it but the box, which has nothing to offer then; searching says what is wrong.
            names = []
        if faults:
            return render(request, "records/bad_request.html", {"faults": faults}, status=400)
        if form == "html":
            return render(request, "site/_suggestions.html", {"names": names})
        kinds = [name.kind for name in names]
        pages = [request.build_absolute_uri(name.address) for name in names]
        rows = [text, [name.label for name in names], kinds, pages]
        return JsonResponse(rows, safe=False, content_type=SUGGESTIONS_TYPE, json_dumps_params={"ensure_ascii": False})

    def faults(self, query: QueryDict) -> Iterator[Fault]:
        yield from unknown_parameters(query, self.parameters, Address(query))
        for form in query.getlist("format"):
            if form not in self.formats:
                message = _("“%(format)s” is no format here. Known: %(known)s.")
                yield Fault("format", [message % {"format": shown(form), "known": ", ".join(self.formats)}], "?")
