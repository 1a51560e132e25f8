"""Addresses of the vocabulary."""

from django.urls import path

from v2xkb.taxonomy import views

app_name = "taxonomy"

urlpatterns = [
    path("terms/", views.TermTreeView.as_view(), name="tree"),
    path("terms/classify/", views.ClassifyView.as_view(), name="classify"),
    path("terms/<slug:slug>/", views.TermDetailView.as_view(), name="detail"),
    path("term-usages/", views.TermUsageListView.as_view(), name="usages"),
    path("term-usages/<slug:slug>/", views.TermUsageDetailView.as_view(), name="usage"),
]
