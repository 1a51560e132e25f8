"""Addresses of the literature."""

from django.urls import path

from v2xkb.literature import corpus_views, map_progress_views, map_views, publication_views, views

app_name = "literature"

urlpatterns = [
    path("literature/", views.ReferenceListView.as_view(), name="list"),
    path("literature/maps/", map_views.KeywordMapsView.as_view(), name="maps"),
    path("literature/maps/<slug:selection>/", map_views.KeywordMapView.as_view(), name="map"),
    path(
        "literature/maps/<slug:selection>/publications/",
        map_views.MapPublicationsView.as_view(),
        name="map-publications",
    ),
    path(
        "literature/maps/<slug:selection>/progress/",
        map_progress_views.MapProgressView.as_view(),
        name="map-progress",
    ),
    path("literature/maps/<slug:selection>/thesaurus.txt", map_views.MapThesaurusView.as_view(), name="map-thesaurus"),
    path("literature/maps/<slug:selection>/map.<str:form>", map_views.MapFileView.as_view(), name="map-file"),
    path("literature/maps/<slug:selection>/<slug:view>.<str:form>", map_views.MapChartView.as_view(), name="map-chart"),
    path("literature/corpora/", corpus_views.CorporaView.as_view(), name="corpora"),
    path("literature/corpora/<slug:slug>/", corpus_views.CorpusView.as_view(), name="corpus"),
    path(
        "literature/corpora/<slug:slug>/publications/",
        publication_views.PublicationListView.as_view(),
        name="publications",
    ),
    path("literature/<slug:slug>/", views.ReferenceDetailView.as_view(), name="detail"),
]
