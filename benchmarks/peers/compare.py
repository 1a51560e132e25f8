"""File to keyword network, beside pyBibX in an environment of its own: writes benchmarks/RESULTS.md.

`make bench-peers` runs it. Every run is a process of its own; seconds begin when everything is imported.
"""

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.scopus_exports import write

HERE = Path(__file__).parent
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
    ours = [measured([sys.executable, "-m", "benchmarks.peers.ours", way, str(file)], rounds) for way in WAYS]
    its = measured([str(peer), str(HERE / "by_pybibx.py"), str(file)], 1)
    ratios = [f"{its['seconds'] / one['seconds']:.0f}x" if its and one else "–" for one in ours]
    networks = [f"{one['keywords']:,} / {one['links']:,}" if one else "–" for one in (ours[0], its)]
    size_of_file = f"{size:,} ({file.stat().st_size / 1e6:.0f} MB)"
    print(size_of_file, ours, its, flush=True)
    file.unlink()
    return f"| {size_of_file} | {' | '.join([*map(told, ours), told(its), *ratios, *networks])} |"


WAYS = ("cells", "entries")


def main(peer: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        rows = [row(size, rounds, peer, Path(folder)) for size, rounds in SIZES.items()]
    asked = "import importlib.metadata as m; print(m.version('pybibx'), m.version('numpy'), m.version('pandas'))"
    theirs = subprocess.run([str(peer), "-c", asked], capture_output=True, text=True, check=True).stdout.split()  # noqa: S603
    text = (HERE / "template.md").read_text(encoding="utf-8")
    facts = {
        "python": platform.python_version(),
        "ours": f"numpy {version('numpy')}, scipy {version('scipy')}",
        "theirs": f"pyBibX {theirs[0]}, numpy {theirs[1]}, pandas {theirs[2]}",
        "seconds": str(SECONDS),
        "rows": "\n".join(rows),
    }
    for name, value in facts.items():
        text = text.replace("{" + name + "}", value)
    (HERE.parent / "RESULTS.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
