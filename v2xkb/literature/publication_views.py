"""The list of a published corpus's publications, where it may be passed on."""

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from v2xkb.literature.corpus_models import Corpus
from v2xkb.literature.publication_exports import EXPORTS, PublicationListing
from v2xkb.literature.publication_filtersets import PublicationFilterSet
from v2xkb.literature.publications_plain import listed_of
from v2xkb.records.list_addresses import Address
from v2xkb.records.lists import FacetedListView
from v2xkb.records.negotiating import CSV, JSON, Form, by_interface


class PublicationListView(FacetedListView):
    """One corpus's publications: asked, ordered and downloaded as other lists are."""

    filterset_class = PublicationFilterSet
    template_name = "literature/publications.html"
    extra_context = {"section": "literature"}
    exports = EXPORTS
    listing_class = PublicationListing
    opened = frozenset({"type"})
    corpus: Corpus

    @property
    def forms(self) -> Sequence[Form]:  # type: ignore[override]
        return JSON, CSV

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        corpus = Corpus.objects.published().called(kwargs["slug"])
        if corpus is None:
            raise Http404("There is no such corpus.")
        self.corpus = corpus
        if corpus.is_withheld:
            context = {"corpus": corpus, **self.extra_context}
            return render(request, "literature/publications_withheld.html", context, status=HTTPStatus.FORBIDDEN)
        return super().dispatch(request)

    def in_form(self, form: Form, **kwargs: Any) -> HttpResponseBase:
        if form == JSON:
            return by_interface(self.request, "publications", [self.corpus.slug])
        address = Address(self.request.GET)
        filterset = self.filterset_class(self.request.GET, self.queryset())
        if faults := list(self.faults(filterset, address)):
            return self.refusal(self.request, faults)
        return self.download(self.request, filterset, address, form.suffix)

    @property
    def listed_as(self) -> str:
        return f"corpus-{self.corpus.slug}"

    def everything(self) -> int:
        return self.queryset().count()

    def addresses(self) -> Callable[[str], str]:
        """Publications have no pages of their own."""
        return lambda slug: ""

    def queryset(self) -> QuerySet[Any]:
        return listed_of(self.corpus)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, corpus=self.corpus)
