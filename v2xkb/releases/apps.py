"""Tells Django about the app."""

from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    name = "v2xkb.releases"
    verbose_name = "Releases"
