"""Tells Django about the app."""

from django.apps import AppConfig


class CurationConfig(AppConfig):
    name = "v2xkb.curation"
    verbose_name = "Curation"
