"""Keeps the processes of one instance together: they start together, and when one ends, all end."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from types import FrameType

SECONDS_TO_STOP = 10
SECONDS_BETWEEN_LOOKS = 0.1
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def supervise(
    commands: Mapping[str, Sequence[str]], *, is_ready: Callable[[], bool], announce: Callable[[], None]
) -> int:
    """Runs the named commands until one ends or a signal asks for the end, then ends the others.

    `announce` is called once, as soon as `is_ready`. Returns the exit status: 0 when asked to stop, 1 when a command
    ended by itself, whatever its own status, since the others are of no use alone.
    """
    asked_to_stop = False

    def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked_to_stop
        asked_to_stop = True

    before = {number: signal.signal(number, ask_to_stop) for number in SIGNALS}
    children: dict[str, subprocess.Popen[bytes]] = {}
    announced = False
    try:
        for name, command in commands.items():
            # In sessions of their own, since Ctrl-C reaches a whole session and each child is to be asked once.
            children[name] = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603
        while not asked_to_stop:
            if ended := [name for name, child in children.items() if child.poll() is not None]:
                for name in ended:
                    status = children[name].returncode
                    print(f"The {name} ended by itself with status {status}; stopping the rest.", file=sys.stderr)
                return 1
            if not announced and is_ready():
                announced = True
                announce()
            time.sleep(SECONDS_BETWEEN_LOOKS)
        return 0
    finally:
        stop(children.values())
        for number, handler in before.items():
            signal.signal(number, handler)


def stop(children: Iterable[subprocess.Popen[bytes]]) -> None:
    """Asks all to end, waits for them, and kills what is left of those that don't, their own children included."""
    running = [child for child in children if child.poll() is None]
    for child in running:
        child.terminate()
    deadline = time.monotonic() + SECONDS_TO_STOP
    for child in running:
        with suppress(subprocess.TimeoutExpired):
            child.wait(max(0.0, deadline - time.monotonic()))
    for child in children:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
