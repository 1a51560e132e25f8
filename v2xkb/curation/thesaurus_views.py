"""The page of the thesaurus of a corpus, or of our own references: upload, replace, download, take away."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from v2xkb.curation.choices import Signature
from v2xkb.curation.import_views import for_proposers
from v2xkb.curation.people import PUBLISH, signature
from v2xkb.curation.sheets import refused
from v2xkb.literature.models import Corpus, MapThesaurus
from v2xkb.literature.thesaurus_keeping import MOST_BYTES, drop, keep
from v2xkb.records.problems import InvalidDocuments

# No corpus can have this name: it is that of a map of our own references.
OURS = "all"


@for_proposers
def thesaurus(request: HttpRequest, slug: str) -> HttpResponse:
    corpus = corpus_of(slug)
    problems = []
    if request.method == "POST":
        if not may_change(request.user, corpus):
            raise PermissionDenied("These maps are public, and your role does not include publishing.")
        try:
            changed(request, corpus)
            return redirect("admin:curation_thesaurus", slug)
        except InvalidDocuments as error:
            problems = error.problems
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": f"Thesaurus of {corpus.name if corpus else 'our own references'}",
        "slug": slug,
        "corpus": corpus,
        "held": MapThesaurus.objects.of(corpus),
        "problems": problems,
        "most": MOST_BYTES // 1_000_000,
        "may_change": may_change(request.user, corpus),
    }
    return render(request, "curation/thesaurus.html", context, status=400 if problems else 200)


@require_safe
@for_proposers
def thesaurus_file(request: HttpRequest, slug: str) -> HttpResponse:
    """As it was uploaded."""
    held = get_object_or_404(MapThesaurus, corpus=corpus_of(slug))
    return HttpResponse(
        held.text,
        content_type="text/tab-separated-values; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="thesaurus-{slug}.txt"'},
    )


def corpus_of(slug: str) -> Corpus | None:
    return None if slug == OURS else get_object_or_404(Corpus, slug=slug)


def may_change(user: Any, corpus: Corpus | None) -> bool:
    """What is public at once is for those who may publish."""
    return user.has_perm(PUBLISH) or (corpus is not None and not corpus.is_published)


def changed(request: HttpRequest, corpus: Corpus | None) -> None:
    """Raises InvalidDocuments."""
    signed = signature(request.user, Signature.ROLE)  # type: ignore[arg-type]
    if "drop" in request.POST:
        drop(corpus, signed=signed)
        messages.success(request, "The thesaurus was taken away.")
        return
    file = request.FILES.get("file")
    if file is None:
        raise refused("file", "no file was chosen", "Choose a thesaurus.")
    name = (file.name or "thesaurus").replace("\x00", "")
    keep(corpus, name, file.read(MOST_BYTES + 1), by=request.user, signed=signed)
    messages.success(request, f"{name} is applied from now on.")
