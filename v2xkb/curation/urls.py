"""Addresses of the public pages of curation: what is below the page of a record, of whatever kind."""

from django.urls import path

from v2xkb.curation import history_views
from v2xkb.curation.version_numbers import NUMBER

app_name = "curation"

urlpatterns = [
    path("<path:page>/history/", history_views.HistoryView.as_view(), name="history"),
    path(f"<path:page>/history/{NUMBER}/", history_views.VersionView.as_view(), name="version"),
    path(
        f"<path:page>/history/{NUMBER}/document.json",
        history_views.VersionDocumentView.as_view(),
        name="version-document",
    ),
]
