"""Nothing that anybody wrote is ever sent as HTML: what says that a text is safe is listed here, with why it is."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("barriers", "projects", "v2xkb")
SAFE = {"mark_safe", "SafeString", "SafeText", "html_safe"}
# File -> why what it marks is safe, beside constants, which say nothing of anybody.
REASONS = {
    "v2xkb/records/linked_data.py": "JSON in which what could end its element is escaped.",
    "v2xkb/records/markup.py": "Forms of our own, in which every text is escaped.",
    "v2xkb/charts/templatetags/charts.py": "Pieces that are each escaped or formatted.",
}
IN_TEMPLATES = re.compile(r"\|\s*(safe|safeseq)\b|autoescape\s+off|filter\s+safe")
# What would make markup, or a program, of a text in a browser.
IN_SCRIPTS = re.compile(
    r"\.(innerHTML|outerHTML)\s*=|insertAdjacentHTML|document\.write|\beval\(|new Function|createContextualFragment"
)


def files(pattern: str) -> Iterator[tuple[str, str]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob(pattern)):
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def marked(source: str) -> list[ast.Call]:
    """Calls that say of something but a constant that it is safe, and methods that say so of an object."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    named = [call for call in calls if getattr(call.func, "id", getattr(call.func, "attr", "")) in SAFE]
    return [call for call in named if not all(is_constant(argument) for argument in call.args)]


def is_constant(node: ast.expr) -> bool:
    """A literal, or a name in capitals: a constant of the module."""
    return isinstance(node, ast.Constant) or (isinstance(node, ast.Name) and node.id.isupper())


def test_only_what_is_listed_says_that_a_text_is_safe() -> None:
    found = {name for name, source in files("*.py") if marked(source) or "def __html__" in source}
    assert found == set(REASONS)


@pytest.mark.parametrize(
    "source", ["mark_safe(text)", "safestring.SafeString(f'<b>{name}</b>')", "mark_safe('<b>' + name)"]
)
def test_the_list_sees_what_is_marked(source: str) -> None:
    assert marked(source)
    assert not marked("mark_safe('<br>')")


def test_no_template_turns_escaping_off() -> None:
    assert [name for name, text in files("*.html") if IN_TEMPLATES.search(text)] == []
    assert IN_TEMPLATES.search("{{ name | safe }}")
    assert IN_TEMPLATES.search("{% autoescape off %}")


def test_no_script_of_ours_makes_markup_of_a_text() -> None:
    assert [name for name, text in files("*.js") if IN_SCRIPTS.search(text)] == []
    assert IN_SCRIPTS.search('box.innerHTML = "<b>" + name;')
