"""A real browser shows the site's own pages under the strict Content-Security-Policy."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect


@pytest.mark.django_db(transaction=True)
def test_a_curator_signs_in_to_the_styled_admin(page: Page) -> None:
    User.objects.create_superuser("curator", password="correct horse battery staple")  # noqa: S106
    page.goto("/admin/")
    page.get_by_label("Username").fill("curator")
    page.get_by_label("Password").fill("correct horse battery staple")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Site administration")).to_be_visible()
    assert page.locator("#header").evaluate("header => getComputedStyle(header).display") == "flex"
