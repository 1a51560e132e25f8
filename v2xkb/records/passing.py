"""Tells faults of a database that pass by themselves from those of the code."""

from django.db import InterfaceError, OperationalError

# Of SQLite: busy, unreadable, full or read-only; not a missing table or wrong SQL.
SQLITE_PASSING = {"BUSY", "LOCKED", "CANTOPEN", "IOERR", "FULL", "READONLY", "PROTOCOL", "NOMEM"}
# Of PostgreSQL, classes of states: connection, resources, taken back or cancelled by the operator, lock not free.
POSTGRESQL_PASSING = ("08", "53", "57", "55P03")


def passes(error: Exception) -> bool:
    """Whether a database error says that the database cannot be had now."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    cause = error.__cause__
    if name := getattr(cause, "sqlite_errorname", None):
        return str(name).split("_")[1] in SQLITE_PASSING
    state = getattr(cause, "sqlstate", None)
    # A connection that was not made, or broke, has no state.
    return state is None or state.startswith(POSTGRESQL_PASSING)
