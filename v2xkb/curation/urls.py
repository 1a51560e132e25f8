"""Addresses of the public pages of curation; curators' own pages are in the admin."""

from django.urls import path

from v2xkb.curation import correction_views, following_views, history_views
from v2xkb.curation.version_numbers import NUMBER

app_name = "curation"

urlpatterns = [
    path("corrections/new/<slug:folder>/<slug:slug>/", correction_views.CorrectView.as_view(), name="correct"),
    path("corrections/", following_views.FollowView.as_view(), name="follow"),
    path("corrections/<str:secret>/", following_views.FormerFollowView.as_view(), name="former-follow"),
    # Below the page of a record, of whatever kind.
    path("<path:page>/history/", history_views.HistoryView.as_view(), name="history"),
    path(f"<path:page>/history/{NUMBER}/", history_views.VersionView.as_view(), name="version"),
    path(
        f"<path:page>/history/{NUMBER}/document.json",
        history_views.VersionDocumentView.as_view(),
        name="version-document",
    ),
]
