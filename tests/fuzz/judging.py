"""What must hold of what a parser returns, and of what it says where it refuses."""

import itertools
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from v2xkb.literature.maps.faults import InvalidMap
from v2xkb.records.problems import InvalidDocuments, Problem

PLACE = "made-up"


def texts_in(value: Any) -> Iterator[str]:
    """Every text within plain data, names of keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from itertools.chain.from_iterable(map(texts_in, itertools.chain(value, value.values())))
    elif isinstance(value, Collection) and not isinstance(value, bytes):
        yield from itertools.chain.from_iterable(map(texts_in, value))


def check_shown(value: Any) -> None:
    """A page, a reply and a terminal can show it."""
    for text in texts_in(value):
        text.encode()


def check_storable(value: Any) -> None:
    """Both databases take it too."""
    check_shown(value)
    assert not any("\x00" in text for text in texts_in(value))


def check_said(*needed: str) -> None:
    """Whoever wrote it finds the place, and learns what is wrong and what to do."""
    assert all(needed), needed
    check_shown(needed)


def check_told(problem: Problem, *, is_placed: bool = True) -> None:
    check_said(problem.message, problem.remedy, problem.place or problem.path or ("" if is_placed else PLACE))
    check_shown(str(problem))


@contextmanager
def refusing(*, is_placed: bool = True) -> Iterator[None]:
    """What parsers may raise for what they are given, all of it told well."""
    try:
        yield
    except InvalidDocuments as error:
        check_said(*map(str, error.problems[:1]), str(error))
        for problem in error.problems:
            check_told(problem, is_placed=is_placed)
    except InvalidMap as error:
        check_said(error.place, error.message, error.remedy, str(error))
