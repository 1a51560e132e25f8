"""Tells Django about the app, and gathers what the others declare: kinds, additions to pages, pages to search, and what
the doctor looks at."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RecordsConfig(AppConfig):
    name = "v2xkb.records"
    verbose_name = "Records"

    def ready(self) -> None:
        autodiscover_modules("kinds", "pages", "searchable", "examined")
