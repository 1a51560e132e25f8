"""How long each public page takes to its first byte with nothing kept: beside no peer, for none has such pages."""

import tempfile
import urllib.error
import urllib.request
from http import HTTPStatus
from importlib.metadata import version
from pathlib import Path

from benchmarks.peers import results
from benchmarks.peers.knowledge_bases import REAL, environment, knowledge_base, manage, url_of
from benchmarks.peers.measuring import FIRST_BYTE, Failed, Request, Spread, latencies, significant, version_of
from benchmarks.peers.serving import free_port, serving, v2xkb
from tests.browser.walk import ADDRESSES

ROUNDS, TIMES, SHOWN = 4, 5, 12


def is_page(address: str, path: str) -> bool:
    """Addresses of faults, and of releases and corpora that a new knowledge base lacks, are answered otherwise."""
    try:
        with urllib.request.urlopen(f"{address}{path}", timeout=60) as reply:  # noqa: S310
            return bool(reply.status == HTTPStatus.OK)
    except urllib.error.HTTPError as error:
        if error.code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise Failed(f"{path} is answered by {error.code}.") from error
        return False


def measured(folder: Path) -> dict[str, list[float]]:
    """By path, the slowest first; all are asked for once before, for a process makes some things once.

    In several rounds, so that what else the machine does meets every page now and then, and none always.
    """
    port, database = free_port(), url_of(knowledge_base(REAL))
    manage(database, "collectstatic", "--noinput", "--verbosity=0")
    settings = environment(database, REPLY_CACHE_MB="0", RATE_LIMITS="off")
    with serving(v2xkb(port, 1), port, settings, folder / "v2xkb.log") as address:
        paths = [path for path in ADDRESSES if is_page(address, path)]
        found: dict[str, list[float]] = {path: [] for path in paths}
        for _round in range(ROUNDS):
            for path in paths:
                found[path] += latencies(address, Request(path), TIMES, FIRST_BYTE)
    return dict(sorted(found.items(), key=lambda one: -min(one[1])))


def compare() -> str:
    """The section of RESULTS.md."""
    with tempfile.TemporaryDirectory() as folder:
        found = measured(Path(folder))
    slowest = list(found.items())[:SHOWN]
    rows = [f"| `{path}` | {significant(min(took) * 1000)} | {Spread.of(took).told(1000)} |" for path, took in slowest]
    return results.fill(
        "pages.md",
        {
            "real": str(REAL),
            "pages": str(len(found)),
            "times": str(TIMES),
            "rounds": str(ROUNDS),
            "shown": str(SHOWN),
            "all": Spread.of([min(took) for took in found.values()]).told(1000),
            "rows": "\n".join(rows),
            "versions": f"granian {version('granian')}, {version_of('hey')}",
        },
    )
