"""Whoever signs in at the door that people use, by whatever address."""

from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from tests.curation.people import person

PASSWORD = "quiet harbour at dawn"  # noqa: S105
WRONG = "quiet harbour at dusk"
LOGIN = "/admin/login/"


def curator(name: str = "anna", role: str = "Editor") -> User:
    user = person(role, name)
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(
    client: Client, name: str = "anna", password: str = PASSWORD, address: str = "192.0.2.1", **more: Any
) -> Any:
    return client.post(LOGIN, {"username": name, "password": password, **more}, REMOTE_ADDR=address)


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200
