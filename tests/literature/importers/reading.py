"""Reads one reference of a text, as the tests of all formats do."""

from v2xkb.literature.importers.detecting import read_references
from v2xkb.literature.importers.parsed import ParsedReference
from v2xkb.records.problems import Problem


def one(text: str) -> ParsedReference:
    (found,) = read_references(text)
    return found


def only_problem(found: ParsedReference, path: str) -> Problem:
    (problem,) = [problem for problem in found.problems if problem.path == path]
    return problem
