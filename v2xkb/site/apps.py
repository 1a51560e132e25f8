"""Tells Django about the app."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "v2xkb.site"
    verbose_name = "Site"
