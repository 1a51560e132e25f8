"""Addresses of the pages of releases, and of the page of all that can be had."""

from django.urls import path

from v2xkb.releases import views

app_name = "releases"

urlpatterns = [
    path("data/", views.DataView.as_view(), name="data"),
    path("releases/", views.ReleasesView.as_view(), name="list"),
    path("releases/latest/", views.LatestView.as_view(), name="latest"),
    path("releases/<str:version>/", views.ReleaseView.as_view(), name="detail"),
]
