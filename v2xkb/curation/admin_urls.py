"""The addresses of curation within the admin."""

from collections.abc import Callable
from typing import Any

from django.contrib.admin import AdminSite
from django.urls import URLPattern, path

from v2xkb.curation import (
    coding_views,
    duplicate_views,
    editor_urls,
    proposal_views,
    queue_views,
    reference_views,
    revert_views,
)
from v2xkb.curation.import_urls import IMPORTING
from v2xkb.curation.version_numbers import NUMBER


def urls_of(site: AdminSite) -> list[URLPattern]:
    """Each view is for people whom the site lets in; what else they need, it asks itself.

    The editor lets people in by itself: it gives back what they typed where their session has ended.
    """

    def at(route: str, view: Callable[..., Any], name: str) -> URLPattern:
        return path(f"curation/{route}", site.admin_view(view), name=f"curation_{name}")

    return [
        *(at(*entry) for entry in IMPORTING),
        at("queues/<slug:name>/", queue_views.queue, "queue"),
        at("references/", reference_views.references, "references"),
        at("codings/next/", coding_views.next_to_code, "next_to_code"),
        at("codings/<slug:slug>/", coding_views.code, "code"),
        at("review/next/", queue_views.next_to_review, "next"),
        at("proposal/<int:pk>/change/", proposal_views.proposal, "proposal_change"),
        at("proposal/<int:pk>/steps/<slug:action>/", proposal_views.step, "step"),
        at("proposal/<int:pk>/comment/", proposal_views.commenting, "comment"),
        at("proposal/<int:pk>/reason/", proposal_views.reason, "reason"),
        at("proposal/<int:pk>/add/", proposal_views.adding, "add"),
        at("proposal/<int:pk>/drop/<str:pid>/", proposal_views.dropping, "drop"),
        at("proposal/<int:pk>/collisions/", proposal_views.collisions, "collisions"),
        at("proposal/<int:pk>/drafts/<str:pid>/", proposal_views.drafts, "drafts"),
        at(f"revert/<slug:pid>/{NUMBER}/", revert_views.revert, "revert"),
        at("duplicates/look/", duplicate_views.looking, "looking"),
        at("duplicates/<slug:one>/<slug:other>/", duplicate_views.pair, "pair"),
        *editor_urls.urlpatterns,
    ]
