"""Whatever somebody wrote is a whole number within bounds, or none."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

from v2xkb.numbers import LARGEST_KEY, whole_number_in


@pytest.mark.parametrize(
    ("text", "most", "number"),
    [("0", 5, 0), ("5", 5, 5), ("007", 7, 7), ("0" * 9_000 + "3", 5, 3), (str(LARGEST_KEY), LARGEST_KEY, LARGEST_KEY)],
)
def test_digits_are_read_up_to_a_bound(text: str, most: int, number: int) -> None:
    assert whole_number_in(text, most) == number


@pytest.mark.parametrize("text", ["", "6", "-1", "+1", "1.0", " 1", "1\n", "²", "٣", "9" * 25, "9" * 5_000, "1_0", "x"])
def test_anything_else_is_none(text: str) -> None:
    assert whole_number_in(text, 5) is None


def test_nobody_reads_a_number_after_asking_whether_a_text_looks_like_one() -> None:
    """`"²".isdigit()`, and `int` takes no such text, nor very many digits."""
    files = (path for name in ("v2xkb", "barriers", "projects") for path in (settings.BASE_DIR / name).rglob("*.py"))
    mixed = [path.relative_to(settings.BASE_DIR).as_posix() for path in files if asks_and_reads(path)]
    # Which tells words from numbers.
    assert mixed == ["v2xkb/curation/duplicates.py"]


def asks_and_reads(path: Path) -> bool:
    """Whether one function asks for digits and reads a number."""

    def called(node: ast.AST) -> set[str]:
        calls = (one.func for one in ast.walk(node) if isinstance(one, ast.Call))
        return {one.attr if isinstance(one, ast.Attribute) else getattr(one, "id", "") for one in calls}

    functions = (one for one in ast.walk(ast.parse(path.read_text())) if isinstance(one, ast.FunctionDef))
    names = [called(one) for one in functions if one.name != "whole_number_in"]
    return any("int" in found and found & {"isdigit", "isdecimal", "isnumeric"} for found in names)
