"""The rules of the code's own shape, read off its syntax."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

CODE = ("v2xkb", "projects", "barriers")
BANNED_NAMES = {"core", "common", "utils", "helpers", "misc", "signals"}
LINES = 400
# Each heavy library and the one adapter that may load it, inside a function so that nothing else pays for it.
HEAVY = dict.fromkeys(("pandas", "polars"), "") | {
    "HanTa": "v2xkb/literature/maps/tagging.py",
    "igraph": "v2xkb/literature/maps/leiden.py",
    "openpyxl": "v2xkb/records/xlsx_books.py",
    "rdflib": "v2xkb/records/graphs.py",
    "vl_convert": "v2xkb/charts/drawer.py",
}
# Where arrays are reckoned with, loaded at the top: what serves pages never loads this package,
ARRAYS = "v2xkb/literature/maps/"
# and the one file that counts facets with them, which loads numpy when it first counts.
COUNTING = {"v2xkb/records/facet_arrays.py": "numpy"}
ARRAY_LIBRARIES = {"numpy", "scipy", "threadpoolctl"}
QUERYING = {"filter", "exclude", "annotate", "aggregate", "alias", "raw", "extra"}
WITHOUT_QUERIES = {"views.py", "api.py", "schema.py", "serializers.py", "urls.py"}


def sources() -> list[Path]:
    """Every Python file of the system, migrations apart."""
    files = [file for name in CODE for file in sorted((settings.BASE_DIR / name).rglob("*.py"))]
    return [file for file in files if "migrations" not in file.parts]


def templates() -> list[Path]:
    return [file for name in CODE for file in sorted((settings.BASE_DIR / name).rglob("*.html"))]


def name_of(file: Path) -> str:
    return str(file.relative_to(settings.BASE_DIR))


def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


def in_functions(tree: ast.Module) -> list[ast.AST]:
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [inner for function in functions for inner in ast.walk(function)]


@pytest.mark.parametrize("file", sources(), ids=name_of)
def test_a_file_says_why_it_exists_and_stays_short(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LINES, f"{name_of(file)} asks to be split by meaning"
    assert not text or ast.get_docstring(tree_of(file)) or file.name == "__init__.py"
    assert not {file.stem, *file.parts} & BANNED_NAMES


@pytest.mark.parametrize("file", [f for f in sources() if f.name in WITHOUT_QUERIES], ids=name_of)
def test_queries_live_in_querysets(file: Path) -> None:
    calls = [
        f"line {node.lineno}: .{node.func.attr}("
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in QUERYING
    ]
    names = [
        f"line {node.lineno}: Q" for node in ast.walk(tree_of(file)) if isinstance(node, ast.Name) and node.id == "Q"
    ]
    assert calls + names == []


@pytest.mark.parametrize("file", sources(), ids=name_of)
def test_only_heavy_libraries_are_imported_inside_functions_and_only_in_their_adapter(file: Path) -> None:
    tree = tree_of(file)
    inside = {name.partition(".")[0] for node in in_functions(tree) for name in imported(node)}
    anywhere = {name.partition(".")[0] for node in ast.walk(tree) for name in imported(node)}
    lazily = {name for name, adapter in HEAVY.items() if adapter == name_of(file)}
    assert inside <= lazily | {COUNTING.get(name_of(file))}
    assert {name for name in anywhere if name in HEAVY and HEAVY[name] != name_of(file)} == set()
    assert name_of(file).startswith(ARRAYS) or anywhere & ARRAY_LIBRARIES <= inside


@pytest.mark.parametrize("file", sorted((settings.BASE_DIR / ARRAYS).rglob("*.py")), ids=name_of)
def test_maps_are_made_without_django(file: Path) -> None:
    known = {"HanTa", "igraph", *ARRAY_LIBRARIES, *sys.stdlib_module_names}
    names = {name for node in ast.walk(tree_of(file)) for name in imported(node)}
    foreign = {name for name in names if name.partition(".")[0] not in known}
    assert {name for name in foreign if not name.startswith("v2xkb.literature.maps.")} == set()


def test_what_serves_pages_loads_no_heavy_library() -> None:
    asked = "import sys, v2xkb.wsgi, v2xkb.urls; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    ran = subprocess.run(
        [sys.executable, "-c", asked],
        capture_output=True,
        check=True,
        cwd=settings.BASE_DIR,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "v2xkb.settings", "DEBUG": "on", "VAR_DIR": "var/checks"},
        text=True,
    )
    loaded = set(ran.stdout.split())
    assert "django" in loaded
    assert loaded & {*HEAVY, *ARRAY_LIBRARIES} == set()


@pytest.mark.parametrize("file", sources(), ids=name_of)
def test_text_is_never_matched_by_the_databases_own_folding(file: Path) -> None:
    """`icontains` differs between the databases; only Django's admin, which builds it itself, may use it."""
    text = file.read_text(encoding="utf-8")
    assert "icontains" not in text
    assert "iexact" not in text


@pytest.mark.parametrize("file", templates(), ids=name_of)
def test_a_template_has_no_inline_script_or_style(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert "<script>" not in text
    assert "<style" not in text
    assert " style=" not in text
    assert " onclick=" not in text
