"""Tries a target on inputs that are made up, and tells what they cost."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as running
from hypothesis.database import DirectoryBasedExampleDatabase
from hypothesis.strategies import SearchStrategy

from tests.fuzz.bounds import MEGABYTE, MEGABYTES, Cost, bounded, forget_peak, peak
from tests.fuzz.numbers import FUZZING, number_of
from v2xkb.instance import BASE_DIR

# Hypothesis remembers what it tried: so many at once, and it is forgotten.
AT_ONCE = 2_000
# Where `make fuzz` keeps what failed, to try it first the next time.
LONGEST_SAID = 4_000
KEPT = BASE_DIR / "var" / "fuzz"


class Fault(Exception):
    """What a target raised, and for which input."""


@dataclass(frozen=True)
class Target:
    """Something that takes what others write; `takes` raises nothing for anything, once it has looked at the result.

    `share` is how many inputs it gets in proportion to others.
    """

    name: str
    inputs: SearchStrategy[Any]
    takes: Callable[[Any], None]
    share: float = 1.0

    def __str__(self) -> str:
        return self.name


def numbers(targets: list[Target], what: str) -> dict[str, int]:
    """Target -> how many inputs."""
    shares = sum(target.share for target in targets)
    return {target.name: max(1, round(number_of(what) * target.share / shares)) for target in targets}


def try_on(target: Target, number: int, tell: Callable[[str, Any], None]) -> None:
    """Raises what the target raised for the least input that makes it; tells what the inputs cost, in either case."""
    cost = Cost()
    before = forget_peak()
    try:
        while cost.inputs < number:
            try_some(target, min(AT_ONCE, number - cost.inputs), cost)
    finally:
        grown = (peak() - before) / MEGABYTE
        told = {"target": target.name, "inputs": cost.inputs, "slowest": cost.slowest, "megabytes": grown}
        tell("fuzz", told)
    assert grown < MEGABYTES, f"{target}: the process grew by {grown:.0f} MB"


def try_some(target: Target, number: int, cost: Cost) -> None:
    @running(
        max_examples=number,
        deadline=None,
        database=DirectoryBasedExampleDatabase(KEPT / target.name) if FUZZING else None,
        derandomize=not FUZZING,
        print_blob=FUZZING,
        phases=[Phase.reuse, Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(made_up=target.inputs)
    def attempt(made_up: Any) -> None:
        try:
            with bounded(cost):
                target.takes(made_up)
        except Exception as error:
            # In ASCII, as a message may hold what no terminal shows and no report of a test may hold.
            said = f"{type(error).__name__}: {error}\n{target}: {made_up!r}"[:LONGEST_SAID]
            raise Fault(said.encode("ascii", "backslashreplace").decode()).with_traceback(error.__traceback__) from None

    attempt()
