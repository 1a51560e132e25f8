"""A real browser shows the site's own pages under the strict Content-Security-Policy."""

from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import Opened

PAGES = (
    "/",
    "/projects/",
    "/projects/parker/",
    "/barriers/",
    "/barriers/battery-degradation/",
    "/terms/",
    "/terms/v2b/",
    "/claims/",
    "/search/?q=frequency",
)


def test_a_visitor_goes_from_the_home_page_over_a_filtered_list_to_a_project(page: Page) -> None:
    page.goto("/")
    page.get_by_role("navigation").get_by_role("link", name="Projects").first.click()
    expect(page).to_have_url("/projects/")
    page.goto("/projects/?country=DK&scenario=v2g")
    page.get_by_role("main").get_by_role("link", name="Parker").first.click()
    expect(page).to_have_url("/projects/parker/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("PARKER")


def test_every_kind_of_page_is_styled_and_fits_a_narrow_screen(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    seen = {}
    for path in PAGES:
        page.goto(path)
        styled = page.locator("body").evaluate("body => document.styleSheets.length > 0 && body.clientHeight > 0")
        seen[path] = (styled, page.evaluate("document.documentElement.scrollWidth"))
    assert seen == dict.fromkeys(PAGES, (True, 320))


def test_a_curator_signs_in_to_the_styled_admin(opened: Opened, live_server: LiveServer) -> None:
    User.objects.create_superuser("curator", password="correct horse battery staple")  # noqa: S106
    with opened(base_url=live_server.url) as page:
        page.goto("/admin/")
        page.get_by_label("Username").fill("curator")
        page.get_by_label("Password").fill("correct horse battery staple")
        page.get_by_role("button", name="Log in").click()
        expect(page.get_by_role("heading", name="Your work")).to_be_visible()
        assert page.locator("#header").evaluate("header => getComputedStyle(header).display") == "flex"
