"""Tells Django about the app."""

from django.apps import AppConfig


class TaxonomyConfig(AppConfig):
    name = "v2xkb.taxonomy"
    verbose_name = "Taxonomy"
