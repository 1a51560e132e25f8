"""How a curator gets in."""

from django.contrib.auth.models import User
from playwright.sync_api import Page

PASSWORD = "correct horse battery staple"  # noqa: S105


def sign_in(page: Page, user: User) -> None:
    user.set_password(PASSWORD)
    user.save()
    page.goto("/admin/")
    page.get_by_label("Username").fill(user.get_username())
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
