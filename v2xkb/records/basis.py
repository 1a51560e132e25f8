"""Every filled value has a basis: the rule, its check, and the finest basis that covers a path."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from v2xkb.records.documents import Basis, BasisKind, Document
from v2xkb.records.paths import filled_paths
from v2xkb.records.problems import Problem, nearest

STRENGTH = (BasisKind.CITED, BasisKind.DERIVED, BasisKind.CLASSIFIED)


def covering(basis: Mapping[str, Sequence[Basis]], path: str) -> tuple[str, Sequence[Basis]] | None:
    """The finest declared path that covers `path`, with its entries."""
    return next(((above, basis[above]) for above in (path, *parents(path)) if above in basis), None)


def parents(path: str) -> Iterator[str]:
    """The paths that a path is under, the nearest first."""
    while path := path.rpartition("/")[0]:
        yield path


def strongest_kind(entries: Iterable[Basis]) -> str:
    """cited before derived before classified: what «cited only» asks for."""
    kinds = {entry.kind for entry in entries}
    return next((kind.value for kind in STRENGTH if kind in kinds), "")


def kind_at(document: Document, path: str) -> str:
    """The strongest kind of basis that covers a path of the document; empty where the field is exempt."""
    found = covering(document.basis, path)
    return strongest_kind(found[1]) if found else ""


def plain_kind_at(document: Mapping[str, Any], path: str) -> str:
    """The same of a document that is plain data."""
    basis: Mapping[str, Sequence[Mapping[str, Any]]] = document.get("basis", {})
    found: Sequence[Mapping[str, Any]] = next((basis[above] for above in (path, *parents(path)) if above in basis), [])
    kinds = {entry["kind"] for entry in found}
    return next((kind.value for kind in STRENGTH if kind.value in kinds), "")


def basis_problems(document: Document) -> Iterator[Problem]:
    """Values without a basis, and bases without a value."""
    if not document.needs_basis:
        if document.basis:
            yield Problem("", "basis", "a record of this kind is its own basis", "Leave “basis” out.")
        return
    tree = filled_paths(document)
    for path, entries in document.basis.items():
        if not entries:
            yield Problem("", f"basis/{path}", "the list of bases is empty", "Give one, or leave the path out.")
        elif path.split("/")[0] in document.basis_exempt:
            yield Problem("", f"basis/{path}", "this field needs no basis", "Leave the path out.")
        elif path not in tree:
            yield Problem("", f"basis/{path}", "there is no value at this path", nearest(path, tree), path)
    for path in _uncovered(document, tree):
        yield Problem(
            "", path, "the value has no basis", f"Add basis[“{path}”]: cited with references, derived or classified."
        )


def _uncovered(document: Document, tree: Mapping[str, set[str]]) -> Iterator[str]:
    """The highest uncovered path of each branch, so that one missing basis is one problem."""

    above = {parent for path in document.basis for parent in parents(path)}

    def missing(path: str) -> Iterator[str]:
        if path in document.basis:
            return
        if path not in above:
            yield path
        else:
            for child in sorted(tree[path]):
                yield from missing(child)

    for path in sorted(path for path in tree if "/" not in path):
        yield from missing(path)
