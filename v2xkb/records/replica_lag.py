"""How far the replica is behind the primary, in words for whoever runs the site."""

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

from v2xkb.records.models import Revision
from v2xkb.records.problems import Problem
from v2xkb.records.replica import REPLICA, knock

# `now` is the replica's clock, the other time that of the primary, when the last transaction seen here was committed.
BEHIND = """
    SELECT greatest(pg_wal_lsn_diff(%s, pg_last_wal_replay_lsn()), 0),
           extract(epoch FROM now() - pg_last_xact_replay_timestamp())
"""


def report() -> str | Problem | None:
    """What the replica shows, or that it does not answer; None where the instance has none."""
    if REPLICA not in connections:
        return None
    try:
        knock()
        return lag()
    except DatabaseError as error:
        said = " ".join(str(error).split())
        remedy = "Public replies come from the primary meanwhile. Start the replica, or unset DATABASE_REPLICA_URL."
        return Problem("DATABASE_REPLICA_URL", "", f"the replica does not answer ({said})", remedy)


def lag() -> str:
    newest = Revision.objects.using(DEFAULT_DB_ALIAS).current()
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_lsn()")
        (written_to,) = cursor.fetchone()
    with connections[REPLICA].cursor() as cursor:
        cursor.execute(BEHIND, [written_to])
        missing, seconds = cursor.fetchone()
    shown = Revision.objects.using(REPLICA).current()
    if not missing:
        return f"The replica shows all that there is, revision {shown}."
    at_most = "" if seconds is None else f" and at most {max(seconds, 0):.1f} seconds"
    return f"The replica shows revision {shown} of {newest}: it is {int(missing):,} bytes{at_most} behind."
