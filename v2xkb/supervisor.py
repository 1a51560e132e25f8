"""Keeps the processes of one instance together: they start together, and when one ends, all end."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType

SECONDS_TO_STOP = 10
SECONDS_BETWEEN_LOOKS = 0.1
STOP = (signal.SIGINT, signal.SIGTERM)
# Names the end of a pipe, in the environment of a child, that is closed when the supervisor is gone, even if killed.
LIFELINE = "V2XKB_LIFELINE"
SECONDS_ALONE = 60
# Where nothing can be renewed, what a terminal says that is closed.
RENEW = signal.SIGHUP


@dataclass(frozen=True)
class Child:
    """A command to run; renewed by a signal of its own that it takes, or else by being ended and begun again."""

    command: Sequence[str]
    renewed_by: signal.Signals | None = None

    def start(self, lifeline: int) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(  # noqa: S603
            self.command,
            stdin=subprocess.DEVNULL,
            # In sessions of their own, since Ctrl-C reaches a whole session and each child is to be asked once.
            start_new_session=True,
            pass_fds=[lifeline],
            env={**os.environ, LIFELINE: str(lifeline)},
        )


def supervise(
    commands: Mapping[str, Child],
    *,
    is_ready: Callable[[], bool],
    announce: Callable[[], None],
    seconds_to_stop: float | None = None,
) -> int:
    """Runs the named commands until one ends or a signal asks for the end, then ends the others.

    `announce` is called once, as soon as `is_ready`. Where any child is renewed by a signal, SIGHUP renews all; else it
    ends them. Returns the exit status: 0 when asked to stop, 1 when a command ended by itself, whatever its own status,
    since the others are of no use alone.
    """
    asked_to_stop = asked_to_renew = False
    can_renew = any(child.renewed_by for child in commands.values())

    def note(number: int, _frame: FrameType | None) -> None:
        nonlocal asked_to_stop, asked_to_renew
        if number == RENEW and can_renew:
            asked_to_renew = True
        else:
            asked_to_stop = True

    before = {number: signal.signal(number, note) for number in (*STOP, RENEW)}
    children: dict[str, subprocess.Popen[bytes]] = {}
    ending: set[str] = set()
    announced = False
    lifeline, held = os.pipe()
    try:
        for name, command in commands.items():
            children[name] = command.start(lifeline)
        while not asked_to_stop:
            if asked_to_renew:
                asked_to_renew = False
                for name, command in commands.items():
                    children[name].send_signal(command.renewed_by or signal.SIGTERM)
                ending |= {name for name, command in commands.items() if not command.renewed_by}
            for name in [name for name in ending if children[name].poll() is not None]:
                ending.discard(name)
                children[name] = commands[name].start(lifeline)
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
        stop(children.values(), SECONDS_TO_STOP if seconds_to_stop is None else seconds_to_stop)
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(lifeline)
        os.close(held)


def end_with_supervisor() -> None:
    """In a child: from now on it is asked to end when its supervisor is killed, and killed itself if it doesn't."""
    if lifeline := os.environ.pop(LIFELINE, ""):
        os.set_inheritable(int(lifeline), False)
        threading.Thread(target=_end_after, args=[int(lifeline)], daemon=True).start()


def _end_after(lifeline: int) -> None:
    os.read(lifeline, 1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(SECONDS_ALONE)
    os.killpg(os.getpgrp(), signal.SIGKILL)


def stop(children: Iterable[subprocess.Popen[bytes]], seconds: float) -> None:
    """Asks all to end, waits for them, and kills what is left of those that don't, their own children included."""
    running = [child for child in children if child.poll() is None]
    for child in running:
        child.terminate()
    deadline = time.monotonic() + seconds
    for child in running:
        with suppress(subprocess.TimeoutExpired):
            child.wait(max(0.0, deadline - time.monotonic()))
    for child in children:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
