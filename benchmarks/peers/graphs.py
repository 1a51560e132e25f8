"""A graph of fifty projects, beside PostGraphile 4: the same data from PostgreSQL, one reply at a time and many."""

import json
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from benchmarks.peers import knowledge_bases, relational, results
from benchmarks.peers.installed import INSTALLED, node_version
from benchmarks.peers.knowledge_bases import REAL
from benchmarks.peers.measuring import (
    JSON,
    Failed,
    Request,
    SideBySide,
    in_turn,
    latencies,
    run,
    throughput,
    version_of,
)
from benchmarks.peers.serving import bare_environment, free_port, serving, v2xkb
from tests.postgres import PostgresServer

PEER = "postgraphile"
OURS, THEIRS = "v2xkb", "peers"
PROCESSES, KEPT_MB = 2, 64
TURNS, COLD_REQUESTS = 7, 15
WARM_SECONDS, WARM_TURNS, WARM_CONNECTIONS = 5, 5, 16
# Its makers' advice for production, and their switch for newer Node.js, which makes it faster.
PRODUCTION = {"NODE_ENV": "production", "GRAPHILE_TURBO": "1"}
OPTIONS = (
    "--disable-query-log",
    "--disable-graphiql",
    "--disable-default-mutations",
    "--no-ignore-rbac",
    "--no-ignore-indexes",
    "--dynamic-json",
    "--no-setof-functions-contain-nulls",
    "--simple-collections=both",
)
OUR_QUERY = """{
  projects(first: 50) {
    nodes {
      slug name summary tier status
      sites { name city country lat lon }
      partners { organisation { slug name country } }
      barriersMet { stance note barrier { slug name } }
    }
  }
}"""
# Names are the same as ours, so that both replies are.
ITS_QUERY = """{
  projects: allProjects(first: 50, orderBy: SORT_KEY_ASC) {
    nodes {
      slug name summary tier status
      sites: sitesByProjectIdList { name city country lat lon }
      partners: partnersByProjectIdList { organisation: organisationByOrganisationId { slug name country } }
      barriersMet: barrierReportsByProjectIdList { stance note barrier: barrierByBarrierId { slug name } }
    }
  }
}"""


@dataclass(frozen=True)
class Asked:
    address: str
    request: Request

    def reply(self) -> bytes:
        told = urllib.request.Request(  # noqa: S310
            f"{self.address}{self.request.path}", self.request.body.encode(), {"Content-Type": JSON}
        )
        with urllib.request.urlopen(told, timeout=60) as answered:  # noqa: S310
            body: bytes = answered.read()
            return body

    def latencies(self) -> list[float]:
        return latencies(self.address, self.request, COLD_REQUESTS)

    def throughput(self) -> list[float]:
        return [throughput([self.address], self.request, WARM_SECONDS, WARM_CONNECTIONS)]


def request(path: str, query: str) -> Request:
    return Request(path, json.dumps({"query": query}))


def agree(ours: bytes, its: bytes) -> int:
    """How many bytes our reply has. Raises Failed where the replies tell different things."""
    own, other = json.loads(ours), json.loads(its)
    if "errors" in own or "errors" in other or "data" not in own or own != other:
        raise Failed(f"The graphs differ: {first_difference(own, other)}")
    return len(ours)


def first_difference(own: Any, other: Any, path: str = "") -> str:
    if isinstance(own, dict) and isinstance(other, dict) and own.keys() == other.keys():
        return next((found for key in own if (found := first_difference(own[key], other[key], f"{path}/{key}"))), "")
    if isinstance(own, list) and isinstance(other, list) and len(own) == len(other):
        pairs = enumerate(zip(own, other, strict=True))
        return next((found for place, pair in pairs if (found := first_difference(*pair, f"{path}/{place}"))), "")
    return "" if own == other else f"at {path or '/'} ours is {str(own)[:300]}, PostGraphile's {str(other)[:300]}"


@contextmanager
def databases(folder: Path) -> Iterator[PostgresServer]:
    """A server with our database, and with the plain tables beside it."""
    source = knowledge_bases.knowledge_base(REAL)
    server = PostgresServer(folder / "postgres")
    server.home.mkdir()
    # The account that PostgreSQL runs as must get there.
    folder.chmod(0o755)
    server.start()
    try:
        with psycopg.connect(host=str(server.data), user="postgres", dbname="postgres", autocommit=True) as admin:
            for name in (OURS, THEIRS):
                admin.execute(f"CREATE DATABASE {name}")
        knowledge_bases.fill(server.url)
        with psycopg.connect(host=str(server.data), user="postgres", dbname=OURS, autocommit=True) as own:
            # Soon done by the server itself; the plain tables are, too.
            own.execute("VACUUM ANALYZE")
        with psycopg.connect(host=str(server.data), user="postgres", dbname=THEIRS) as plain:
            relational.fill(source, plain)
        yield server
    finally:
        server.stop()


@contextmanager
def both(server: PostgresServer, kept_mb: int, processes: int, folder: Path) -> Iterator[tuple[Asked, Asked]]:
    port, other = free_port(), free_port()
    settings = knowledge_bases.environment(server.url, REPLY_CACHE_MB=str(kept_mb))
    peer = INSTALLED / PEER
    command = ["node", str(peer / "node_modules" / "postgraphile" / "cli.js"), "--port", str(other), *OPTIONS]
    command += ["--host", "127.0.0.1", "--schema", "public"]
    command += ["--connection", f"postgres://postgres@{quote(str(server.data), safe='')}/{THEIRS}"]
    if processes > 1:
        command += ["--cluster-workers", str(processes)]
    with (
        serving(v2xkb(port, processes), port, settings, folder / "v2xkb.log") as ours,
        serving(command, other, bare_environment(**PRODUCTION), folder / "postgraphile.log", peer) as theirs,
    ):
        yield Asked(ours, request("/graphql/", OUR_QUERY)), Asked(theirs, request("/graphql", ITS_QUERY))


def measured(folder: Path) -> tuple[int, SideBySide, SideBySide]:
    """The size of the reply; seconds with nothing kept; replies a second from two processes that keep them."""
    with databases(folder) as server:
        with both(server, 0, 1, folder) as (ours, theirs):
            size = agree(ours.reply(), theirs.reply())
            cold = in_turn(ours.latencies, theirs.latencies, TURNS)
        print("cold", cold, flush=True)
        with both(server, KEPT_MB, PROCESSES, folder) as (ours, theirs):
            agree(ours.reply(), theirs.reply())
            warm = in_turn(ours.throughput, theirs.throughput, WARM_TURNS, more_is_better=True)
        print("warm", warm, flush=True)
    return size, cold, warm


def compare() -> str:
    """The section of RESULTS.md."""
    tools = version_of("hey"), version_of("wrk")
    node = run(["node", "--version"]).strip().removeprefix("v")
    with tempfile.TemporaryDirectory() as folder:
        size, cold, warm = measured(Path(folder))
    return results.fill(
        "graphs.md",
        {
            "real": str(REAL),
            "size": f"{size / 1000:.0f}",
            "cold": f"| {cold.ours.told(1000)} | {cold.theirs.told(1000)} | {cold.ratio.told(unit='x')} |",
            "warm": f"| {warm.ours.told()} | {warm.theirs.told()} | {warm.ratio.told(unit='x')} |",
            "processes": str(PROCESSES),
            "connections": str(WARM_CONNECTIONS),
            "turns": str(WARM_TURNS),
            "seconds": str(WARM_SECONDS),
            "versions": ", ".join(
                (f"granian {version('granian')}", node_version(PEER, "postgraphile"), f"Node.js {node}", *tools)
            ),
        },
    )
