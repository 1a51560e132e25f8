"""Addresses of the pages that belong to no single app."""

from django.urls import path

from v2xkb.site import views

app_name = "site"

urlpatterns = [
    path("", views.HomeView.as_view(), name="home"),
    path("search/", views.SearchView.as_view(), name="search"),
    path("about/", views.AboutView.as_view(), name="about"),
    path("about/inclusion/", views.InclusionView.as_view(), name="inclusion"),
    path("about/accessibility/", views.AccessibilityView.as_view(), name="accessibility"),
]
