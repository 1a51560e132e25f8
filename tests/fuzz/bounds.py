"""What one input may cost: processor time and memory are bounded, and what passes a bound fails instead of hanging."""

import faulthandler
import resource
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

SECONDS = 2.0
MEGABYTE = 1_000_000
MEGABYTES = 256
# By the clock, for what waits, or is in C code that no signal reaches: then the process ends, and says where it was.
SECONDS_AT_MOST = 120.0
STATUS, CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")
ONLY_THE_PEAK = "5"


class PassesBound(AssertionError):
    """An input cost more than any may."""


class _OutOfTime(BaseException):
    """No Exception, so that nothing that is tried takes it for one of its own."""


@dataclass
class Cost:
    """Of the inputs tried so far: how many, and the processor time of the slowest."""

    inputs: int = 0
    slowest: float = 0.0


@contextmanager
def bounded(cost: Cost) -> Iterator[None]:
    """Raises PassesBound where what is done within takes too much."""
    before = signal.signal(signal.SIGPROF, _out_of_time)
    faulthandler.register(signal.SIGALRM, file=sys.__stderr__ or sys.stderr, chain=True)
    limits = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (address_space() + MEGABYTES * MEGABYTE, limits[1]))
    signal.setitimer(signal.ITIMER_REAL, SECONDS_AT_MOST)
    start = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    except _OutOfTime as error:
        raise PassesBound(f"it took more than {SECONDS:g} s of processor time") from error
    except MemoryError as error:
        resource.setrlimit(resource.RLIMIT_AS, limits)
        raise PassesBound(f"it took more than {MEGABYTES} MB of memory") from error
    finally:
        for timer in (signal.ITIMER_PROF, signal.ITIMER_REAL):
            signal.setitimer(timer, 0)
        resource.setrlimit(resource.RLIMIT_AS, limits)
        signal.signal(signal.SIGPROF, before)
        cost.inputs += 1
        cost.slowest = max(cost.slowest, time.process_time() - start)


def _out_of_time(*_: object) -> NoReturn:
    raise _OutOfTime


def address_space() -> int:
    return _status("VmSize")


def forget_peak() -> int:
    """From now on `peak` is that of what follows; returns what is held now."""
    CLEAR.write_text(ONLY_THE_PEAK, encoding="ascii")
    return peak()


def peak() -> int:
    """The most bytes that the process has held in memory since the peak was forgotten."""
    return _status("VmHWM")


def _status(name: str) -> int:
    lines = STATUS.read_text(encoding="utf-8").splitlines()
    (found,) = [line for line in lines if line.startswith(f"{name}:")]
    return int(found.split()[1]) * 1024
