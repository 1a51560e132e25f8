"""Addresses of the pages that belong to no single app."""

from django.urls import path

from v2xkb.site import about_views, search_views, views
from v2xkb.site.about import ABOUT_PAGES

app_name = "site"

urlpatterns = [
    path("", views.HomeView.as_view(), name="home"),
    path("search/", search_views.SearchView.as_view(), name="search"),
    path("search/suggestions/", search_views.SuggestionsView.as_view(), name="suggestions"),
    path("about/", about_views.AboutView.as_view(), name="about"),
    *(
        path(f"about/{page.slug}/", about_views.AboutPageView.as_view(page=page), name=page.slug)
        for page in ABOUT_PAGES
    ),
]
