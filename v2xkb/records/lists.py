"""Lists whose whole state stands in the address: filters, chips to take them away, pages; nothing is ignored."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.generic.base import ContextMixin, TemplateResponseMixin

from v2xkb.numbers import whole_number_in
from v2xkb.records import registry
from v2xkb.records.exports import EVERYTHING, FORMAT, REVISION, TOTAL, CannotHold, Export, Listing, file_name, reply
from v2xkb.records.facet_filters import EVERY
from v2xkb.records.facet_groups import FacetGroup, group_of
from v2xkb.records.facet_loosening import Loosening, alone, loosened
from v2xkb.records.facet_remedies import meant
from v2xkb.records.facet_singles import RELEVANCE, Order
from v2xkb.records.facet_values import Facet, of_value
from v2xkb.records.facets import FacetedFilterSet, InPages
from v2xkb.records.flat_rows import whole_records
from v2xkb.records.languages import DATA_LANGUAGE, path_in
from v2xkb.records.linked_data import item_list
from v2xkb.records.list_addresses import ALL, PAGE, SORT, Address, Fault, mendable, tidied
from v2xkb.records.list_table import NAME_COLUMN, Column
from v2xkb.records.models import Record, Revision
from v2xkb.records.negotiating import CSV, JSON, JSON_LD, TURTLE, Form, Negotiated, by_interface, linked, page_of_form
from v2xkb.records.spellings import nearest_value
from v2xkb.records.streams import in_one_moment

PAGE_SIZE = 25
# The header by which a reply tells htmx the address to show.
PUSHED = "HX-Push-Url"
VIEW, COLUMNS = "view", "columns"
CARDS, TABLE = "cards", "table"


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
class PageLink:
    """A page of the list; `address` is empty for the present one and for a gap, `number` 0 for a gap."""

    number: int
    address: str = ""


@dataclass(frozen=True)
class Choice:
    """A way to show the list that can be chosen, and the address that shows it so."""

    label: str
    address: str
    is_current: bool


@dataclass(frozen=True)
class Heading:
    """A column of a table as its head shows it; `order` is how the rows are ordered by it, `address` orders them so."""

    column: Column
    order: str
    address: str


@dataclass(frozen=True)
class Loosened:
    """A filter that can be taken away or kept alone, and what would then be left."""

    loosening: Loosening
    address: str


class FacetedListView(TemplateResponseMixin, ContextMixin, Negotiated):
    """A list over a filter set; a wrong or unknown parameter answers 400 and says what would be right.

    `exports` are the forms in which the whole list can be had, where they differ from any kind's. With `columns`, the
    list can be had as a table too, with those of `usual_columns` unless others are asked for. Parameters that stand
    `beside` are kept by all links of the page and change nothing of the list, so that no download has them. Every reply
    is a whole page, whoever asks: in a browser with scripts, htmx takes the list out of it and swaps that in place.
    """

    refuses_unknown = True

    filterset_class: type[FacetedFilterSet]
    rows: QuerySet[Any]
    # 0 for a list that is never cut into pages.
    page_size = PAGE_SIZE
    opened: frozenset[str] = frozenset()
    exports: Sequence[Export] = ()
    columns: tuple[Column, ...] = ()
    usual_columns: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    listing_class: type[Listing] = Listing

    @property
    def forms(self) -> Sequence[Form]:  # type: ignore[override]
        return JSON, CSV, JSON_LD, TURTLE

    @property
    def kind_listed(self) -> registry.Kind:
        return registry.kind_of_model(self.filterset_class._meta.model)

    @property
    def exported(self) -> Sequence[Export]:
        return self.exports or whole_records(self.kind_listed.document)

    @property
    def listed_as(self) -> str:
        """How files of the list are called."""
        return self.kind_listed.folder

    def everything(self) -> int:
        """How many rows there are, whatever is asked."""
        return Record.objects.of_kind(self.kind_listed.name).count()

    def addresses(self) -> Callable[[str], str]:
        """From a record's slug to its page's address: worked out once, for a list has very many."""
        page = self.kind_listed.page(registry.ANY_SLUG)
        before, after = self.request.build_absolute_uri(path_in(DATA_LANGUAGE, page)).rsplit(registry.ANY_SLUG, 1)
        return lambda slug: f"{before}{slug}{after}"

    def queryset(self) -> QuerySet[Any]:
        """All that the filters choose from: `rows`, never evaluated themselves, unless the request matters to it."""
        return self.rows.all()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return in_one_moment(lambda: super(FacetedListView, self).dispatch(request, *args, **kwargs))

    def get(self, request: HttpRequest) -> HttpResponseBase:
        address = Address(request.GET)
        tidy = self.tidy()
        if tidy is not None:
            return HttpResponseRedirect(f"{request.path}{tidy}")
        filterset = self.filterset_class(request.GET, self.queryset())
        faults = list(self.faults(filterset, address))
        if faults:
            return self.refusal(request, faults)
        if FORMAT in request.GET:
            return self.download(request, filterset, address, request.GET[FORMAT])
        try:
            page = page_at(filterset.in_pages, filterset.total, address, self.page_size or max(filterset.total, 1))
        except NoSuchPage as error:
            return self.refusal(request, [error.fault])
        response = self.render_to_response(self.get_context_data(filterset=filterset, address=address, page=page))
        # Sent whoever asks, so that the reply doesn't depend on that: htmx then shows the canonical address.
        response[PUSHED] = f"{request.path}{address.canonical}"
        response["Link"] = ", ".join(self.alternates(request.path, address.apart_from(self.beside).canonical))
        return response

    def in_form(self, form: Form, **kwargs: Any) -> HttpResponseBase:
        """The list as REST has it, as a download, or the part that the page shows in linked data."""
        kind = self.kind_listed
        if form == JSON:
            return by_interface(self.request, f"{kind.name}-list")
        address = Address(self.request.GET)
        filterset = self.filterset_class(self.request.GET, self.queryset())
        if faults := list(self.faults(filterset, address)):
            return self.refusal(self.request, faults)
        if form == CSV:
            return self.download(self.request, filterset, address, form.suffix)
        try:
            page = page_at(filterset.in_pages, filterset.total, address, self.page_size or max(filterset.total, 1))
        except NoSuchPage as error:
            return self.refusal(self.request, [error.fault])
        absolute = self.request.build_absolute_uri
        rows: Any = page.object_list
        shown = [(row.record.label, absolute(row.get_absolute_url())) for row in rows.with_address()]
        where = absolute(f"{path_in(DATA_LANGUAGE, page_of_form(self.request.path))}{address.canonical}")
        return linked(form, item_list(f"v2xkb: {kind.plural}", where, filterset.total, shown))

    def tidy(self) -> str | None:
        """The address that was meant, where it is not the one given."""
        return tidied(self.request.GET, self.filterset_class.base_filters)

    def download(
        self, request: HttpRequest, filterset: FacetedFilterSet, address: Address, form: str
    ) -> HttpResponseBase:
        export = next(export for export in self.exported if export.name == form)
        asked = [pair for pair in address.pairs if pair[0] != FORMAT]
        # One list, whichever page's link was followed.
        plain = path_in(DATA_LANGUAGE, request.path)
        revision, at = Revision.objects.current_stamp()
        listing = self.listing_class(
            filterset.qs,
            self.addresses(),
            page=request.build_absolute_uri(f"{plain}{address.link(asked) if asked else ''}"),
            itself=request.build_absolute_uri(f"{plain}{address.canonical}"),
            total=filterset.total,
            revision=revision,
            at=at,
            everything=self.everything(),
        )
        name = file_name(self.listed_as, asked, export.extension or export.name)
        try:
            lines = export.lines(listing)
        except CannotHold as error:
            remedy = _("Choose fewer records, or another format.")
            return self.refusal(request, [Fault(FORMAT, [f"{error} {remedy}"], address.without(FORMAT))])
        response = reply(lines, export.content_type, name, attached=export.is_attached)
        response[TOTAL], response[EVERYTHING] = str(listing.total), str(listing.everything)
        response[REVISION] = str(listing.revision)
        return response

    @property
    def is_table(self) -> bool:
        return bool(self.columns) and self.request.GET.get(VIEW) == TABLE

    def faults(self, filterset: FacetedFilterSet, address: Address) -> Iterator[Fault]:
        for name, messages in {**filterset.errors, **filterset.unknown_errors}.items():
            yield mendable(name, messages, address, meant(filterset, name) if name in filterset.filters else {})
        offered = (
            {FORMAT}
            | ({PAGE} if self.page_size else set())
            | ({VIEW, COLUMNS} if self.columns else set())
            | set(self.beside)
        )
        for name in filterset.data:
            if name == ALL:
                known = [other.removesuffix(EVERY) for other in filterset.filters if other.endswith(EVERY)]
                for value in filterset.data.getlist(ALL):
                    yield Fault(ALL, [no_such(value, {other: other for other in known})], address.without(ALL))
            elif name not in filterset.filters and name not in filterset.unknown and name not in offered:
                yield Fault(name, [_("This page does not offer it.")], address.without(name))
        yield from self.faults_of_download(filterset, address)
        yield from self.faults_of_table(filterset, address)

    def faults_of_download(self, filterset: FacetedFilterSet, address: Address) -> Iterator[Fault]:
        if FORMAT not in filterset.data:
            return
        known = {export.name: export.label for export in self.exported}
        asked = filterset.data.getlist(FORMAT)
        if len(asked) > 1:
            yield Fault(FORMAT, [_("Give one format.")], address.without(FORMAT))
        elif asked[0] not in known:
            remedy = nearest_value(asked[0], known)
            yield Fault(FORMAT, [of_value(asked[0], f"{_('is no format here.')} {remedy}")], address.without(FORMAT))
        for name in (PAGE, *self.beside):
            if name in filterset.data:
                yield Fault(name, [_("A download holds the whole list.")], address.without(name))

    def faults_of_table(self, filterset: FacetedFilterSet, address: Address) -> Iterator[Fault]:
        if not self.columns:
            return
        views = filterset.data.getlist(VIEW)
        if len(views) > 1:
            yield Fault(VIEW, [_("It is given more than once. Give it once.")], address.without(VIEW))
        elif views and views[0] not in (CARDS, TABLE):
            yield Fault(VIEW, [no_such(views[0], {CARDS: CARDS, TABLE: TABLE})], address.without(VIEW))
        asked = filterset.data.getlist(COLUMNS)
        labels = {column.name: column.label for column in self.columns}
        wrong = [no_such(name, labels) for name in asked if name not in labels]
        if wrong:
            yield Fault(COLUMNS, wrong, address.without(COLUMNS))
        elif asked and views != [TABLE]:
            message = _("Only a table has columns. Add {parameter}, or leave them out.")
            message = message.format(parameter=f"{VIEW}={TABLE}")
            yield Fault(COLUMNS, [message], address.without(COLUMNS))

    def refusal(self, request: HttpRequest, faults: list[Fault]) -> HttpResponse:
        context = {"faults": faults, **(self.extra_context or {})}
        response = render(request, "records/bad_request.html", context, status=400)
        response[PUSHED] = request.get_full_path()
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        filterset, address, page = kwargs["filterset"], kwargs["address"], kwargs["page"]
        helping = [] if filterset.total else loosened(filterset)
        listed = address.apart_from(self.beside)

        def offered(exports: Iterable[Export]) -> list[tuple[str, str]]:
            return [(export.label, listed.in_format(export.name)) for export in exports]

        finding = [] if filterset.total or helping else alone(filterset)
        return super().get_context_data(
            **kwargs,
            chips=chips(filterset, address),
            groups=[self.group(facet, filterset) for facet in filterset.facets()],
            pages=list(page_links(page, address)),
            total=filterset.total,
            canonical=listed.canonical,
            downloads=offered(e for e in self.exported if e.is_attached and not e.of_sources),
            downloads_of_sources=offered(e for e in self.exported if e.of_sources),
            feeds=offered(e for e in self.exported if not e.is_attached),
            orders=list(self.orders(filterset, address)),
            kept=kept(filterset, address, self.beside),
            cleared=address.link(kept(filterset, address, self.beside)),
            loosened=[Loosened(one, address.without(one.name, one.value)) for one in helping],
            alone=[
                Loosened(one, address.with_only(**{name: () for name in filterset.filters if name != one.name}))
                for one in finding
            ],
            **(self.ways_to_show(filterset, address) if self.columns else {}),
        )

    def group(self, facet: Facet, filterset: FacetedFilterSet) -> FacetGroup:
        return group_of(facet, filterset, self.opened)

    def orders(self, filterset: FacetedFilterSet, address: Address) -> Iterator[Choice]:
        for order in filterset.sorting.offered(searching=bool(filterset.words)):
            yield Choice(str(order.label), ordered_by(order, filterset, address), order == filterset.order)

    def ways_to_show(self, filterset: FacetedFilterSet, address: Address) -> dict[str, Any]:
        asked = filterset.data.getlist(COLUMNS) or self.usual_columns
        shown_columns = [column for column in self.columns if column.name in asked]
        cards, table = address.with_only(view=[], columns=[]), address.with_only(view=[TABLE])
        return {
            "is_table": self.is_table,
            "views": [Choice(_("Cards"), cards, not self.is_table), Choice(_("Table"), table, self.is_table)],
            "columns": [(column, column in shown_columns) for column in self.columns],
            "kept_by_columns": [pair for pair in address.pairs if pair[0] not in (COLUMNS, PAGE)],
            "usual_columns": address.with_only(columns=[]),
            "shown_columns": shown_columns,
            "headings": [heading(column, filterset, address) for column in (NAME_COLUMN, *shown_columns)],
        }


def chips(filterset: FacetedFilterSet, address: Address) -> list[Chip]:
    labels = {name: str(declared.label) for name, declared in filterset.filters.items()}
    return [Chip(labels[name], label, address.without(name, value)) for name, value, label in filterset.selected]


def no_such(value: str, labels: Mapping[str, Any]) -> str:
    return of_value(value, f"{_('is no value of it.')} {nearest_value(value, labels)}")


def ordered_by(order: Order, filterset: FacetedFilterSet, address: Address) -> str:
    """The usual order goes without saying."""
    usual = filterset.sorting.offered(searching=bool(filterset.words))[0]
    return address.with_only(sort=[] if order == usual else [order.value])


def heading(column: Column, filterset: FacetedFilterSet, address: Address) -> Heading:
    """Leads to the column's first order, or to the next where the list is in one already."""
    orders = [order for order in filterset.sorting.plain if order.value in column.orders]
    if not orders:
        return Heading(column, "", "")
    present = orders.index(filterset.order) if filterset.order in orders else -1
    following = orders[(present + 1) % len(orders)]
    if present < 0:
        return Heading(column, "", ordered_by(following, filterset, address))
    direction = "descending" if column.orders[filterset.order.value] else "ascending"
    return Heading(column, direction, ordered_by(following, filterset, address) if len(orders) > 1 else "")


def kept(filterset: FacetedFilterSet, address: Address, beside: Sequence[str] = ()) -> list[tuple[str, str]]:
    """What the form of filters hands on: how the list is ordered and shown, and what stands beside it.

    An order by words is left to follow from there being words.
    """
    names = (SORT, VIEW, COLUMNS, *beside)
    return [pair for pair in address.pairs if pair[0] in names and pair != (SORT, RELEVANCE.value)]


def page_at(
    rows: QuerySet[Any] | Sequence[Any] | InPages, total: int, address: Address, size: int = PAGE_SIZE
) -> Page[Any]:
    """The page the address asks for, the first unless it says so; raises NoSuchPage."""
    paginator: Paginator[Any] = Paginator(cast(Any, rows), size)
    # Known already, so that it is not counted again.
    paginator.count = total
    asked = [value for name, value in address.pairs if name == PAGE] or ["1"]
    number = whole_number_in(asked[0], paginator.num_pages) if len(asked) == 1 else None
    if not number:
        message = (
            _("Give one page number, from 1 to %(last)s.")
            if paginator.num_pages > 1
            else _("There is one page only, page 1.")
        )
        raise NoSuchPage(Fault(PAGE, [message % {"last": paginator.num_pages}], address.without(PAGE)))
    return paginator.page(number)


def page_links(page: Page[Any], address: Address) -> Iterator[PageLink]:
    """First and last pages, those around the present one, and gaps between."""
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        if not isinstance(number, int):
            yield PageLink(0)
        else:
            yield PageLink(number, "" if number == page.number else address.at_page(number))
