"""The pages of imports: choose a file, choose what its columns are, look at every row, make the proposal."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from v2xkb.curation import admin_pages, imports, tasks
from v2xkb.curation.choices import Signature
from v2xkb.curation.import_choices import ImportState, Work
from v2xkb.curation.import_models import Import, ImportRow
from v2xkb.curation.import_page import SHOWS, file_columns, tabs, uses_from
from v2xkb.curation.people import PROPOSE
from v2xkb.curation.sheet_template import template
from v2xkb.curation.sheets import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, refused
from v2xkb.curation.states import Refused
from v2xkb.records import registry
from v2xkb.records.problems import InvalidDocuments, nearest
from v2xkb.records.xlsx_books import CONTENT_TYPE

PER_PAGE = 50
View = Callable[..., HttpResponse]


def for_proposers(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **rest: Any) -> HttpResponse:
        if not request.user.has_perm(PROPOSE):
            raise PermissionDenied("Your role does not include proposing changes.")
        return view(request, *args, **rest)

    return guarded


def of_import(view: View) -> View:
    """Gives a view the import that the address names: one's own only."""

    @wraps(view)
    def guarded(request: HttpRequest, pk: int) -> HttpResponse:
        return view(request, get_object_or_404(Import.objects.of(request.user), pk=pk))

    return for_proposers(guarded)


@for_proposers
def importing(request: HttpRequest) -> HttpResponse:
    """One's imports, and the form for the next."""
    problems = []
    status = 200
    if request.method == "POST":
        try:
            return redirect(upload(request))
        except InvalidDocuments as error:
            problems, status = error.problems, 400
        except Refused as error:
            messages.error(request, str(error))
    context = {
        "page": Paginator(Import.objects.of(request.user), PER_PAGE).get_page(request.GET.get("page")),
        "problems": problems,
        "kinds": registry.kinds(),
        "chosen": request.POST.get("kind", "project"),
        "sheet": request.POST.get("sheet", ""),
        "limits": {"bytes": MAX_BYTES // 1_000_000, "rows": MAX_ROWS, "columns": MAX_COLUMNS},
    }
    return admin_pages.page(request, "curation/importing.html", "Import a spreadsheet", context, status)


def upload(request: HttpRequest) -> Import:
    file = request.FILES.get("file")
    if file is None:
        raise refused("file", "no file was chosen", "Choose a CSV or XLSX file.")
    if (file.size or 0) > MAX_BYTES:
        remedy = f"A file has at most {MAX_BYTES:,} bytes: split it."
        raise refused(file.name or "file", "the file is too large", remedy, f"{file.size:,} bytes")
    kind, sheet = request.POST.get("kind", ""), request.POST.get("sheet", "").strip()
    return imports.upload(request.user, file.name or "", file.read(), kind, sheet)


@require_safe
@of_import
def shown(request: HttpRequest, held: Import) -> HttpResponse:
    """The import as far as it got."""
    return _shown(request, held)


def _shown(request: HttpRequest, held: Import, problems: Any = (), status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "held": held,
        "kind": registry.kind(held.kind),
        "needs_source": registry.kind(held.kind).document.needs_basis,
        "problems": problems,
        "states": ImportState,
        "choosing": held.state == ImportState.COLUMNS or "columns" in request.GET or bool(problems),
        **more,
    }
    if held.state == ImportState.PROPOSED or held.is_at_work:
        context["choosing"] = False
    if context["choosing"]:
        context["columns"] = list(file_columns(held))
    elif held.state == ImportState.CHECKED:
        context |= _rows(request, held)
    return admin_pages.page(request, "curation/import.html", f"Import of {held.name}", context, status)


def _rows(request: HttpRequest, held: Import) -> dict[str, Any]:
    show = request.GET.get("show", "errors" if held.errors else "all")
    if show not in SHOWS:
        raise Http404(f"There is no such choice of rows. {nearest(show, SHOWS)}")
    rows = ImportRow.objects.shown(held, SHOWS[show][1], kept=show == "kept")
    return {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "show": show,
        "tabs": tabs(held, show, held.counts.get("kept", 0)),
        "signatures": Signature.choices,
    }


@require_POST
@of_import
def columns(request: HttpRequest, held: Import) -> HttpResponse:
    """Keeps what was chosen for the columns, and lets the worker look at the rows."""
    uses, source = uses_from(held, request.POST), request.POST.get("source", "").strip()
    try:
        imports.choose(held.pk, uses, source, remember="remember" in request.POST)
        tasks.start(held.pk, Work.CHECK)
    except InvalidDocuments as error:
        held.columns = {header: use.as_plain() if use else None for header, use in uses.items()}
        return _shown(request, held, error.problems, 400, source=source)
    except Refused as error:
        messages.error(request, str(error))
    return redirect(held)


@require_POST
@of_import
def again(request: HttpRequest, held: Import) -> HttpResponse:
    """Lets the worker look at the rows once more, or go on where it was interrupted."""
    proposing = held.work == Work.PROPOSE and held.is_interrupted
    return _try(request, held, lambda: tasks.start(held.pk, Work.PROPOSE if proposing else Work.CHECK))


@require_POST
@of_import
def proposing(request: HttpRequest, held: Import) -> HttpResponse:
    def start() -> None:
        imports.explain(held.pk, request.POST.get("reason", ""), request.POST.get("signed", ""))
        tasks.start(held.pk, Work.PROPOSE)

    return _try(request, held, start)


@require_POST
@of_import
def discarding(request: HttpRequest, held: Import) -> HttpResponse:
    try:
        imports.discard(held.pk)
    except Refused as error:
        messages.error(request, str(error))
        return redirect(held)
    messages.success(request, f"The import of {held.name} and its file are gone.")
    return redirect("admin:curation_importing")


@require_safe
@for_proposers
def template_of(request: HttpRequest, kind: str) -> HttpResponse:
    """A workbook to be filled in."""
    if kind not in registry.kind_names():
        raise Http404(f"There is no such kind. {nearest(kind, registry.kind_names())}")
    reply = HttpResponse(template(registry.kind(kind)), content_type=CONTENT_TYPE)
    reply["Content-Disposition"] = f'attachment; filename="v2xkb-{registry.kind(kind).folder}.xlsx"'
    return reply


def _try(request: HttpRequest, held: Import, step: Callable[[], None]) -> HttpResponse:
    try:
        step()
    except Refused as error:
        messages.error(request, str(error))
    return redirect(held)
