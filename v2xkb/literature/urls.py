"""Addresses of the literature."""

from django.urls import path

from v2xkb.literature import views

app_name = "literature"

urlpatterns = [
    path("literature/", views.ReferenceListView.as_view(), name="list"),
    path("literature/<slug:slug>/", views.ReferenceDetailView.as_view(), name="detail"),
]
