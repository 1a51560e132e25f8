"""Drawings of charts, made once each by a process of their own and kept in a cache that all processes share."""

import atexit
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import version
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from threading import Lock
from typing import Any, Literal

from django.core.cache import caches

from v2xkb.instance import BASE_DIR

Form = Literal["svg", "png"]

SECONDS_TO_DRAW = 30
LONGEST_SPEC = 300_000
# What Vega would fetch, or turn into a link of the drawing.
OUTWARD = {"url", "href"}
ENGINE = version("vl-convert-python")
REFUSED = b"-"


class CannotDraw(Exception):
    """A spec that is not drawn, and why."""


class Pen:
    """The drawing process of this one, started when it is needed and again when it has ended."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.connection: Connection | None = None

    def draw(self, text: str, form: Form | Literal["pixels"]) -> bytes:
        with self.lock:
            try:
                reply = self._ask(text, form)
            except (EOFError, OSError):
                # It ends by itself when it has nothing to do; what ends it twice is the spec.
                self.put_down()
                try:
                    reply = self._ask(text, form)
                except (EOFError, OSError) as error:
                    self.put_down()
                    raise CannotDraw("The drawing process ended.") from error
        if reply[:1] == REFUSED:
            raise CannotDraw(reply[1:].decode())
        return reply[1:]

    def _ask(self, text: str, form: Form | Literal["pixels"]) -> bytes:
        if self.process is None or self.connection is None or self.process.poll() is not None:
            self.connection = self._start()
        self.connection.send_bytes(json.dumps({"spec": text, "format": form}).encode())
        if not self.connection.poll(SECONDS_TO_DRAW):
            self.put_down()
            raise CannotDraw(f"Not drawn within {SECONDS_TO_DRAW} seconds.")
        return self.connection.recv_bytes()

    def _start(self) -> Connection:
        self.put_down()
        here, there = Pipe()
        with there:
            command = [sys.executable, "-m", "v2xkb.charts.drawer", str(there.fileno())]
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
    text = json.dumps(spec, sort_keys=True, ensure_ascii=False)
    if len(text) > LONGEST_SPEC:
        raise CannotDraw(f"The spec has {len(text)} characters; at most {LONGEST_SPEC} are drawn.")
    if outward := OUTWARD.intersection(keys_of(spec)):
        raise CannotDraw(f"The spec leads elsewhere by “{'”, “'.join(sorted(outward))}”.")
    return kept(text, form)


def png_of_svg(svg: str) -> bytes:
    """An SVG of our own, which refers to nothing outside itself, as PNG of the same size; raises CannotDraw."""
    return kept(svg, "pixels")


def kept(text: str, form: Form | Literal["pixels"]) -> bytes:
    """What was drawn of it before, or is drawn now."""
    key = hashlib.sha256(f"{ENGINE} {form} {text}".encode()).hexdigest()
    drawings = caches["drawings"]
    if (drawing := drawings.get(key)) is None:
        drawing = PEN.draw(text, form)
        drawings.set(key, drawing)
    return drawing


def keys_of(value: Any) -> Iterator[str]:
    """The keys of all dictionaries within a value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys_of(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from keys_of(inner)
