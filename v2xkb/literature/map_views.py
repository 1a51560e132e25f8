"""Pages of keyword maps: what the paper saw beside ours, a map by its rule, and the publications behind it."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import ContextMixin, TemplateResponseMixin, View

from v2xkb.charts.chart import Chart
from v2xkb.charts.drawing import CannotDraw
from v2xkb.charts.replies import CONTENT_TYPES, DATA, chart_reply, not_drawn
from v2xkb.literature import map_process, map_store
from v2xkb.literature.corpora.documents import Items
from v2xkb.literature.corpus_models import Publication
from v2xkb.literature.item_names import TOGETHER, counted
from v2xkb.literature.keyword_maps import (
    SELECTIONS,
    Keyword,
    KeywordMap,
    Publications,
    Question,
    Rule,
    Selection,
    publications_called,
)
from v2xkb.literature.map_charts import View as Look
from v2xkb.literature.map_replies import NoMap, made_of, plainly
from v2xkb.literature.map_rule import RuleForm
from v2xkb.literature.map_shown import shown
from v2xkb.literature.map_table import ORDERS, USUAL, headings, ordered
from v2xkb.literature.maps.spellings import folded
from v2xkb.literature.models import Reference
from v2xkb.literature.observations import OBSERVATIONS
from v2xkb.records.languages import in_data_language
from v2xkb.records.list_addresses import PAGE, SORT, Address, Fault, has_blanks
from v2xkb.records.lists import NoSuchPage, page_at, page_links

SECTION = {"section": "literature"}
KEYWORD = "keyword"
MOST_KEYWORDS = 2
STRONGEST = 25
# What the paper saw, it saw of keywords.
OF_WORDS = (Items.INDEX_KEYWORDS, Items.AUTHOR_KEYWORDS, Items.KEYWORDS)
FILES = {
    "json": ("application/json", "VOSviewer JSON"),
    "map.txt": ("text/tab-separated-values; charset=utf-8", gettext_lazy("VOSviewer map")),
    "network.txt": ("text/tab-separated-values; charset=utf-8", gettext_lazy("VOSviewer network")),
    "gexf": ("application/gexf+xml", "GEXF"),
}


class WrongRule(Exception):
    """Parameters that no map is made by."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(faults)
        self.faults = faults


@dataclass(frozen=True)
class Wanted:
    """A map as an address asks for it; `given` are the parameters that differ from the usual."""

    question: Question
    given: tuple[tuple[str, str], ...]
    form: RuleForm

    @property
    def query(self) -> str:
        return f"?{urlencode(self.given)}" if self.given else ""

    def address(self, name: str, **more: str) -> str:
        return (
            f"{reverse(f'literature:{name}', kwargs={'selection': self.question.selection.name, **more})}{self.query}"
        )

    def behind(self, *keywords: Keyword) -> str:
        """The address of the publications that have all of these keywords."""
        pairs = sorted([*self.given, *((KEYWORD, one.label) for one in keywords)], key=lambda pair: pair[0])
        return f"{reverse('literature:map-publications', args=[self.question.selection.name])}?{urlencode(pairs)}"


def read(request: HttpRequest, publications: Publications, beside: Sequence[str] = ()) -> Wanted:
    """Raises WrongRule."""
    address = Address(request.GET)
    form = RuleForm(publications, {name: request.GET[name] for name in request.GET})
    faults = [
        Fault(name, [_("This page does not offer it.")], address.without(name))
        for name in request.GET
        if name not in form.fields and name not in beside
    ]
    faults += [
        Fault(name, [_("It is given more than once. Give it once.")], address.without(name))
        for name in form.fields
        if len(request.GET.getlist(name)) > 1
    ]
    faults += [
        Fault(name, [str(message) for message in messages], address.without(name))
        for name, messages in form.errors.items()
    ]
    if faults:
        raise WrongRule(faults)
    chosen = form.cleaned_data
    chosen["resolution"] = float(chosen["resolution"])
    given = tuple((name, str(chosen[name])) for name in sorted(chosen) if chosen[name] != form.usual[name])
    return Wanted(Question(publications, Rule(**{**chosen, "items": Items(chosen["items"])})), given, form)


class MapView(ContextMixin, View):
    """What is asked about the map of one selection; whoever asks first for a large one has the worker make it."""

    is_expensive = True

    refuses_unknown = True
    unkeyed = True
    beside: tuple[str, ...] = ()
    extra_context = SECTION

    def get(self, request: HttpRequest, selection: str, **parts: str) -> HttpResponseBase:
        publications = publications_called(selection)
        if publications is None:
            raise Http404("There is no such map.")
        if has_blanks(request.GET):
            return HttpResponseRedirect(f"{request.path}{Address(request.GET).canonical}")
        try:
            wanted = read(request, publications, self.beside)
        except WrongRule as error:
            return bad_request(request, *error.faults)
        try:
            try:
                return self.answer(wanted, **parts)
            except map_store.NotMade:
                # Part of the map is kept no longer.
                map_store.forget(wanted.question.key)
                return self.answer(wanted, **parts)
        except NoMap as error:
            return self.without(wanted, error)
        except CannotDraw as error:
            return not_drawn(error)

    def answer(self, wanted: Wanted, **parts: str) -> HttpResponseBase:
        """Raises what `made` and `map_store` raise."""
        raise NotImplementedError

    def without(self, wanted: Wanted, error: NoMap) -> HttpResponseBase:
        """What is said where there is no map, or none yet."""
        return plainly(error)


class KeywordMapView(TemplateResponseMixin, MapView):
    beside = (SORT,)
    template_name = "literature/map.html"

    def about(self, wanted: Wanted) -> dict[str, Any]:
        """What the page says of a map that it may not have."""
        return {
            "wanted": wanted,
            "canonical": wanted.query,
            "selection": wanted.question.selection,
            "together": TOGETHER[wanted.question.rule.items],
        }

    def without(self, wanted: Wanted, error: NoMap) -> HttpResponseBase:
        return error.noted(self.render_to_response(self.get_context_data(**self.about(wanted), reason=error)))

    def answer(self, wanted: Wanted, **parts: str) -> HttpResponseBase:
        order, *others = self.request.GET.getlist(SORT) or [USUAL]
        if others or order not in ORDERS:
            message = _("Sort by one of these: {orders}.").format(orders=", ".join(ORDERS))
            return bad_request(self.request, Fault(SORT, [message], wanted.query or "?"))
        made, made_by = made_of(wanted.question), wanted.question.rule
        by_id = {one.id: one for one in made.keywords}
        strongest = sorted(made.links, key=lambda link: (-link[2], link[0], link[1]))[:STRONGEST]
        pairs = [(by_id[low], by_id[high], strength) for low, high, strength in strongest]
        return self.render_to_response(
            self.get_context_data(
                **self.about(wanted),
                map=made,
                publications=made.publications,
                charts=charts(wanted, made),
                headings=headings(made_by.items, order, wanted.given),
                counted=counted(made_by.items, len(made.keywords)),
                rows=[(one, wanted.behind(one)) for one in ordered(made, order)],
                data=wanted.address("map-file", form="json"),
                behind=wanted.behind(),
                clusters=[
                    (number, [(one, wanted.behind(one)) for one in keywords])
                    for number, keywords in made.clusters.items()
                ],
                pairs=[(*pair, wanted.behind(pair[0], pair[1])) for pair in pairs],
                files=[(label, wanted.address("map-file", form=form)) for form, (_type, label) in FILES.items()],
                observations=[
                    (one, one.verdict(made)) for one in OBSERVATIONS if wanted.question.rule.items in OF_WORDS
                ],
            )
        )


class MapChartView(MapView):
    """A view of a map, drawn or as data."""

    def answer(self, wanted: Wanted, **parts: str) -> HttpResponseBase:
        form = parts["form"]
        if parts["view"] not in list(Look) or form not in CONTENT_TYPES:
            raise Http404("There is no such view.")
        made = made_of(wanted.question)
        if Look(parts["view"]) not in looks(made):
            raise Http404("No year of its publications is known.")
        with in_data_language() if form in DATA else nullcontext():
            return chart_reply(view_of(wanted, made, Look(parts["view"])), form)


class MapFileView(MapView):
    """A map as a file for other programs."""

    def answer(self, wanted: Wanted, **parts: str) -> HttpResponseBase:
        form = parts["form"]
        if form not in FILES:
            raise Http404("No map comes in this form.")
        made_of(wanted.question)
        content = map_process.file(wanted.question.key, form)
        name = f"v2xkb-map-{wanted.question.selection.name}"
        file = f"{name}-{form}" if form.endswith(".txt") else f"{name}.{form}"
        disposition = f'attachment; filename="{file}"'
        return HttpResponse(content, content_type=FILES[form][0], headers={"Content-Disposition": disposition})


class MapThesaurusView(View):
    """The thesaurus of a map, as it was uploaded."""

    def get(self, request: HttpRequest, selection: str) -> HttpResponseBase:
        publications = publications_called(selection)
        if publications is None or publications.thesaurus is None:
            raise Http404("There is no such thesaurus.")
        disposition = f'attachment; filename="v2xkb-thesaurus-{publications.name}.txt"'
        return HttpResponse(
            publications.thesaurus.text,
            content_type=FILES["map.txt"][0],
            headers={"Content-Disposition": disposition},
        )


class MapPublicationsView(TemplateResponseMixin, MapView):
    """The publications of a map that have a keyword, or two together."""

    beside = (KEYWORD, PAGE)
    template_name = "literature/map_publications.html"

    def answer(self, wanted: Wanted, **parts: str) -> HttpResponseBase:
        asked = list(dict.fromkeys(self.request.GET.getlist(KEYWORD)))
        if not 1 <= len(asked) <= MOST_KEYWORDS:
            fault = Fault(KEYWORD, [_("Give one item of the map, or two for what has both.")], wanted.query or "?")
            return bad_request(self.request, fault)
        made_of(wanted.question)
        keys = map_store.behind(wanted.question.key).having([folded(keyword) for keyword in asked])
        if keys is None:
            fault = Fault(KEYWORD, [_("This map does not have it.")], wanted.query or "?")
            return bad_request(self.request, fault)
        address = Address(self.request.GET)
        try:
            page = page_at(keys, len(keys), address)
        except NoSuchPage as error:
            return bad_request(self.request, error.fault)
        is_ours, shown_keys = isinstance(wanted.question.selection, Selection), list(page)
        return self.render_to_response(
            self.get_context_data(
                wanted=wanted,
                selection=wanted.question.selection,
                keywords=asked,
                total=len(keys),
                back=wanted.address("map"),
                page=page,
                pages=list(page_links(page, address)),
                references=Reference.objects.called(shown_keys) if is_ours else (),
                publications=[] if is_ours else Publication.objects.listed([int(key) for key in shown_keys]),
            )
        )


class KeywordMapsView(TemplateResponseMixin, ContextMixin, View):
    """What the paper says of its figures 1 to 4, beside what our maps show by the usual rule."""

    template_name = "literature/maps.html"
    extra_context = SECTION

    def get(self, request: HttpRequest) -> HttpResponseBase:
        all_of_ours = [one for name in SELECTIONS if (one := publications_called(name))]
        asked = [Wanted(Question(one, one.usual), (), RuleForm(one, {})) for one in all_of_ours]
        try:
            maps = [made_of(wanted.question) for wanted in asked]
        except NoMap as error:
            return error.noted(self.render_to_response(self.get_context_data(reason=error)))
        drawn = [(wanted, made, charts(wanted, made)[:2]) for wanted, made in zip(asked, maps, strict=True)]
        compared = [(one, [one.verdict(made) for made in maps]) for one in OBSERVATIONS]
        return self.render_to_response(self.get_context_data(shown=drawn, compared=compared))


def bad_request(request: HttpRequest, *faults: Fault) -> HttpResponse:
    return render(request, "records/bad_request.html", {"faults": faults, **SECTION}, status=400)


def charts(wanted: Wanted, made: KeywordMap) -> list[tuple[Chart, str]]:
    """Every view of a map, with its address."""
    return [(view_of(wanted, made, view), chart_address(wanted, view)) for view in looks(made)]


def looks(made: KeywordMap) -> list[Look]:
    """The views there are: years are shown where any is known."""
    has_years = any(keyword.year is not None for keyword in made.keywords)
    return [look for look in Look if has_years or look is not Look.OVERLAY]


def view_of(wanted: Wanted, made: KeywordMap, view: Look) -> Chart:
    return shown(made, view, wanted.question.rule.items, wanted.behind)


def chart_address(wanted: Wanted, view: str) -> str:
    """Of a view without its form, to which the form is added where it is asked for."""
    return wanted.address("map-chart", view=view, form="svg").replace(".svg", "", 1)
