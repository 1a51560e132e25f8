"""The page on which people write queries of the graph."""

import re

from playwright.sync_api import Page, expect


def test_queries_are_written_and_answered_under_the_strict_policy(page: Page) -> None:
    page.goto("/graphql/")
    examples = page.get_by_role("navigation", name="Examples").get_by_role("link")
    expect(examples).to_have_count(3)
    result = page.get_by_label("Result Window")
    for question in examples.all_inner_texts():
        page.get_by_role("link", name=question).click()
        page.get_by_role("button", name="Execute query (Ctrl-Enter)").click()
        # The editor holds only the lines that can be seen.
        expect(result).to_contain_text(re.compile(r'"totalCount": [1-9]|"nodes": \['))
    # Its dialogs write styles inline, which the policy would refuse.
    page.get_by_role("button", name="Open short keys dialog").click()
    expect(page.get_by_role("dialog")).to_be_visible()
