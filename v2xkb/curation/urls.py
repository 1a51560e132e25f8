"""Addresses of the public pages of curation; curators' own pages are in the admin."""

from django.urls import path

from v2xkb.curation import correction_views

app_name = "curation"

urlpatterns = [
    path("corrections/new/<slug:folder>/<slug:slug>/", correction_views.CorrectView.as_view(), name="correct"),
    path("corrections/<str:secret>/", correction_views.CorrectionView.as_view(), name="correction"),
]
