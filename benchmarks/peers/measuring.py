"""How long replies take and how many come in a second, by public tools: hey for single requests, wrk for many."""

import csv
import io
import json
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.peers.serving import bare_environment

JSON = "application/json"
# What hey calls the times until a reply is there, and until its first byte is.
WHOLE, FIRST_BYTE = "response-time", "Response-delay"
# Run by wrk: its threads share the addresses among them, and what it found comes as JSON.
SCRIPT = """
local addresses = {ADDRESSES}
local count = 0
function setup(thread)
  count = count + 1
  local one = addresses[(count - 1) % #addresses + 1]
  thread.addr = wrk.lookup(one[1], one[2])[1]
end
BODY
function done(summary, latency, requests)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format('\\n{"replies": %d, "seconds": %.6f, "failed": %d}\\n',
    summary.requests, summary.duration / 1e6, failed))
end
"""


class Failed(Exception):
    """Not every request was answered well, so that there is nothing to compare."""


@dataclass(frozen=True)
class Request:
    """A path, and what is posted to it as JSON, if anything."""

    path: str
    body: str = ""


def latencies(address: str, request: Request, times: int, until: str = WHOLE) -> list[float]:
    """Seconds of each of so many replies, one after the other on one connection, as hey tells them."""
    with tempfile.TemporaryDirectory() as folder:
        posted: list[str] = []
        if request.body:
            body = Path(folder) / "body"
            body.write_text(request.body, encoding="utf-8")
            posted = ["-m", "POST", "-T", JSON, "-D", str(body)]
        options = ["-n", str(times), "-c", "1", "-t", "0", "-disable-compression", "-o", "csv", *posted]
        return read_hey(run(["hey", *options, f"{address}{request.path}"]), times, until)


def read_hey(text: str, times: int, until: str = WHOLE) -> list[float]:
    rows = list(csv.DictReader(io.StringIO(text)))
    status = [row["status-code"] for row in rows]
    if status != ["200"] * times:
        raise Failed(f"Of {times} requests only {status.count('200')} were answered: {text[:500]}")
    return [float(row[until]) for row in rows]


def throughput(addresses: Sequence[str], request: Request, seconds: int, connections: int) -> float:
    """Replies a second, asked for on so many connections, as wrk counts them."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "script.lua"
        script.write_text(script_of(addresses, request), encoding="utf-8")
        threads = str(len(addresses))
        options = ["-t", threads, "-c", str(connections), "-d", f"{seconds}s", "--timeout", "60s", "-s", str(script)]
        return read_wrk(run(["wrk", *options, f"{addresses[0]}{request.path}"]))


def script_of(addresses: Sequence[str], request: Request) -> str:
    places = [address.removeprefix("http://").split(":") for address in addresses]
    body = ""
    if request.body:
        # A Lua string has the escapes of a JSON string without \u and \/.
        quoted = json.dumps(request.body, ensure_ascii=False)
        body = f'wrk.method = "POST"\nwrk.body = {quoted}\nwrk.headers["Content-Type"] = "{JSON}"'
    told = ", ".join(f'{{"{host}", "{port}"}}' for host, port in places)
    return SCRIPT.replace("ADDRESSES", told).replace("BODY", body)


def read_wrk(text: str) -> float:
    found = json.loads(text.splitlines()[-1])
    if found["failed"] or not found["replies"]:
        raise Failed(f"{found['failed']} of {found['replies']} requests were not answered well.")
    rate: float = found["replies"] / found["seconds"]
    return rate


def run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=bare_environment())  # noqa: S603
    return done.stdout


def version_of(tool: str) -> str:
    """Debian's version of its package; the tools' own words say less."""
    if not shutil.which(tool):
        raise Failed(f"{tool} is not there. On Debian: apt-get install {tool}")
    asked = ["dpkg-query", "--show", "--showformat=${Version}", tool]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)  # noqa: S603
    return f"{tool} {done.stdout or 'of unknown version'}"


@dataclass(frozen=True)
class Spread:
    """The median of what was measured, and the quartiles around it."""

    low: float
    median: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        if len(values) == 1:
            return cls(values[0], values[0], values[0])
        return cls(*statistics.quantiles(values, n=4, method="inclusive"))

    def told(self, factor: float = 1, unit: str = "") -> str:
        low, median, high = (significant(value * factor) for value in (self.low, self.median, self.high))
        return f"{median}{unit} ({low} to {high})"


def significant(value: float) -> str:
    """Three significant digits."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


@dataclass(frozen=True)
class SideBySide:
    """What both were measured at in turn; `ratio` says how many times as fast ours was, turn by turn."""

    ours: Spread
    theirs: Spread
    ratio: Spread


def in_turn(
    ours: Callable[[], list[float]], theirs: Callable[[], list[float]], turns: int, *, more_is_better: bool = False
) -> SideBySide:
    """Each after the other, so that what else the machine does befalls both; the ratio is of each turn's medians.

    A turn before the first is not counted: what a process makes or keeps once is not what its next reply costs.
    """
    _before = ours(), theirs()
    pairs = [(ours(), theirs()) for _turn in range(turns)]
    ratios = [statistics.median(its) / statistics.median(own) for own, its in pairs]
    return SideBySide(
        Spread.of([value for own, _its in pairs for value in own]),
        Spread.of([value for _own, its in pairs for value in its]),
        Spread.of([1 / ratio for ratio in ratios] if more_is_better else ratios),
    )
