"""Where a journey stands in the document editor."""

from playwright.sync_api import Page, expect


def at_draft(page: Page, number: int) -> None:
    """Waits for the page of this draft: the one before it has the same links, and is there until the draft is saved."""
    expect(page.locator(".state")).to_contain_text(f"Draft {number}")
