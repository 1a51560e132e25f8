"""What we use of libraries beyond what they promise: an upgrade that takes it away fails here, by its name."""

import ast
import inspect
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.conf import settings
from django.contrib.sessions.backends import db
from django.db.backends.postgresql import base
from django.db.models import QuerySet
from granian import _granian, cli
from granian.server.mp import MPServer
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet._writer import WorksheetWriter
from rest_framework.request import Request
from whitenoise.storage import CompressedManifestStaticFilesStorage

from tests.test_architecture import sources

# Django and Python document these, underscore or not.
PUBLIC = {"_meta", "_default_manager", "_base_manager", "_fields", "_make", "_asdict", "_replace"}


class Private(NamedTuple):
    """A name of a library that is not ours to count on, where it is, and what stops working without it."""

    library: str
    holder: Any
    name: str
    why: str


USED = [
    Private("Django", db.SessionStore, "_get_session_from_db", "sessions would not end without a visit"),
    Private("Django", db.SessionStore, "_session_key", "a session that ended would keep its key"),
    Private("Django", base.DatabaseWrapper, "_close", "a pool would outlive its server"),
    Private("Django", base.DatabaseWrapper, "_connection_pools", "a pool would outlive its server"),
    Private("Django", QuerySet, "_raw_delete", "parts of records would be deleted one by one"),
    Private("Django REST framework", Request, "_request", "REST would not know the request that it was given"),
    Private(
        "Django",
        CompressedManifestStaticFilesStorage,
        "_js_module_import_aggregation_patterns",
        "modules would not find what they import",
    ),
    Private("openpyxl", WriteOnlyWorksheet, "_writer", "a book that is not fetched would leave its files"),
    Private("openpyxl", WorksheetWriter, "cleanup", "a book that is not fetched would leave its files"),
    Private("openpyxl", ReadOnlyWorksheet, "_worksheet_path", "no XLSX file could be imported"),
    Private("granian", MPServer, "_init_shared_socket", "whoever asks while processes are renewed would be refused"),
    Private("granian", MPServer, "_spawn_worker", "whoever asks while processes are renewed would be refused"),
    Private("granian", MPServer, "_drop_shared_socket", "sockets would stay open"),
    *(Private("granian", MPServer, name, "processes would not get their sockets") for name in ("_shd", "_sso", "_ssp")),
    Private("granian", _granian, "SocketHolder", "processes would not get their sockets"),
    Private("granian", cli, "Server", "granian's own server would be begun"),
]


@pytest.mark.parametrize("used", USED, ids=lambda used: f"{used.library} {used.name}")
def test_a_library_has_what_it_does_not_promise(used: Private) -> None:
    where = getattr(used.holder, "__name__", "")
    assert is_there(used.holder, used.name), f"{used.library} has no {where}.{used.name} any more: {used.why}."


def is_there(holder: Any, name: str) -> bool:
    """As something of the class or module, or as what its instances are given."""
    classes = getattr(holder, "__mro__", ())
    return hasattr(holder, name) or any(
        f"self.{name}" in inspect.getsource(one) for one in classes if one.__module__ not in ("builtins", "typing")
    )


def test_what_only_the_right_shape_of_it_is_good_for() -> None:
    suffix, patterns = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns
    assert suffix == "*.js"
    assert all(len(pattern) == 2 for pattern in patterns)
    assert list(inspect.signature(MPServer._spawn_worker).parameters) == ["self", "idx", "target", "callback_loader"]


def test_every_private_name_of_a_library_is_known_here() -> None:
    known = {used.name for used in USED} | PUBLIC
    found = {one.name: foreign(settings.BASE_DIR / one.name) - known for one in sources()}
    assert {name: names for name, names in found.items() if names} == {}


def foreign(file: Path) -> set[str]:
    """Private names asked of something else than oneself, which the file does not define."""
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    asked = {
        node.attr
        for node in nodes
        if isinstance(node, ast.Attribute)
        and not (isinstance(node.value, ast.Name) and node.value.id in ("self", "cls"))
    }
    of_super = {node.attr for node in nodes if isinstance(node, ast.Attribute) and is_super(node.value)}
    own = {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    own |= {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    own |= {node.attr for node in nodes if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)}
    return {name for name in (asked - own) | of_super if name.startswith("_") and not name.startswith("__")}


def is_super(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "super"
