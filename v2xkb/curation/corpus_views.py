"""The pages of corpora: give an export, see what became of it, publish a corpus."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from v2xkb.curation import admin_pages, corpus_tasks, corpus_uploads
from v2xkb.curation.corpus_models import CorpusUpload
from v2xkb.curation.import_views import for_proposers
from v2xkb.curation.people import PUBLISH
from v2xkb.curation.sheets import refused
from v2xkb.curation.states import Refused
from v2xkb.literature.corpora.definitions import Definition
from v2xkb.literature.models import Corpus
from v2xkb.records.problems import InvalidDocuments

PER_PAGE = 50
TYPED = ("corpus", "query", "database", "searched_on", "encoding")


@for_proposers
def corpora(request: HttpRequest) -> HttpResponse:
    """All corpora, one's uploads, and the form for the next."""
    problems, status = [], 200
    if request.method == "POST":
        try:
            return redirect(given(request))
        except InvalidDocuments as error:
            problems, status = error.problems, 400
        except Refused as error:
            messages.error(request, str(error))
            status = 400
    context = {
        "corpora": Corpus.objects.with_thesaurus(),
        "page": Paginator(CorpusUpload.objects.of(request.user), PER_PAGE).get_page(request.GET.get("page")),
        "problems": problems,
        "typed": {name: request.POST.get(name, "") for name in TYPED},
        "most": corpus_uploads.MAX_BYTES // 1_000_000,
        "may_publish": request.user.has_perm(PUBLISH),
    }
    return admin_pages.page(request, "curation/corpora.html", "Corpora", context, status)


def given(request: HttpRequest) -> CorpusUpload:
    file = request.FILES.get("file")
    if file is None:
        raise refused("file", "no file was chosen", "Choose an export.")
    if (file.size or 0) > corpus_uploads.MAX_BYTES:
        raise refused(file.name or "file", "the file is too large", corpus_uploads.TOO_LARGE, f"{file.size:,} bytes")
    typed = {name: request.POST.get(name, "").replace("\x00", "").strip() for name in TYPED}
    wanted = Definition(typed["corpus"], typed["query"], typed["database"][:100], day(typed["searched_on"]))
    held = corpus_uploads.upload(request.user, file.name or "", file.read(), wanted, typed["encoding"][:40])
    corpus_tasks.start(held)
    return held


def day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise refused("date of search", "this is no date", "Write it as 2026-11-28.", text) from None


@require_safe
@for_proposers
def uploaded(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of an export."""
    held = get_object_or_404(CorpusUpload.objects.of(request.user), pk=pk)
    told = held.file.problems if held.file and not held.was_there else []
    context = {
        "held": held,
        "refusals": [problem for problem in told if problem["is_refusal"]],
        "remarks": [problem for problem in told if not problem["is_refusal"]],
    }
    return admin_pages.page(request, "curation/corpus_upload.html", f"Export {held.name}", context)


@require_POST
@for_proposers
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks the worker once more, where one was interrupted."""
    held = get_object_or_404(CorpusUpload.objects.of(request.user), pk=pk)
    try:
        corpus_tasks.start(held)
    except Refused as error:
        messages.error(request, str(error))
    return redirect(held)


@require_POST
@for_proposers
def publishing(request: HttpRequest, slug: str) -> HttpResponse:
    """Shows a corpus or takes it back; says whether its publications may be passed on."""
    corpus = get_object_or_404(Corpus, slug=slug)
    try:
        if {"allow", "withhold"} & set(request.POST):
            corpus_uploads.let_pass(request.user, corpus, allowed="allow" in request.POST)
        else:
            corpus_uploads.show(request.user, corpus, shown="show" in request.POST)
    except Refused as error:
        raise PermissionDenied(str(error)) from error
    return redirect("admin:curation_corpora")
