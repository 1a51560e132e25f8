"""Addresses of barriers, measures and research topics."""

from django.urls import path

from barriers import views

app_name = "barriers"

urlpatterns = [
    path("barriers/", views.BarrierListView.as_view(), name="list"),
    path("barriers/<slug:slug>/", views.BarrierDetailView.as_view(), name="detail"),
    path("barriers/sets/<slug:slug>/", views.BarrierSetDetailView.as_view(), name="set"),
    path("measures/", views.MeasureListView.as_view(), name="measures"),
    path("measures/<slug:slug>/", views.MeasureDetailView.as_view(), name="measure"),
    path("research-topics/", views.ResearchTopicListView.as_view(), name="topics"),
    path("research-topics/<slug:slug>/", views.ResearchTopicDetailView.as_view(), name="topic"),
]
