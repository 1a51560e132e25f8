"""Tells Django about the app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "v2xkb.accounts"
    verbose_name = "Accounts"
