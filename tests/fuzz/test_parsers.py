"""Whatever a parser is given, it returns or says what is wrong and where, in bounded time and memory."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.fuzz import addresses, archives, literature, maps, records, sheets
from tests.fuzz.trying import Target, numbers, try_on

# A codec tells of escapes that it does not know, and Hypothesis of inputs that are long to print: neither is a fault.
pytestmark = [
    pytest.mark.filterwarnings("ignore:invalid escape sequence:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning"),
]

TARGETS = [target for part in (literature, maps, sheets, records, archives, addresses) for target in part.targets()]
NUMBERS = numbers(TARGETS, "parsers")


@pytest.mark.parametrize("target", TARGETS, ids=str)
def test_whatever_a_parser_is_given_it_returns_or_says_what_is_wrong(
    target: Target, record_property: Callable[[str, Any], None]
) -> None:
    try_on(target, NUMBERS[target.name], record_property)
