"""The public pages of a record's history: all its versions, and each as it stood; nothing that is not applied."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils.translation import gettext as _
from django.views.generic.base import View

from v2xkb.curation.history import as_record, entries
from v2xkb.curation.shown_differences import shown
from v2xkb.curation.shown_document import facts
from v2xkb.numbers import whole_number_in
from v2xkb.records import registry
from v2xkb.records.citation import citations
from v2xkb.records.differences import differences
from v2xkb.records.exports import FORMAT
from v2xkb.records.languages import DATA_LANGUAGE, language_of, path_in
from v2xkb.records.lineages import Lineage, label_of, lineage_called
from v2xkb.records.list_addresses import Address, Fault
from v2xkb.records.lists import NoSuchPage, page_at, page_links
from v2xkb.records.models import Redirect, Version
from v2xkb.records.problems import shown as shown_text
from v2xkb.records.views import citation_file

PER_PAGE = 20
FROM = "from"


def page_at_path(request: HttpRequest, page: str) -> ResolverMatch:
    """The record's page, by its path; a kind needs no address of its own here, since its page has one."""
    try:
        return resolve(path_in(language_of(request.path_info), f"/{page}/"))
    except Resolver404:
        raise Http404("There is no page here whose history could be told.") from None


def lineage_at(match: ResolverMatch) -> Lineage:
    """The record whose page has this address."""
    kind = registry.kind_shown_at(match.view_name)
    lineage = lineage_called(kind, str(match.kwargs.get("slug", ""))) if kind else None
    if lineage is None:
        raise Http404("No record was ever at this address.")
    return lineage


class OfRecord(View):
    """What is below the address of a record; a former name leads on to the present one."""

    place: Mapping[str, Any]

    def get(self, request: HttpRequest, page: str, **rest: Any) -> HttpResponse:
        match = page_at_path(request, page)
        lineage = lineage_at(match)
        if page.rpartition("/")[2] != lineage.name:
            kept = request.get_full_path().partition(f"/{page}/")[2]
            address = reverse(lineage.kind.url_name, args=[lineage.name])
            return HttpResponsePermanentRedirect(f"{address}{kept}")
        # Above a history stands what stands above the record's page, and the menu marks the same.
        of_page = match.func.view_class  # type: ignore[attr-defined]
        self.place = {**of_page.extra_context, "parents": of_page.parents}
        try:
            return self.shown(request, lineage, **rest)
        except NoSuchPage as error:
            return render(request, "records/bad_request.html", {"faults": [error.fault]}, status=400)

    def shown(self, request: HttpRequest, lineage: Lineage, **rest: Any) -> HttpResponse:
        raise NotImplementedError


class HistoryView(OfRecord):
    """All versions of a record, the newest first."""

    def shown(self, request: HttpRequest, lineage: Lineage, **rest: Any) -> HttpResponse:
        address = Address(request.GET)
        versions = Version.objects.of(lineage.pid)
        versions_page = page_at(versions, versions.count(), address, PER_PAGE)
        names = Version.objects.slugs_of(lineage.pid)
        merged = Redirect.objects.merged_into(lineage.pid) if lineage.record else []
        context = {
            **self.place,
            "lineage": lineage,
            "entries": entries(list(versions_page)),
            "versions_page": versions_page,
            "pages": list(page_links(versions_page, address)),
            "former": [name for name in names if name != lineage.newest.slug],
            "merged": [(left, _history_of(left)) for left in merged],
            "four_eyes": settings.FOUR_EYES,
        }
        return render(request, "curation/history.html", context)


def _history_of(left: Redirect) -> str:
    return f"{reverse(registry.kind(left.kind).url_name, args=[left.slug])}history/"


class VersionView(OfRecord):
    """A version as it stood, and what it changed; `?from=` compares it with any other."""

    def shown(self, request: HttpRequest, lineage: Lineage, **rest: Any) -> HttpResponse:
        version = _version(lineage, rest["number"])
        if not version.document:
            return self.withdrawal(request, lineage, version)
        record = as_record(version, label_of(version))
        # By the permanent id: it is never another record's, whatever becomes of names.
        lasting = f"{reverse(lineage.kind.url_name, args=[lineage.pid])}history/{version.number}/"
        permalink = request.build_absolute_uri(path_in(DATA_LANGUAGE, lasting))
        cited = citations(record, permalink)
        if FORMAT in request.GET:
            return citation_file(request, record, cited, {})
        before = self.before(request, lineage, version)
        context = {
            **self.around(lineage, version),
            "record": record,
            "facts": facts(lineage.kind.document, version.data),
            "before": before,
            "rows": self.rows(lineage, before, version),
            "citations": cited,
            "permalink": permalink,
            "document_address": path_in(DATA_LANGUAGE, f"{lineage.version_address(version.number)}document.json"),
        }
        return render(request, "curation/version.html", context)

    def rows(self, lineage: Lineage, before: Version | None, version: Version) -> list[Any]:
        model = lineage.kind.document
        return shown(model, differences(model, before.data, version.data)) if before else []

    def withdrawal(
        self, request: HttpRequest, lineage: Lineage, version: Version, status: int = HTTPStatus.OK
    ) -> HttpResponse:
        before = Version.objects.with_text_before(lineage.pid, version.number)
        context = {**self.around(lineage, version), "before": before}
        return render(request, "curation/withdrawal.html", context, status=status)

    def around(self, lineage: Lineage, version: Version) -> Mapping[str, Any]:
        newest = lineage.newest.number
        return {
            **self.place,
            "lineage": lineage,
            "version": version,
            "is_present": lineage.record is not None and version.number == newest,
            "earlier": version.number - 1,
            "later": version.number + 1 if version.number < newest else 0,
            "four_eyes": settings.FOUR_EYES,
        }

    def before(self, request: HttpRequest, lineage: Lineage, version: Version) -> Version | None:
        """The version that the address asks to compare with, else the last one before that holds a document."""
        asked = request.GET.getlist(FROM)
        if not asked or asked == [""]:
            return Version.objects.with_text_before(lineage.pid, version.number)
        number = whole_number_in(asked[0], lineage.newest.number) if len(asked) == 1 else None
        found = None if number is None else Version.objects.numbered(lineage.pid, number)
        if found is None or found.number == version.number:
            message = _("Give one number of another version, from 1 to {last}: “{value}” is none.").format(
                last=lineage.newest.number, value=shown_text(", ".join(asked))
            )
            raise NoSuchPage(Fault(FROM, [message], request.path))
        return found


class VersionDocumentView(VersionView):
    """The exact text of a version."""

    def shown(self, request: HttpRequest, lineage: Lineage, **rest: Any) -> HttpResponse:
        version = _version(lineage, rest["number"])
        if not version.document:
            return self.withdrawal(request, lineage, version, HTTPStatus.GONE)
        return HttpResponse(version.document.encode(), content_type="application/json")


def _version(lineage: Lineage, number: int) -> Version:
    version = Version.objects.numbered(lineage.pid, number)
    if version is None:
        raise Http404(f"There is no version {number}: the newest is {lineage.newest.number}.")
    return version
