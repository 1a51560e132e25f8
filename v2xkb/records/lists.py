"""Lists whose whole state stands in the address: filters, chips to take them away, pages; nothing is ignored."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.generic.base import ContextMixin, TemplateResponseMixin, View

from v2xkb.records import registry
from v2xkb.records.exports import TOTAL, Export, documents_of, file_name, reply
from v2xkb.records.facet_values import Facet, Option, nearest_value
from v2xkb.records.facets import FacetedFilterSet
from v2xkb.records.problems import shown

PAGE = "page"
FORMAT = "format"
PAGE_SIZE = 25
# Of a facet with more options, the rest go into a menu.
MOST_CHECKBOXES = 16


@dataclass(frozen=True)
class Fault:
    """A parameter that cannot be answered, why, and the list's address without it."""

    name: str
    messages: list[str]
    without: str


class NoSuchPage(Exception):
    """The address asks for a page that the list does not have."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.messages[0])
        self.fault = fault


@dataclass(frozen=True)
class Chip:
    """A chosen value, and the list's address without it."""

    facet: str
    label: str
    without: str


@dataclass(frozen=True)
class FacetGroup:
    """A facet as a form shows it: options to tick, a menu of further ones, for numbers a place to write a range."""

    facet: Facet
    ticks: list[Option]
    menu: list[Option]
    is_open: bool

    @property
    def is_range(self) -> bool:
        return self.facet.kind in ("number", "years")

    @property
    def chosen(self) -> int:
        return sum(option.selected for option in (*self.ticks, *self.menu))


@dataclass(frozen=True)
class PageLink:
    """A page of the list; `address` is empty for the present one and for a gap, `number` 0 for a gap."""

    number: int
    address: str = ""


class Address:
    """The query part of a list's address: parameters in alphabetical order, values in the order given."""

    def __init__(self, query: QueryDict) -> None:
        self.pairs = [
            (name, value) for name in sorted(query) for value in dict.fromkeys(query.getlist(name)) if value.strip()
        ]

    def link(self, pairs: Iterable[tuple[str, str]]) -> str:
        """Relative address of the list with exactly these parameters."""
        return f"?{urlencode(list(pairs))}"

    def without(self, name: str, value: str | None = None) -> str:
        """Without a value, or without the whole parameter; from the first page on."""
        kept = [pair for pair in self.pairs if pair[0] != name or (value is not None and pair[1] != value)]
        return self.link(pair for pair in kept if pair[0] != PAGE)

    def in_format(self, name: str) -> str:
        """The whole list as a download."""
        others = [pair for pair in self.pairs if pair[0] not in (PAGE, FORMAT)]
        return self.link(sorted([*others, (FORMAT, name)], key=lambda pair: pair[0]))

    def at_page(self, number: int) -> str:
        others = [pair for pair in self.pairs if pair[0] != PAGE]
        return self.link(sorted([*others, (PAGE, str(number))], key=lambda pair: pair[0]) if number > 1 else others)

    @property
    def canonical(self) -> str:
        return self.link(self.pairs) if self.pairs else ""


class FacetedListView(TemplateResponseMixin, ContextMixin, View):
    """A list over a filter set; a wrong or unknown parameter answers 400 and says what would be right.

    `exports` are the forms in which the whole list can be had; they need the `kind` of its records.
    """

    filterset_class: type[FacetedFilterSet]
    opened: frozenset[str] = frozenset()
    kind = ""
    exports: tuple[Export, ...] = ()

    def queryset(self) -> QuerySet[Any]:
        raise NotImplementedError

    def get(self, request: HttpRequest) -> HttpResponseBase:
        address = Address(request.GET)
        if has_blanks(request.GET):
            return HttpResponseRedirect(f"{request.path}{address.canonical}")
        filterset = self.filterset_class(request.GET, self.queryset())
        faults = list(self.faults(filterset, address))
        if faults:
            return self.refusal(request, faults)
        if FORMAT in request.GET:
            return self.download(request, filterset, address)
        try:
            page = page_at(filterset.qs, filterset.total, address)
        except NoSuchPage as error:
            return self.refusal(request, [error.fault])
        return self.render_to_response(self.get_context_data(filterset=filterset, address=address, page=page))

    def download(self, request: HttpRequest, filterset: FacetedFilterSet, address: Address) -> StreamingHttpResponse:
        export = next(export for export in self.exports if export.name == request.GET[FORMAT])
        kind = registry.kind(self.kind)
        documents = documents_of(
            filterset.qs, lambda slug: request.build_absolute_uri(reverse(kind.url_name, args=[slug]))
        )
        asked = [pair for pair in address.pairs if pair[0] != FORMAT]
        response = reply(export.lines(documents), export.content_type, file_name(kind.folder, asked, export.name))
        response[TOTAL] = str(filterset.total)
        return response

    def faults(self, filterset: FacetedFilterSet, address: Address) -> Iterator[Fault]:
        for name, messages in {**filterset.errors, **filterset.unknown_errors}.items():
            yield Fault(name, [str(message) for message in messages], address.without(name))
        offered = {PAGE, FORMAT} if self.exports else {PAGE}
        for name in filterset.data:
            if name not in filterset.filters and name not in filterset.unknown and name not in offered:
                yield Fault(name, ["This page does not offer it."], address.without(name))

        if FORMAT in filterset.data and self.exports:
            known = {export.name: export.label for export in self.exports}
            asked = filterset.data.getlist(FORMAT)
            if len(asked) > 1:
                yield Fault(FORMAT, ["Give one format."], address.without(FORMAT))
            elif asked[0] not in known:
                remedy = nearest_value(asked[0], known)
                yield Fault(FORMAT, [f"“{shown(asked[0])}” is no format here. {remedy}"], address.without(FORMAT))
            if PAGE in filterset.data:
                yield Fault(PAGE, ["A download holds the whole list."], address.without(PAGE))

    def refusal(self, request: HttpRequest, faults: list[Fault]) -> HttpResponse:
        return render(request, "records/bad_request.html", {"faults": faults, **(self.extra_context or {})}, status=400)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        filterset, address, page = kwargs["filterset"], kwargs["address"], kwargs["page"]
        labels = {name: str(declared.label) for name, declared in filterset.filters.items()}
        chips = [Chip(labels[name], label, address.without(name, value)) for name, value, label in filterset.selected]
        return super().get_context_data(
            **kwargs,
            chips=chips,
            groups=[self.group(facet, filterset) for facet in filterset.facets()],
            pages=list(page_links(page, address)),
            total=filterset.total,
            canonical=address.canonical,
            downloads=[(export.label, address.in_format(export.name)) for export in self.exports],
        )

    def group(self, facet: Facet, filterset: FacetedFilterSet) -> FacetGroup:
        options = [option for option in facet.options if option.count or option.selected]
        listed = {option.value for option in options}
        # A range somebody wrote is no option of its facet, and must not get lost when the form is sent again.
        written = [(value, label) for name, value, label in filterset.selected if name == facet.name]
        options += [Option(value, label, 0, True) for value, label in written if value not in listed]
        is_open = facet.name in self.opened or any(option.selected for option in options)
        if len(options) <= MOST_CHECKBOXES:
            return FacetGroup(facet, options, [], is_open)
        most = sorted(options, key=lambda option: -option.count)[: MOST_CHECKBOXES - 4]
        ticks = [option for option in options if option in most or option.selected]
        return FacetGroup(facet, ticks, [option for option in options if option not in ticks], is_open)


def has_blanks(query: QueryDict) -> bool:
    """Whether a parameter is empty, as forms send fields left blank: the address is then tidied first."""
    return any(not value.strip() for _, values in query.lists() for value in values)


def page_at(rows: QuerySet[Any], total: int, address: Address) -> Page[Any]:
    """The page the address asks for, the first unless it says so; raises NoSuchPage."""
    paginator = Paginator(rows, PAGE_SIZE)
    # Known already, so that it is not counted again.
    paginator.count = total
    asked = [value for name, value in address.pairs if name == PAGE] or ["1"]
    # Nine digits are more pages than any list has, and few enough to read as a number.
    number = asked[0][:9]
    if len(asked) > 1 or not (asked[0].isascii() and asked[0].isdecimal() and 0 < int(number) <= paginator.num_pages):
        last = f"from 1 to {paginator.num_pages}" if paginator.num_pages > 1 else "1, the only one"
        raise NoSuchPage(Fault(PAGE, [f"Give one page number, {last}."], address.without(PAGE)))
    return paginator.page(int(number))


def page_links(page: Page[Any], address: Address) -> Iterator[PageLink]:
    """First and last pages, those around the present one, and gaps between."""
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        if not isinstance(number, int):
            yield PageLink(0)
        else:
            yield PageLink(number, "" if number == page.number else address.at_page(number))
