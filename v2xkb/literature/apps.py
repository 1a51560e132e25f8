"""Tells Django about the app."""

from django.apps import AppConfig


class LiteratureConfig(AppConfig):
    name = "v2xkb.literature"
    verbose_name = "Literature"
