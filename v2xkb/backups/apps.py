"""Tells Django about the app."""

from django.apps import AppConfig


class BackupsConfig(AppConfig):
    name = "v2xkb.backups"
    verbose_name = "Backups"
