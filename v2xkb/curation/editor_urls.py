"""Addresses of the editor, below /admin/curation/."""

from django.urls import path

from v2xkb.curation import editor_views, opening_views

urlpatterns = [
    path("curation/edit/<str:kind>/<str:slug>/", opening_views.edit, name="curation_edit"),
    path("curation/new/<str:kind>/", opening_views.new, name="curation_new"),
    path("curation/proposal/<int:proposal>/documents/<str:pid>/", editor_views.document, name="curation_document"),
    path("curation/names/<str:kind>/", editor_views.names, name="curation_names"),
]
