"""What pages about a selection of records share: tidy addresses, refusals that name the remedy, chips, downloads."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Generic, Protocol, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic.base import ContextMixin, TemplateResponseMixin, View

from projects.filtersets import ProjectFilterSet
from projects.selection import Selection, WrongSelection
from v2xkb.charts.replies import DATA
from v2xkb.records.exports import CSV, FORMAT, csv_line, file_name, reply
from v2xkb.records.facets import FacetedFilterSet
from v2xkb.records.languages import in_data_language
from v2xkb.records.list_addresses import Address, Fault, mendable, tidied
from v2xkb.records.lists import Chip


class Asked(Protocol):
    """What a page is asked, its selection of projects among it."""

    @property
    def selection(self) -> Selection: ...

    def query(self, **instead: Iterable[str]) -> str: ...


Wanted = TypeVar("Wanted", bound=Asked)


class SelectionView(ContextMixin, View, Generic[Wanted]):
    """An address that states a selection of records: tidied first, refused with a remedy where it is wrong."""

    refuses_unknown = True

    filterset_class: type[FacetedFilterSet] = ProjectFilterSet
    # Parameters that this address takes beside what it is asked about records.
    beside: tuple[str, ...] = ()

    def asked(self, query: QueryDict, beside: Sequence[str] = ()) -> Wanted:
        """Raises WrongSelection."""
        raise NotImplementedError

    def answer(self, wanted: Wanted, **parts: str) -> HttpResponseBase:
        raise NotImplementedError

    def get(self, request: HttpRequest, **parts: str) -> HttpResponseBase:
        tidy = tidied(request.GET, self.filterset_class.base_filters)
        if tidy is not None:
            return HttpResponseRedirect(f"{request.path}{tidy}")
        try:
            wanted = self.asked(request.GET, self.beside)
            if request.GET.getlist(FORMAT) not in ([], [CSV]):
                raise WrongSelection({FORMAT: [_("Give “{format}”, once, or leave it out.").format(format=CSV)]})
        except WrongSelection as error:
            return refusal(request, error, self.extra_context or {})
        return self.answer(wanted, **parts)


class SelectionPageView(TemplateResponseMixin, SelectionView[Wanted]):
    """A page about a selection of records; with `format=csv` a download of what it shows."""

    beside = (FORMAT,)
    download_name = ""
    list_name = "projects:list"

    def lines(self, wanted: Wanted, list_address: Callable[[str], str]) -> Iterable[list[str]]:
        """The download; `list_address` makes an address of a query of the records' list."""
        raise NotImplementedError

    def answer(self, wanted: Wanted, **parts: str) -> HttpResponseBase:
        if FORMAT in self.request.GET:
            return self.download(wanted)
        return self.render_to_response(self.get_context_data(wanted=wanted))

    def download(self, wanted: Wanted) -> HttpResponseBase:
        with in_data_language():
            home = self.request.build_absolute_uri(reverse(self.list_name))
            # Made now: while it is sent, another language may be spoken.
            lines = [csv_line(cells) for cells in self.lines(wanted, lambda query: f"{home}{query}")]
        name = file_name(self.download_name, Address(self.request.GET).pairs, CSV)
        return reply(lines, "text/csv; charset=utf-8; header=present", name)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wanted: Wanted = kwargs["wanted"]
        return super().get_context_data(
            **kwargs,
            chips=list(chips(wanted)),
            cleared=self.cleared(wanted),
            canonical=wanted.query(),
            download=wanted.query(format=[CSV]),
            list_query=wanted.selection.list_query(),
        )

    def cleared(self, wanted: Wanted) -> str:
        """The query of the same page about all records."""
        return wanted.query(**dict.fromkeys(wanted.selection.filterset.filters, ()))


def refusal(request: HttpRequest, error: WrongSelection, context: Mapping[str, Any]) -> HttpResponse:
    address = Address(request.GET)
    faults = [mendable(name, messages, address, error.meant.get(name, {})) for name, messages in error.faults.items()]
    return refused(request, faults, context)


def refused(request: HttpRequest, faults: Sequence[Fault], context: Mapping[str, Any] | None) -> HttpResponse:
    return render(request, "records/bad_request.html", {"faults": faults, **(context or {})}, status=400)


def spoken_for(form: str) -> AbstractContextManager[None]:
    """Drawings speak the language of the page they stand in, data does not."""
    return in_data_language() if form in DATA else nullcontext()


def chips(wanted: Asked) -> Iterator[Chip]:
    """The filters chosen, each with the address of the page without it."""
    labels = {name: str(declared.label) for name, declared in wanted.selection.filterset.filters.items()}
    for name, value, label in wanted.selection.filterset.selected:
        others = [kept for kept in wanted.selection.chosen(name) if kept != value]
        yield Chip(labels[name], label, wanted.query(**{name: others}) or "?")
