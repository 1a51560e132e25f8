"""Addresses of the editor, below /admin/curation/."""

from django.urls import path

from v2xkb.curation import editor_views, opening_views

urlpatterns = [
    path("curation/edit/<slug:kind>/<slug:slug>/", opening_views.edit, name="curation_edit"),
    path("curation/new/<slug:kind>/", opening_views.new, name="curation_new"),
    path("curation/proposal/<int:proposal>/documents/<slug:pid>/", editor_views.document, name="curation_document"),
    path("curation/names/<slug:kind>/", editor_views.names, name="curation_names"),
]
