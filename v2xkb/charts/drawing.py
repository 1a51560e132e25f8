"""Drawings of charts, made once each by a process of their own and kept in a cache that all processes share."""

import atexit
import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from importlib.metadata import version
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from threading import Lock
from typing import Any, Literal

from django.core.cache import caches

from v2xkb.instance import BASE_DIR
from v2xkb.records.folding import UNWRITABLE

Form = Literal["svg", "png"]
# (what is done, how much of it, of how much)
Progress = Callable[[str, int, int], None]

SECONDS_TO_DRAW = 30
# For the drawings of other threads.
SECONDS_TO_WAIT = 10
LONGEST_SPEC = 300_000
DRAWER = ["-m", "v2xkb.charts.drawer"]
# What Vega would fetch, or turn into a link of the drawing.
OUTWARD = {"url", "href"}
ENGINE = version("vl-convert-python")
REFUSED, TOLD = b"-", b"~"
# Of a reply, behind its kind and the number of the question.
CONTENT = 9


class CannotDraw(Exception):
    """A spec that is not drawn, and why."""


class NeverDrawn(CannotDraw):
    """What is asked for itself is refused, so that asking again is of no use."""


class Pen:
    """The drawing process of this one, started when it is needed and again when it has ended.

    `program` is another one that draws, else what draws charts. One that is handed more than it can take at once may
    take `seconds` between two words.
    """

    def __init__(self, program: Sequence[str] = (), seconds: float | None = None) -> None:
        self.program = program
        self.seconds = seconds
        self.lock = Lock()
        self.asked = 0
        self.process: subprocess.Popen[bytes] | None = None
        self.connection: Connection | None = None

    def draw(
        self, text: str, form: str, parts: Iterable[bytes] | None = None, progress: Progress | None = None
    ) -> bytes:
        """What the process makes of a text and of the parts handed to it; `progress` is what it tells meanwhile."""
        if not self.lock.acquire(timeout=SECONDS_TO_WAIT):
            raise CannotDraw(f"Other drawings took more than {SECONDS_TO_WAIT} seconds.")
        try:
            said, drawing = self._answer(text, form, parts, progress)
        except BaseException:
            # What it may still send is the answer to this question, never to the next.
            self.put_down()
            raise
        finally:
            self.lock.release()
        if said == REFUSED:
            raise NeverDrawn(drawing.decode())
        return drawing

    def _answer(
        self, text: str, form: str, parts: Iterable[bytes] | None, progress: Progress | None
    ) -> tuple[bytes, bytes]:
        until = self._until()
        try:
            self._ask(text, form, until)
        except (EOFError, OSError):
            # It ends by itself when it has nothing to do, also just when it is asked.
            self.put_down()
            try:
                self._ask(text, form, until)
            except (EOFError, OSError) as error:
                raise CannotDraw("The drawing process does not start.") from error
        try:
            if parts is not None:
                self._hand_over(parts)
                until = self._until()
            while (reply := self._hear(until))[0] == TOLD:
                if progress:
                    progress(*json.loads(reply[1]))
                    until = self._until()
            return reply
        except (EOFError, OSError) as error:
            raise CannotDraw("The drawing process ended over this.") from error

    def _until(self) -> float:
        return time.monotonic() + (SECONDS_TO_DRAW if self.seconds is None else self.seconds)

    def _hand_over(self, parts: Iterable[bytes]) -> None:
        """An empty part is the last."""
        if self.connection is None:
            raise EOFError
        for part in parts:
            self.connection.send_bytes(part)
        self.connection.send_bytes(b"")

    def _ask(self, text: str, form: str, until: float) -> None:
        """Asks, and waits for the process to say that it draws: what ends it from then on is the spec."""
        if self.process is None or self.connection is None or self.process.poll() is not None:
            self.connection = self._start()
        self.asked += 1
        question = {"number": self.asked, "spec": text, "format": form}
        self.connection.send_bytes(json.dumps(question).encode())
        self._hear(until)

    def _hear(self, until: float) -> tuple[bytes, bytes]:
        """What is said next to the last question, its kind first."""
        if self.connection is None or not self.connection.poll(max(until - time.monotonic(), 0)):
            seconds = SECONDS_TO_DRAW if self.seconds is None else self.seconds
            raise CannotDraw(f"Not drawn within {seconds:g} seconds.")
        reply = self.connection.recv_bytes()
        if int.from_bytes(reply[1:CONTENT]) != self.asked:
            raise CannotDraw("The drawing process answered another question.")
        return reply[:1], reply[CONTENT:]

    def _start(self) -> Connection:
        self.put_down()
        here, there = Pipe()
        with there:
            command = [sys.executable, *(self.program or DRAWER), str(there.fileno())]
            self.process = subprocess.Popen(  # noqa: S603
                command, cwd=BASE_DIR, stdin=subprocess.DEVNULL, pass_fds=[there.fileno()]
            )
        return here

    def put_down(self) -> None:
        """Ends the process, if there is one."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None
        if self.process is not None:
            with suppress(ProcessLookupError):
                self.process.kill()
            self.process.wait()
            self.process = None


PEN = Pen()
atexit.register(PEN.put_down)


def draw(spec: dict[str, Any], form: Form) -> bytes:
    """The drawing of a Vega-Lite spec whose data stand in it; raises CannotDraw."""
    text = json.dumps(writable(spec), sort_keys=True, ensure_ascii=False)
    if len(text) > LONGEST_SPEC:
        raise CannotDraw(f"The spec has {len(text)} characters; at most {LONGEST_SPEC} are drawn.")
    if outward := OUTWARD.intersection(keys_of(spec)):
        raise CannotDraw(f"The spec leads elsewhere by “{'”, “'.join(sorted(outward))}”.")
    return kept(text, form, "drawings")


def png_of_svg(svg: str) -> bytes:
    """An SVG of our own, which refers to nothing outside itself, as PNG of the same size; raises CannotDraw."""
    return kept(UNWRITABLE.sub("", svg), "pixels", "cards")


def kept(text: str, form: str, cache: str, pen: Pen | None = None, engine: str = "") -> bytes:
    """What was drawn of it before by this engine, or is drawn now."""
    key = hashlib.sha256(f"{engine or ENGINE} {form} {text}".encode()).hexdigest()
    drawings = caches[cache]
    if (drawing := drawings.get(key)) is None:
        drawing = (pen or PEN).draw(text, form)
        drawings.set(key, drawing)
    return drawing


def writable(value: Any) -> Any:
    """The value without characters that end the drawing process or make no XML."""
    if isinstance(value, str):
        return UNWRITABLE.sub("", value)
    if isinstance(value, dict):
        return {writable(key): writable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [writable(inner) for inner in value]
    return value


def keys_of(value: Any) -> Iterator[str]:
    """The keys of all dictionaries within a value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys_of(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from keys_of(inner)
