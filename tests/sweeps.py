"""A pytest plugin for tests that try what must hold of everything on very much: on some of it, or `--every`.

Those who work on the code wait for minutes, not for an hour; CI asks for every one. What is tried is the same at each
run, so that whoever fixes something sees it fixed, and another part of it on each database.
"""

from collections.abc import Iterable
from typing import TypeVar

import pytest

Value = TypeVar("Value")


class Swept:
    """What was asked for on the command line, known before the first module of tests is read."""

    every = False
    # Where between one value tried and the next the first one stands, as a fraction.
    start = 0.0


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--every", action="store_true", help="try what is swept on every value, not on some of them")


def pytest_configure(config: pytest.Config) -> None:
    Swept.every = config.option.every
    Swept.start = 0.5 if config.option.database == "postgres" else 0.0


def spread(values: Iterable[Value], most: int) -> list[Value]:
    """Every one of the values, or at most so many, evenly spread over them in their order."""
    found = list(values)
    if Swept.every or len(found) <= most:
        return found
    return [found[int((number + Swept.start) * len(found) / most)] for number in range(most)]
