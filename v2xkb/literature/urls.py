"""Addresses of the literature."""

from django.urls import path

from v2xkb.literature import corpus_views, views

app_name = "literature"

urlpatterns = [
    path("literature/", views.ReferenceListView.as_view(), name="list"),
    path("literature/corpora/", corpus_views.CorporaView.as_view(), name="corpora"),
    path("literature/corpora/<slug:slug>/", corpus_views.CorpusView.as_view(), name="corpus"),
    path("literature/<slug:slug>/", views.ReferenceDetailView.as_view(), name="detail"),
]
