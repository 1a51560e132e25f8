"""The description of the REST interface as a person reads it."""

from playwright.sync_api import Page, expect


def test_the_interface_is_described_and_can_be_tried_under_the_strict_policy(page: Page) -> None:
    page.goto("/api/v1/docs/")
    operation = page.locator("#operations-projects-get_project")
    operation.get_by_role("button").first.click()
    operation.get_by_role("button", name="Try it out").click()
    operation.get_by_placeholder("name").fill("parker")
    operation.get_by_role("button", name="Execute").click()
    expect(operation.locator(".live-responses-table")).to_contain_text('"slug": "parker"')
