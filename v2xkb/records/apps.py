"""Tells Django about the app."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "v2xkb.records"
    verbose_name = "Records"
