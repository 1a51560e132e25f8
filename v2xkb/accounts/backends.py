"""Django's own way to know people, asked only for names and addresses that have not failed too often."""

from typing import Any

from axes.backends import AxesStandaloneBackend
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest


class Backend(AxesStandaloneBackend, ModelBackend):
    """One, not two in a row: rights are then asked for once."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **rest: Any
    ) -> Any:
        super().authenticate(request, username=username, password=password, **rest)
        return ModelBackend.authenticate(self, request, username=username, password=password, **rest)
