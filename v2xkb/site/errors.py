"""What pages answer that do not exist, or to what was sent where nothing can be: a way on, and never a bare page."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.views.generic.base import View
from rapidfuzz import process

from v2xkb.curation.editor_views import given_back, is_from_here
from v2xkb.records import registry
from v2xkb.records.models import Record

EDITOR = "admin:curation_document"
LIKE = 75
MOST_RECORDS = 5


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, naming records of the kind that was asked for whose names are like the one asked."""
    context = {"request_path": request.path, "nearest": nearest_records(request.path_info)}
    return render(request, "404.html", context, status=HTTPStatus.NOT_FOUND)


def unsigned(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Where something is sent without the sign of our own forms: 405 where only reading is possible, else 403.

    What was typed into the editor, whose sign grows old when one signs in anew, is given back.
    """
    if getattr(request.resolver_match, "view_name", "") == EDITOR and is_from_here(request):
        return given_back(request)
    view = getattr(request.resolver_match and request.resolver_match.func, "view_class", View)
    is_read_only = hasattr(view, "get") and not hasattr(view, (request.method or "").lower())
    status = HTTPStatus.METHOD_NOT_ALLOWED if is_read_only else HTTPStatus.FORBIDDEN
    response = render(request, "403.html", {"is_read_only": is_read_only}, status=status)
    if is_read_only:
        response["Allow"] = "GET, HEAD, OPTIONS"
    return response


def nearest_records(path: str) -> list[Record]:
    """Records at addresses like `path`, the likest first; two queries at most."""
    try:
        match = resolve(path)
    except Resolver404:
        return []
    kind = registry.kind_shown_at(match.view_name)
    asked = str(match.kwargs.get("slug", "")).lower()
    if kind is None or not asked:
        return []
    found = process.extract(asked, Record.objects.slugs_of(kind.name), score_cutoff=LIKE, limit=MOST_RECORDS)
    slugs = [slug for slug, _, _ in found]
    records = {record.slug: record for record in Record.objects.with_slugs(kind.name, slugs).without_documents()}
    return [records[slug] for slug in slugs if slug in records]
