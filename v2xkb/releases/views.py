"""The pages of releases and of all that can be had; the files of releases, which never change."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView
from django.views.generic.base import View

from v2xkb.records.exports import FORMAT
from v2xkb.records.graphs import as_turtle
from v2xkb.records.languages import in_data_language
from v2xkb.records.models import Revision
from v2xkb.records.rate_middleware import expensive
from v2xkb.records.views import citation_file
from v2xkb.releases import dcat
from v2xkb.releases.models import Release, ReleaseFile
from v2xkb.releases.page import changes, citation, counts, file_groups
from v2xkb.releases.schema_org import catalogue_data, release_data

FOR_EVER = "public, max-age=31536000, immutable"


class ReleasesView(TemplateView):
    """All releases, the latest first."""

    template_name = "releases/list.html"
    extra_context = {"section": "data"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        releases = Release.objects.made().select_related("revision")
        return super().get_context_data(**kwargs, releases=releases)


class ReleaseView(View):
    """One release; `?format=` cites it."""

    def get(self, request: HttpRequest, version: str) -> HttpResponse:
        release = Release.objects.of_version(version)
        if release is None:
            raise Http404("There is no such release.")
        absolute = request.build_absolute_uri
        cited = citation(release, absolute)
        if FORMAT in request.GET:
            return citation_file(request, release, [cited], {"section": "data"})
        files = list(ReleaseFile.objects.named(release).select_related("release"))
        with in_data_language():
            data = release_data(release, files, absolute)
        context = {
            "section": "data",
            "release": release,
            "is_latest": release == Release.objects.latest_made(),
            "counts": counts(release.records),
            "left_out": counts(release.left_out),
            "changes": changes(release),
            "groups": file_groups(files),
            "citation": cited,
            "check": f"python manage.py verify-release v2xkb-{version}.zip",
            "linked_data": data,
        }
        return render(request, "releases/detail.html", context)


class LatestView(View):
    """Leads to the latest release, which is another one some day."""

    def get(self, request: HttpRequest) -> HttpResponse:
        release = Release.objects.latest_made()
        if release is None:
            raise Http404("Nothing has been released yet.")
        return HttpResponseRedirect(release.get_absolute_url())


class DataView(TemplateView):
    """All ways to have the data."""

    template_name = "releases/data.html"
    extra_context = {"section": "data"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        releases = list(Release.objects.made())
        with in_data_language():
            data = catalogue_data(releases, self.request.build_absolute_uri)
        return super().get_context_data(
            **kwargs,
            latest=releases[0] if releases else None,
            revision=Revision.objects.current(),
            linked_data=data,
        )


@expensive
@require_safe
def release_file(request: HttpRequest, version: str, path: str) -> HttpResponse:
    """One file of a release, to be kept for ever by whoever has it once."""
    file = ReleaseFile.objects.at(version, path)
    if file is None:
        raise Http404("No release has such a file.")
    tag = f'"{file.sha256}"'
    response: HttpResponse
    if tag in parse_etags(request.headers.get("If-None-Match", "")):
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(bytes(file.content), content_type=file.content_type)
        response["Content-Disposition"] = f'inline; filename="{path.rpartition("/")[2]}"'
    response["Cache-Control"], response["ETag"] = FOR_EVER, tag
    return response


@require_safe
def dcat_catalogue(request: HttpRequest) -> HttpResponse:
    """Every release as DCAT describes datasets, in one catalogue that stays at its address."""
    absolute = request.build_absolute_uri
    with in_data_language():
        datasets = [
            dcat.dataset(
                f"{absolute(release.get_absolute_url())}#this",
                release.version,
                release.day,
                [(file.path, absolute(file.get_absolute_url())) for file in ReleaseFile.objects.downloads(release)],
                release.notes,
            )
            for release in Release.objects.made().select_related("revision")
        ]
        catalogue = dcat.catalogue(absolute(request.path), datasets, absolute)
    return HttpResponse(as_turtle(catalogue), content_type="text/turtle; charset=utf-8")
