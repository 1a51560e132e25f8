"""Pages that belong to no single app: home, search, about."""

from collections.abc import Iterator
from typing import Any, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.views.generic import TemplateView

from barriers.models import Barrier
from projects.models import Collection, Project
from v2xkb.records import registry
from v2xkb.records.lists import PAGE, Address, Fault, NoSuchPage, has_blanks, page_at, page_links
from v2xkb.records.models import Record
from v2xkb.records.problems import nearest, shown
from v2xkb.records.querysets import RecordQuerySet
from v2xkb.records.search import SearchTooLong, in_rank_order, search_records


class HomeView(TemplateView):
    template_name = "site/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            tiers=Project.objects.count_by_tier(),
            kinds=Record.objects.count_by_kind(),
            barriers=Barrier.objects.for_list(),
            collections=Collection.objects.with_address().in_order(),
        )


class SearchView(TemplateView):
    """Records of all kinds, best matches first; `kind` narrows."""

    template_name = "site/search.html"
    parameters = ("kind", PAGE, "q")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        address = Address(request.GET)
        if has_blanks(request.GET):
            return HttpResponseRedirect(f"{request.path}{address.canonical}")
        text, kinds = request.GET.get("q", ""), request.GET.getlist("kind")
        faults = list(self.faults(request.GET, address))
        if faults:
            return self.refusal(faults)
        try:
            found = cast(RecordQuerySet, search_records(text)) if text else Record.objects.none()
        except SearchTooLong as error:
            return self.refusal([Fault("q", [str(error)], address.without("q"))])
        tally = found.count_by_kind()
        chosen = found.of_kinds(kinds) if kinds else found
        total = sum(count for kind, count in tally.items() if not kinds or kind in kinds)
        try:
            page = page_at(in_rank_order(chosen), total, address)
        except NoSuchPage as error:
            return self.refusal([error.fault])
        context = self.get_context_data(
            text=text,
            page=page,
            pages=list(page_links(page, address)),
            total=total,
            everywhere=sum(tally.values()),
            choices=list(self.choices(tally, kinds, text)),
            canonical=address.canonical,
        )
        return self.render_to_response(context)

    def faults(self, query: QueryDict, address: Address) -> Iterator[Fault]:
        for name in query:
            if name not in self.parameters:
                known = ", ".join(self.parameters)
                yield Fault(name, [f"There is no such parameter. Known: {known}."], address.without(name))
        if len(query.getlist("q")) > 1:
            yield Fault("q", ["It is given more than once. Give it once."], address.without("q"))
        for kind in query.getlist("kind"):
            if kind not in registry.kind_names():
                message = f"“{shown(kind)}” is no kind of record. {nearest(kind, registry.kind_names())}"
                yield Fault("kind", [message], address.without("kind", kind))

    def refusal(self, faults: list[Fault]) -> HttpResponse:
        return render(self.request, "records/bad_request.html", {"faults": faults}, status=400)

    def choices(self, tally: dict[str, int], kinds: list[str], text: str) -> Iterator[dict[str, Any]]:
        """Each kind with hits, as a link that shows only those."""
        for kind in reversed(registry.kinds()):
            if tally.get(kind.name):
                link = f"?{urlencode([('kind', kind.name), ('q', text)])}"
                yield {"kind": kind, "count": tally[kind.name], "link": link, "chosen": kind.name in kinds}


class AboutView(TemplateView):
    template_name = "site/about.html"
    extra_context = {"section": "about"}


class InclusionView(TemplateView):
    template_name = "site/inclusion.html"
    extra_context = {"section": "about"}


class AccessibilityView(TemplateView):
    template_name = "site/accessibility.html"
    extra_context = {"section": "about"}
