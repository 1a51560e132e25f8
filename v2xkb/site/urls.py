"""Addresses of the pages that belong to no single app."""

from django.urls import URLPattern, URLResolver

app_name = "site"

urlpatterns: list[URLPattern | URLResolver] = []
