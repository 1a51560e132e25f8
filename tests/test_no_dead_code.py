"""Nothing stands in the packages that nothing there names: neither what is used nowhere nor what only tests use."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings

# What one process reads serves all tests here.
pytestmark = pytest.mark.xdist_group("no dead code")

PACKAGES = ("v2xkb", "projects", "barriers")
CONFIGURATION = ("pyproject.toml", "Makefile", "Containerfile")
WORD = re.compile(r"[A-Za-z_]\w*")
DOTTED = re.compile(r"([A-Za-z_][\w.]*)[.:]([A-Za-z_]\w*)")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)

# What Django and v2xkb/schema.py look for by its name: in files of that name, what matches.
LOOKED_FOR = {
    "apps.py": r"\w+Config",
    "settings.py": r"[A-Z0-9_]+",
    "schema.py": r"LISTS|BACKLINKS",
    "urls.py": r"app_name|urlpatterns|handler404",
    "api.py": r"app_name|urlpatterns",
}
COMMANDS = "management/commands"
# Decorators that hand on what they decorate, by their last names.
HANDING_ON = {"register", "section_of", "model_validator", "field_validator"}
# Methods that a library finds by name though no class above declares them.
CALLED_BY_NAME = {
    r"__\w+__": "Python",
    r"resolve_\w+": "graphene: a field's value",
    r"clean_\w+": "forms: a field's check",
    r"has_\w+_permission": "the admin: who may do an action",
    r"as_sqlite|as_postgresql": "Django: SQL for a database",
    r"db_for_read|db_for_write|allow_relation|allow_migrate": "Django: a router of databases",
    r"process_view|process_exception": "Django: a middleware",
    r"to_url": "Django: a converter of addresses",
    r"password_changed": "Django: a check of passwords",
}
# Names used in ways that the syntax does not show.
USED = {
    "v2xkb.accounts.watching.connect": "called by apps.py, which imports the module only once models are there",
    "v2xkb.accounts.sessions.SessionStore": "SESSION_ENGINE names the module",
    "v2xkb.records.postgresql.base.DatabaseWrapper": "Django looks for it in the module that ENGINE names",
}


class Code(NamedTuple):
    """One Python file: what it declares, and what it names, in its own and in other modules."""

    module: str
    file: Path
    tree: ast.Module
    # Read as plain names, in whatever scope.
    read: set[str]
    # (module, name) of what is taken from modules.
    taken: set[tuple[str, str]]
    # Attributes, keywords and words of strings that may be names.
    words: set[str]

    @property
    def is_migration(self) -> bool:
        return "migrations" in self.file.parts


@cache
def codes() -> list[Code]:
    files = [file for name in PACKAGES for file in sorted((settings.BASE_DIR / name).rglob("*.py"))]
    return [read(file) for file in files]


def read(file: Path) -> Code:
    parts = file.relative_to(settings.BASE_DIR).with_suffix("").parts
    module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    tree = ast.parse(file.read_text(encoding="utf-8"))
    code = Code(module, file, tree, set(), set(), set())
    # What a name of the file stands for, where that is a module.
    modules: dict[str, str] = {}
    attributes: list[tuple[str, str]] = []
    for node in ast.walk(tree):
        match node:
            case ast.Name(name, ast.Load()):
                code.read.add(name)
            case ast.Attribute(value, name, ast.Load()):
                code.words.add(name)
                if isinstance(value, ast.Name):
                    attributes.append((value.id, name))
            case ast.ImportFrom(module=str(source), names=names):
                code.taken.update((source, one.name) for one in names)
                modules.update((one.asname or one.name, f"{source}.{one.name}") for one in names)
            case ast.Import(names):
                modules.update((one.asname, one.name) for one in names if one.asname)
            case ast.keyword(arg=str(name)):
                code.words.add(name)
            case ast.Constant(str(text)) if " " not in text:
                code.words.update(WORD.findall(text))
                code.taken.update(DOTTED.findall(text))
    code.taken.update((modules[holder], name) for holder, name in attributes if holder in modules)
    return code


@cache
def written_elsewhere() -> set[str]:
    """The words of templates."""
    files = [file for name in PACKAGES for file in (settings.BASE_DIR / name).rglob("templates/**/*")]
    return {word for file in files if file.is_file() for word in WORD.findall(file.read_text(encoding="utf-8"))}


@cache
def taken() -> set[tuple[str, str]]:
    """(module, name) of all that is taken from modules, in code or configuration."""
    configured = " ".join((settings.BASE_DIR / name).read_text(encoding="utf-8") for name in CONFIGURATION)
    return {*DOTTED.findall(configured), *(one for code in codes() for one in code.taken)}


def declared(tree: ast.Module) -> Iterator[tuple[str, ast.stmt]]:
    """Functions, classes and constants of the module itself."""
    for node in tree.body:
        match node:
            case ast.FunctionDef(name) | ast.AsyncFunctionDef(name) | ast.ClassDef(name):
                yield name, node
            case ast.Assign(targets):
                names = (part for target in targets for part in ast.walk(target))
                yield from ((part.id, node) for part in names if isinstance(part, ast.Name))
            case ast.AnnAssign(ast.Name(name)):
                yield name, node


def decorators(node: ast.stmt) -> Iterator[str]:
    """`register.simple_tag(name="x")` is ["register", "simple_tag"]."""
    for decorator in getattr(node, "decorator_list", ()):
        yield from WORD.findall(ast.unparse(decorator).partition("(")[0])


def called(node: ast.stmt) -> Iterator[str]:
    """What decorators call it: a tag of another name."""
    for decorator in getattr(node, "decorator_list", ()):
        yield from (
            part.value for part in ast.walk(decorator) if isinstance(part, ast.Constant) and isinstance(part.value, str)
        )


def is_looked_for(code: Code, name: str) -> bool:
    if name.startswith("__") or (name == "Command" and COMMANDS in code.file.as_posix()):
        return True
    return bool(re.fullmatch(LOOKED_FOR.get(code.file.name, ""), name))


def is_named(code: Code, name: str, node: ast.stmt) -> bool:
    if name in code.read or (code.module, name) in taken():
        return True
    given = set(decorators(node))
    if code.file.parent.name == "templatetags" and given:
        return not written_elsewhere().isdisjoint({name, *called(node)})
    return not HANDING_ON.isdisjoint(given)


def test_whatever_a_module_declares_is_named_somewhere() -> None:
    assert [
        f"{code.module}.{name}"
        for code in codes()
        if not code.is_migration
        for name, node in declared(code.tree)
        if not is_looked_for(code, name) and not is_named(code, name, node) and f"{code.module}.{name}" not in USED
    ] == []


def test_whatever_a_class_can_do_is_asked_of_it_somewhere() -> None:
    words = written_elsewhere().union(*(code.words | code.read for code in codes()))
    by_name = re.compile("|".join(CALLED_BY_NAME))
    assert [
        f"{code.module}.{kind.name}.{method.name}"
        for code in codes()
        if not code.is_migration
        for kind in code.tree.body
        if isinstance(kind, ast.ClassDef)
        for method in kind.body
        if isinstance(method, FUNCTIONS) and method.name not in words and not by_name.fullmatch(method.name)
        if not HANDING_ON & set(decorators(method)) and not is_inherited(code.module, kind.name, method.name)
    ] == []


def is_inherited(module: str, kind: str, method: str) -> bool:
    """Whether a class above declares it, which then calls it."""
    return any(method in vars(above) for above in getattr(import_module(module), kind).__mro__[1:])


def test_every_reason_is_of_something() -> None:
    names = {f"{code.module}.{name}" for code in codes() for name, _ in declared(code.tree)}
    assert USED.keys() - names == set()
