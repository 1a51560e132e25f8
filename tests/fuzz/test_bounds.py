"""What would hang, take the machine's memory, or raise anything undeclared fails a target; what is within passes."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import strategies as st

from tests.fuzz import bounds
from tests.fuzz.bounds import Cost, PassesBound, bounded
from tests.fuzz.trying import Fault, Target, numbers, try_on


def hang() -> None:
    while True:
        try:
            time.process_time()
        except Exception:  # noqa: S112 - as parsers that take any exception for a fault of the file
            continue


def test_a_hang_is_stopped_after_the_processor_time_that_an_input_may_take(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "SECONDS", 0.05)
    cost = Cost()
    with pytest.raises(PassesBound, match=r"more than 0\.05 s"), bounded(cost):
        hang()
    assert cost.inputs == 1
    assert 0.01 < cost.slowest < bounds.SECONDS_AT_MOST


def test_more_memory_than_an_input_may_take_is_not_given() -> None:
    with pytest.raises(PassesBound, match="MB of memory"), bounded(Cost()):
        bytearray(2 * bounds.MEGABYTES * bounds.MEGABYTE)
    assert bytearray(2 * bounds.MEGABYTES * bounds.MEGABYTE)


def told_of(takes: Callable[[int], None]) -> tuple[dict[str, Any], BaseException | None]:
    told: dict[str, Any] = {}
    try:
        try_on(Target("example", st.integers(), takes), 50, lambda _, cost: told.update(cost))
    except Fault as error:
        return told, error
    return told, None


def test_every_input_is_counted_and_an_undeclared_error_is_told_with_the_input() -> None:
    told, error = told_of(lambda number: None)
    assert (told["inputs"], error) == (50, None)

    def divide(number: int) -> None:
        if number > 6:
            raise AssertionError("\ud800")

    told, error = told_of(divide)
    assert str(error) == "AssertionError: \\ud800\nexample: 7"


def test_inputs_are_divided_by_shares() -> None:
    targets = [Target("much", st.none(), lambda _: None, share=3), Target("little", st.none(), lambda _: None)]
    found = numbers(targets, "parsers")
    assert found["much"] == pytest.approx(3 * found["little"], abs=2)
