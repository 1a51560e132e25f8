"""A change of the GraphQL schema without a line in the changelog is found."""

import pytest

from tests.schema_changes import CHANGELOG, HEADING, SCHEMA, digest, fault

BEFORE, AFTER = "type Query { a: Int }\n", "type Query { a: Int! }\n"
LINES = f"# Changelog\n\n## Unreleased\n\n{HEADING}\n\n- `{digest(BEFORE)}`: the first.\n"
LATER = "\n### Fixed\n\n- Something.\n\n## 0.1\n"


def test_the_changelog_tells_of_the_schema_as_it_is() -> None:
    assert fault(SCHEMA.read_text(encoding="utf-8"), CHANGELOG.read_text(encoding="utf-8")) == ""


def test_a_changed_schema_needs_a_line_of_its_own() -> None:
    assert fault(BEFORE, LINES + LATER) == ""
    assert f"Add one at its end that says what changed for those who query: “- `{digest(AFTER)}`: …”." in fault(
        AFTER, LINES + LATER
    )
    assert fault(AFTER, f"{LINES}- `{digest(AFTER)}`: a is always there.\n{LATER}") == ""


@pytest.mark.parametrize(
    "changelog",
    [
        "",
        f"{HEADING}\n\n## 0.1\n\n- `{digest(AFTER)}`: in another section.\n",
        f"{LINES}- `{digest(AFTER)}`:\n{LATER}",
        f"{HEADING}\n\n- `{digest(AFTER)}`: a.\n- `{digest(BEFORE)}`: back again.\n",
    ],
    ids=["nothing", "elsewhere", "without words", "not the last"],
)
def test_a_line_elsewhere_without_words_or_not_the_last_is_none(changelog: str) -> None:
    assert fault(AFTER, changelog)
