"""Who is at work on something: a process, named so that others can tell whether it still runs."""

import os
import socket
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

PROCESSES = Path("/proc")
BOOT = PROCESSES / "sys" / "kernel" / "random" / "boot_id"
# Of the fields after a process's name, the one that says when it began.
STARTED = 19


def this_worker() -> str:
    return worker_of(os.getpid())


def worker_of(process: int) -> str:
    """Machine, number and beginning: after a restart another process has the number, in a container very likely."""
    return f"{socket.gethostname()}:{process}:{began(process)}"


def began(process: int) -> str:
    """When a process of this machine began, in ticks of which boot; empty where nothing tells."""
    try:
        told = (PROCESSES / str(process) / "stat").read_text(encoding="utf-8", errors="replace")
        # Its name stands in brackets, and may hold any itself.
        return f"{told.rpartition(')')[2].split()[STARTED]}-{BOOT.read_text(encoding='utf-8').strip()}"
    except OSError:
        return ""


def has_ended(worker: str) -> bool:
    """Whether the process of a worker is over; of other machines nothing tells."""
    host, _, rest = worker.partition(":")
    if host != socket.gethostname():
        return False
    number, _, start = rest.partition(":")
    process = int(number)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        # Somebody else's, which may not be looked at.
        pass
    now = began(process)
    return bool(start and now) and start != now


def is_gone(worker: str, beat_at: datetime, silence: timedelta) -> bool:
    """Whether a worker's process has ended, or, on whatever machine, it has said nothing for so long."""
    return has_ended(worker) or timezone.now() - beat_at > silence
