"""Whatever is asked or sent is answered or refused, never an error of the system, on either database."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.fuzz.requests import targets
from tests.fuzz.trying import Target, numbers, try_on

pytestmark = [
    pytest.mark.usefixtures("knowledge_base"),
    pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning"),
]

TARGETS = list(targets())
NUMBERS = numbers(TARGETS, "requests")


@pytest.mark.parametrize("target", TARGETS, ids=str)
def test_whatever_is_asked_or_sent_is_answered_or_refused(
    target: Target, record_property: Callable[[str, Any], None]
) -> None:
    try_on(target, NUMBERS[target.name], record_property)
