"""The processes of an instance end together. A child here holds this test's pipe, so its end is the end of all."""

import json
import os
import signal
import subprocess
import sys

import pytest

from v2xkb.instance import BASE_DIR

# One write for a whole line: unbuffered, print() writes a line and its end apart, and the lines of processes that share
# a pipe could mix.
SAY = """
import os
def say(words):
    os.write(1, f"{words}\\n".encode())
"""
SUPERVISOR = f"""{SAY}
import json, sys
from v2xkb import supervisor
supervisor.SECONDS_TO_STOP = 1
commands = {{name: supervisor.Child([sys.executable, "-c", code]) for name, code in json.loads(sys.argv[1]).items()}}
if renewed := commands.get("renewed"):
    commands["renewed"] = supervisor.Child(renewed.command, renewed_by=supervisor.RENEW)
ready = lambda: True
sys.exit(supervisor.supervise(commands, is_ready=ready, announce=lambda: say("announced")))
"""
WAITS = f"{SAY}import signal; say('up'); signal.pause()"
RENEWED = f"""{SAY}
import signal
signal.signal(signal.SIGHUP, lambda *_: say("anew"))
say("up")
while True:
    signal.pause()
"""
DEAF = f"{SAY}import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); say('up'); signal.pause()"
LED = "from v2xkb import supervisor; supervisor.SECONDS_ALONE = 0; supervisor.end_with_supervisor()\n"
DEAF_GRANDCHILD = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {DEAF!r}])"


def supervised(**children: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR, json.dumps(children)],
        cwd=BASE_DIR,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def up(process: subprocess.Popen[str], children: int) -> None:
    """Returns once the supervisor has announced itself and that many children have said that they run."""
    assert process.stdout
    assert sorted(process.stdout.readline() for _ in range(children + 1)) == ["announced\n"] + ["up\n"] * children


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_stop_ends_every_child(number: signal.Signals) -> None:
    process = supervised(server=WAITS, worker=WAITS)
    up(process, children=2)
    process.send_signal(number)
    assert process.communicate(timeout=20) == ("", "")
    assert process.returncode == 0


@pytest.mark.parametrize("status", [0, 3])
def test_when_one_child_ends_by_itself_the_other_is_ended_and_the_run_has_failed(status: int) -> None:
    process = supervised(server=WAITS, worker=f"{SAY}import sys; say('up'); sys.stdin.read(); sys.exit({status})")
    said, complained = process.communicate(timeout=20)
    assert "up\n" in said
    assert complained == f"The worker ended by itself with status {status}; stopping the rest.\n"
    assert process.returncode == 1


def test_where_a_child_can_be_renewed_a_hang_up_renews_all() -> None:
    """One takes the signal, the other is ended and begun again; nothing else ends."""
    process = supervised(renewed=RENEWED, worker=WAITS)
    up(process, children=2)
    process.send_signal(signal.SIGHUP)
    assert process.stdout
    assert sorted(process.stdout.readline() for _ in range(2)) == ["anew\n", "up\n"]
    process.terminate()
    assert process.communicate(timeout=20) == ("", "")
    assert process.returncode == 0


def test_a_child_that_is_deaf_to_the_request_is_killed_with_its_own_children() -> None:
    process = supervised(server=DEAF, worker=DEAF_GRANDCHILD)
    up(process, children=2)
    process.terminate()
    process.communicate(timeout=20)
    assert process.returncode == 0


@pytest.mark.parametrize("child", [WAITS, DEAF])
def test_when_the_supervisor_is_killed_its_children_end_even_one_that_is_deaf(child: str) -> None:
    process = supervised(server=LED + child, worker=LED + child)
    up(process, children=2)
    process.kill()
    assert process.communicate(timeout=20) == ("", "")


def test_a_terminals_interrupt_reaches_the_supervisor_alone() -> None:
    """Ctrl-C goes to a whole process group; a child asked twice would break off what it is doing."""
    process = subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR, json.dumps({"worker": INTERRUPTIBLE})],
        cwd=BASE_DIR,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    up(process, children=1)
    os.killpg(process.pid, signal.SIGINT)
    said, _complained = process.communicate(timeout=20)
    assert said == "asked once\n"


INTERRUPTIBLE = f"""{SAY}
import signal
asked = []
signal.signal(signal.SIGINT, lambda *_: asked.append("SIGINT"))
signal.signal(signal.SIGTERM, lambda *_: asked.append("SIGTERM"))
say("up")
signal.pause()
say("asked once" if asked == ["SIGTERM"] else f"asked by {{asked}}")
"""
