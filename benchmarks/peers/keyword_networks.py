"""File to keyword network, beside pyBibX: every run is a process of its own, and begins when everything is imported."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
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
SECONDS = 600
SETTINGS = {"DJANGO_SETTINGS_MODULE": "v2xkb.settings", "DEBUG": "on", "VAR_DIR": "var/checks"}


def run(command: list[str]) -> dict[str, Any] | None:
    """What it printed; nothing where it took longer than it may."""
    environment = os.environ | SETTINGS
    try:
        done = subprocess.run(  # noqa: S603
            command, capture_output=True, text=True, check=True, timeout=SECONDS, env=environment
        )
    except subprocess.TimeoutExpired:
        return None
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def measured(command: list[str], rounds: int) -> dict[str, Any] | None:
    """The median of the seconds and of the memory; what was found."""
    found = [one for _round in range(rounds) if (one := run(command)) is not None]
    if not found:
        return None
    middle = {name: statistics.median(one[name] for one in found) for name in ("seconds", "MB")}
    return {**found[0], **middle, "rounds": len(found)}


def told(found: dict[str, Any] | None) -> str:
    if found is None:
        return f"stopped after {SECONDS} s by the clock"
    rounds = found["rounds"]
    return f"{found['seconds']:.2f} s, {found['MB']:.0f} MB, {rounds} run{'s' if rounds > 1 else ''}"


def row(size: int, rounds: int, peer: Path, folder: Path) -> str:
    file = folder / f"{size}.csv"
    write(file, size, vocabulary=VOCABULARY)
    ours = [measured([sys.executable, "-m", "benchmarks.peers.by_v2xkb", way, str(file)], rounds) for way in WAYS]
    its = measured([str(peer), str(HERE / "by_pybibx.py"), str(file)], 1)
    ratios = [f"{its['seconds'] / one['seconds']:.0f}x" if its and one else "–" for one in ours]
    networks = [f"{one['keywords']:,} / {one['links']:,}" if one else "–" for one in (ours[0], its)]
    size_of_file = f"{size:,} ({file.stat().st_size / 1e6:.0f} MB)"
    print(size_of_file, ours, its, flush=True)
    file.unlink()
    return f"| {size_of_file} | {' | '.join([*map(told, ours), told(its), *ratios, *networks])} |"


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
            "seconds": str(SECONDS),
            "rows": "\n".join(rows),
        },
    )
