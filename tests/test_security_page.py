"""docs/security.md judges every point of the checklist once, and names tests that are there."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
STATES = {"met", "n/a", "not met", "operator"}
# Section of ASVS 5.0.0 -> how many points of levels 1 and 2 it has; they are the first ones of each.
POINTS = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1, "3.2": 2, "3.3": 4,
    "3.4": 6, "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4, "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3,
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4, "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5,
    "7.5": 2, "7.6": 2, "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1, "9.1": 3, "9.2": 4, "11.1": 2, "11.2": 3, "11.3": 3,
    "11.4": 4, "11.5": 1, "11.6": 1, "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5,
    "14.1": 2, "14.2": 4, "14.3": 3, "15.1": 3, "15.2": 3, "15.3": 7, "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3,
    "16.5": 3,
}  # fmt: skip
WHOLE = {"10.*", "17.*"}


def rows() -> list[list[str]]:
    lines = re.findall(r"^\| ([0-9].*)\|$", PAGE, re.MULTILINE)
    return [[cell.strip() for cell in line.split("|")] for line in lines]


def test_every_point_is_judged_once() -> None:
    named = Counter(number for first, *_ in rows() for number in first.split(", "))
    wanted = {f"{section}.{n}" for section, most in POINTS.items() for n in range(1, most + 1)} | WHOLE
    assert set(named) == wanted
    assert [number for number, times in named.items() if times > 1] == []


def test_every_judgement_is_one_and_says_how() -> None:
    assert {state for _, _, state, *_ in rows()} <= STATES
    assert [row for row in rows() if len(row) != 4] == []
    assert [row for row in rows() if not row[3]] == []


def test_every_test_that_is_named_is_there() -> None:
    named = re.findall(r"`([\w/]*test_\w+\.py)`", PAGE)
    assert len(named) > 50
    assert [name for name in named if not (ROOT / "tests" / name).exists()] == []
