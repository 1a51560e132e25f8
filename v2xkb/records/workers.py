"""Who is at work on something: a process, named so that others can tell whether it still runs."""

import os
import socket
from datetime import datetime, timedelta

from django.utils import timezone


def this_worker() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def is_gone(worker: str, beat_at: datetime, silence: timedelta) -> bool:
    """Whether a worker's process has ended, or, on another machine too, it has said nothing for so long."""
    host, _, process = worker.rpartition(":")
    if host == socket.gethostname() and not is_running(int(process)):
        return True
    return timezone.now() - beat_at > silence
