"""The coding screen: one publication after the other, by keyboard alone; what others said of it is not shown."""

from http import HTTPStatus
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from v2xkb.curation.coding import REASON, Answers, coder_name, hints, save
from v2xkb.curation.coding_querysets import behind, drafts_of, gathering, is_coded_by, read_by_nobody, read_by_others
from v2xkb.curation.people import PROPOSE
from v2xkb.curation.states import Refused
from v2xkb.literature.choices import ReferenceType, TextSeen
from v2xkb.records.models import Record
from v2xkb.taxonomy.choices import UsageSense
from v2xkb.taxonomy.usage_suggestions import SENSES

FIRST, SECOND = "first", "second"
READINGS = {FIRST: "coded by nobody yet", SECOND: "coded by others, not by you"}


@require_safe
def next_to_code(request: HttpRequest) -> HttpResponse:
    """Leads to the next publication of a reading, behind the one given; says so where none waits."""
    may_code(request)
    waiting, reading = lists_of(request), reading_of(request)
    found = behind(waiting[reading], request.GET.get("after", ""))
    if found is None:
        return render(request, "curation/coding_done.html", context_of(request))
    return redirect(f"{reverse('admin:curation_code', args=[found.slug])}?reading={reading}")


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, slug: str) -> HttpResponse:
    """The screen of one publication; what is sent becomes a draft, and the next publication is shown."""
    may_code(request)
    publication = Record.objects.at("reference", slug).first()
    if publication is None:
        raise Http404(f"There is no publication “{slug}”.")
    if request.method != "POST":
        return page(request, publication, Answers())
    answers = Answers.of(request.POST)
    if faults := answers.faults():
        return page(request, publication, answers, faults)
    if is_coded_by(publication.slug, coder_name(request.user)):
        messages.warning(request, "You coded this publication before: edit that coding instead.")
        return page(request, publication, answers, {}, HTTPStatus.CONFLICT)
    try:
        proposal, is_new = save(request.user, publication, answers)
    except Refused as error:
        messages.error(request, str(error))
        return page(request, publication, answers, {}, HTTPStatus.CONFLICT)
    if is_new:
        messages.success(request, f"Kept in proposal {proposal.pk}: {publication.label}")
    else:
        messages.info(request, f"It was kept in proposal {proposal.pk} already; nothing is changed.")
    return redirect(next_address(reading_of(request), slug))


def page(
    request: HttpRequest,
    publication: Record,
    answers: Answers,
    faults: dict[str, str] | None = None,
    status: HTTPStatus | None = None,
) -> HttpResponse:
    suggested, faults = hints(publication), faults or {}
    questions = [
        {
            "term": term,
            "label": term.upper(),
            "options": [(sense.value, sense.label, answers.senses.get(term) == sense) for sense in senses],
            "suggestion": suggested.get(term),
            "suggested": UsageSense(suggested[term].sense).label if term in suggested else "",
            "fault": faults.get(f"sense-{term}", ""),
        }
        for term, senses in SENSES.items()
    ]
    context = {
        **context_of(request),
        "publication": publication,
        "told": publication.data,
        "type": ReferenceType(publication.data["type"]).label,
        "questions": questions,
        "answers": answers,
        "texts": TextSeen.choices,
        "faults": faults,
        "is_coded": is_coded_by(publication.slug, coder_name(request.user)),
        "draft": drafts_of(request.user).get(publication.slug),
        "skip": next_address(reading_of(request), publication.slug),
    }
    usual = HTTPStatus.BAD_REQUEST if faults else HTTPStatus.OK
    return render(request, "curation/coding.html", context, status=status or usual)


def context_of(request: HttpRequest) -> dict[str, Any]:
    reading = reading_of(request)
    return {
        **admin.site.each_context(request),
        "title": "Code how publications use the terms",
        "coder": coder_name(request.user),
        "reading": reading,
        "readings": [
            (name, READINGS[name], found.count(), name == reading) for name, found in lists_of(request).items()
        ],
        "gathering": gathering(request.user, REASON),
    }


def may_code(request: HttpRequest) -> None:
    if not request.user.has_perm(PROPOSE):
        raise PermissionDenied("Your role does not include proposing changes.")


def lists_of(request: HttpRequest) -> dict[str, Any]:
    drafted = set(drafts_of(request.user))
    return {FIRST: read_by_nobody(drafted), SECOND: read_by_others(coder_name(request.user), drafted)}


def reading_of(request: HttpRequest) -> str:
    """Which list somebody works through."""
    asked = request.GET.get("reading", FIRST)
    return asked if asked in READINGS else FIRST


def next_address(reading: str, slug: str) -> str:
    return f"{reverse('admin:curation_next_to_code')}?reading={reading}&after={slug}"
