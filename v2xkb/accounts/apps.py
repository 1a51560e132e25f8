"""Tells Django about the app."""

from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "v2xkb.accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        # It reads models, which are there only by now.
        import_module("v2xkb.accounts.watching").connect()
