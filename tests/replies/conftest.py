"""Here replies are kept."""

import pytest


@pytest.fixture(autouse=True)
def keeping(replies_are_kept: None) -> None:
    """For every test."""
