"""The rules of the code's own shape, read off its syntax."""

import ast
import re
import sys
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import NamedTuple

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
# Which files may ask a database, and why: everything else asks a queryset, by the name of its use.
MAY_QUERY = {
    "*querysets.py": "they are what is asked",
    "*_models.py": "a model of few queries has its queryset beside it",
    "v2xkb/records/facet*.py": "conditions are made of what is asked of a list",
    "v2xkb/records/keyset.py": "a page of a list is a condition on its order",
    "v2xkb/records/search*.py": "conditions are made of the words that are searched for",
    "projects/claim*.py": "conditions are made of what a claim says",
    "v2xkb/records/bulk.py": "of whatever model it is given",
    "v2xkb/records/doctor.py": "of whatever model holds records, versions or rows",
    "v2xkb/records/projection.py": "of whatever model it is given",
    "v2xkb/backups/making.py": "of whatever models a backup's code had",
    "v2xkb/curation/erasing.py": "of whatever model names a person",
    "v2xkb/curation/draft_history.py": "of a document's own drafts, one by its number",
    "v2xkb/accounts/*.py": "accounts, devices and tries are libraries' tables, without querysets of ours",
    "v2xkb/curation/management/commands/*.py": "accounts, as before",
    "v2xkb/literature/map_tasks.py": "tasks, as before",
}
# How text may be compared by what it contains or begins with. SQLite does not tell capitals of ASCII apart there, and
# PostgreSQL does, by the same words of SQL as SQLite's `icontains`, which the admin needs: so no setting changes it.
ALIKE = {
    "v2xkb/curation/querysets.py": "whoever asks looks again at what was found, as the editor does",
    "v2xkb/records/querysets.py": "paths and folded text have no capitals; documents by address are looked at again",
    "v2xkb/records/graphql/querysets.py": "paths begin with a field, which has no capitals",
    "v2xkb/records/search_suggestions.py": "slugs and folded text have no capitals",
    "v2xkb/releases/querysets.py": "the folders of a release have no capitals",
}
FOLDING = re.compile(r"i(contains|exact|startswith|endswith|regex)\b")
COMPARING = re.compile(r"__(contains|startswith|endswith|regex)\b")


class Source(NamedTuple):
    """One Python file of the system, by what its syntax says."""

    name: str
    text: str
    says_why: bool
    # Names of packages and modules.
    imported: frozenset[str]
    imported_in_functions: frozenset[str]
    queries: tuple[str, ...]


@cache
def sources() -> list[Source]:
    """All of them, migrations apart."""
    files = [file for name in CODE for file in sorted((settings.BASE_DIR / name).rglob("*.py"))]
    return [read(file) for file in files if "migrations" not in file.parts]


def read(file: Path) -> Source:
    text = file.read_text(encoding="utf-8")
    tree = ast.parse(text)
    nodes = list(ast.walk(tree))
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return Source(
        name_of(file),
        text,
        bool(not text or ast.get_docstring(tree)),
        frozenset(name for node in nodes for name in imported(node)),
        frozenset(name for function in functions for node in ast.walk(function) for name in imported(node)),
        tuple(
            f"line {node.lineno}: {query}" for node in nodes if isinstance(node, ast.expr) and (query := asked(node))
        ),
    )


def name_of(file: Path) -> str:
    return str(file.relative_to(settings.BASE_DIR))


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


def asked(node: ast.expr) -> str:
    """What of a query the expression is, or nothing."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in QUERYING:
        return f".{node.func.attr}("
    return "Q" if isinstance(node, ast.Name) and node.id == "Q" else ""


def packages(names: frozenset[str]) -> set[str]:
    return {name.partition(".")[0] for name in names}


def test_every_file_says_why_it_exists() -> None:
    assert [one.name for one in sources() if not one.says_why and Path(one.name).name != "__init__.py"] == []


def test_every_file_is_short() -> None:
    """One that is not asks to be split by meaning."""
    lines = {one.name: len(one.text.splitlines()) for one in sources()}
    assert {name: count for name, count in lines.items() if count > LINES} == {}


def test_every_file_and_folder_is_named_after_what_it_holds() -> None:
    assert [one.name for one in sources() if BANNED_NAMES & {Path(one.name).stem, *Path(one.name).parts}] == []


def test_queries_live_in_querysets() -> None:
    asking = {one.name: one.queries for one in sources() if one.queries}
    assert {name: those for name, those in asking.items() if not any(fnmatch(name, may) for may in MAY_QUERY)} == {}
    assert [may for may in MAY_QUERY if not any(fnmatch(name, may) for name in asking)] == []


def test_no_view_is_named_so_that_it_may_query() -> None:
    """`*` takes in whole folders."""
    views = [one.name for one in sources() if re.search(r"(views|api|schema|urls|serializers)\.py$", one.name)]
    assert len(views) > 50
    assert {one.name: one.queries for one in sources() if one.name in views and one.queries} == {}


def test_only_heavy_libraries_are_imported_inside_functions_and_only_in_their_adapter() -> None:
    wrong = {}
    for one in sources():
        inside, anywhere = packages(one.imported_in_functions), packages(one.imported)
        lazily = {name for name, adapter in HEAVY.items() if adapter == one.name}
        elsewhere = {name for name in anywhere if HEAVY.get(name, one.name) != one.name}
        arrays = set() if one.name.startswith(ARRAYS) else (anywhere & ARRAY_LIBRARIES) - inside
        if found := (inside - lazily - {COUNTING.get(one.name)}) | elsewhere | arrays:
            wrong[one.name] = found
    assert wrong == {}


def test_maps_are_made_without_django() -> None:
    known = {"HanTa", "igraph", *ARRAY_LIBRARIES, *sys.stdlib_module_names}
    foreign = {
        one.name: {
            name
            for name in one.imported
            if name.partition(".")[0] not in known and not name.startswith("v2xkb.literature.maps.")
        }
        for one in sources()
        if one.name.startswith(ARRAYS)
    }
    assert len(foreign) > 20
    assert {name: names for name, names in foreign.items() if names} == {}


def test_text_is_never_matched_by_the_databases_own_folding() -> None:
    """Folding differs between the databases; only Django's admin, which builds `icontains` itself, may use it."""
    assert [one.name for one in sources() if FOLDING.search(one.text)] == []
    assert {one.name for one in sources() if COMPARING.search(one.text)} == ALIKE.keys()


def test_no_template_has_an_inline_script_or_style() -> None:
    templates = [file for name in CODE for file in sorted((settings.BASE_DIR / name).rglob("*.html"))]
    assert len(templates) > 100
    inline = ("<script>", "<style", " style=", " onclick=")
    found = {name_of(file): [one for one in inline if one in file.read_text(encoding="utf-8")] for file in templates}
    assert {name: those for name, those in found.items() if those} == {}
