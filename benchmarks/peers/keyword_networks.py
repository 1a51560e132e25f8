"""File to keyword network, beside pyBibX: every run is a process of its own, and begins when everything is imported."""

import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.peers import results
from benchmarks.peers.installed import python_of, python_versions
from benchmarks.scopus_exports import write

HERE = Path(__file__).parent
PEER = "pybibx"
SIZES = {2_000: 3, 20_000: 3, 200_000: 1}
# Those of the 936 records of the spike's corpus; pyBibX holds a table of all pairs.
VOCABULARY = 4_100
# What a run may take of the processor, and of memory.
SECONDS, GIGABYTES = 2_400, 12
SETTINGS = {"DJANGO_SETTINGS_MODULE": "v2xkb.settings", "DEBUG": "on", "VAR_DIR": "var/checks"}


@dataclass
class Stopped(Exception):
    """A run took more than it may; the seconds it certainly took."""

    told: str
    seconds: int = 0


def run(command: list[str]) -> dict[str, Any]:
    """What it printed; raises Stopped."""
    limits = ["prlimit", f"--cpu={SECONDS}", f"--as={GIGABYTES * 1024**3}"]
    done = subprocess.run(  # noqa: S603
        [*limits, *command], capture_output=True, text=True, check=False, env=os.environ | SETTINGS
    )
    if -done.returncode in (signal.SIGXCPU, signal.SIGKILL):
        raise Stopped(f"stopped after {SECONDS:,} s", SECONDS)
    if "MemoryError" in done.stderr:
        raise Stopped(f"stopped at {GIGABYTES} GB")
    done.check_returncode()
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def measured(command: list[str], rounds: int) -> dict[str, Any]:
    """The median of the seconds and of the memory; what was found; raises Stopped."""
    found = [run(command) for _round in range(rounds)]
    middle = {name: statistics.median(one[name] for one in found) for name in ("seconds", "MB")}
    return {**found[0], **middle, "rounds": len(found)}


def told(found: dict[str, Any]) -> str:
    rounds = found["rounds"]
    return f"{found['seconds']:.2f} s, {found['MB']:.0f} MB, {rounds} run{'s' if rounds > 1 else ''}"


def network_of(found: dict[str, Any]) -> str:
    return f"{found['keywords']:,} / {found['links']:,}"


def row(size: int, rounds: int, peer: Path, folder: Path) -> str:
    file = folder / f"{size}.csv"
    write(file, size, vocabulary=VOCABULARY)
    ours = [measured([sys.executable, "-m", "benchmarks.peers.by_v2xkb", way, str(file)], rounds) for way in WAYS]
    try:
        its = measured([str(peer), str(HERE / "by_pybibx.py"), str(file)], 1)
        theirs, its_network, more, seconds = told(its), network_of(its), "", its["seconds"]
    except Stopped as stopped:
        theirs, its_network, more, seconds = stopped.told, "–", "over ", stopped.seconds
    ratios = [f"{more}{seconds / one['seconds']:.0f}x" if seconds else "–" for one in ours]
    size_of_file = f"{size:,} ({file.stat().st_size / 1e6:.0f} MB)"
    cells = [size_of_file, *map(told, ours), theirs, *ratios, network_of(ours[0]), its_network]
    print(*cells, sep=" | ", flush=True)
    file.unlink()
    return f"| {' | '.join(cells)} |"


WAYS = ("cells", "entries")


def compare() -> str:
    """The section of RESULTS.md."""
    with tempfile.TemporaryDirectory() as folder:
        rows = [row(size, rounds, python_of(PEER), Path(folder)) for size, rounds in SIZES.items()]
    return results.fill(
        "keyword_networks.md",
        {
            "ours": f"numpy {version('numpy')}, scipy {version('scipy')}",
            "theirs": python_versions(PEER, "pybibx", "numpy", "pandas"),
            "seconds": f"{SECONDS:,}",
            "memory": str(GIGABYTES),
            "rows": "\n".join(rows),
        },
    )
