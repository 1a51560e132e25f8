"""Lists with facets, beside Datasette: the same rows and the same counts, cold on SQLite and warm on two processes."""

import json
import tempfile
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.peers import facet_table, results
from benchmarks.peers.empty import BODY
from benchmarks.peers.installed import python_of, python_versions
from benchmarks.peers.knowledge_bases import REAL, environment, knowledge_base, url_of
from benchmarks.peers.measuring import Failed, Request, Spread, in_turn, latencies, throughput, version_of
from benchmarks.peers.serving import bare_environment, free_port, serving, v2xkb

PEER = "datasette"
ROWS = 50
ALL = (*facet_table.SINGLE, *facet_table.ARRAYS)
# What a project says of itself in one field: as many as Datasette was first measured with.
ELEVEN = (*facet_table.FIELDS, "scenario", "segment")
# Projects -> turns, and requests of ours and of theirs in each.
COLD = {10_000: (5, 10, 2), 100_000: (5, 3, 1)}
WARM_SECONDS, WARM_TURNS, WARM_CONNECTIONS, PROCESSES = 5, 5, 16, 2
KEPT_MB = 64
# Limits that are there to protect a public site would end what is to be measured.
SETTINGS = {"sql_time_limit_ms": 600_000, "facet_time_limit_ms": 600_000, "suggest_facets": "off"}
Counts = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Answer:
    """What both must agree on."""

    total: int
    rows: list[dict[str, Any]]
    counts: Counts


# --- Asking ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Question:
    """The first projects with one value of a facet, and how often each value of some facets is among all those."""

    facet: str
    value: str
    counted: tuple[str, ...]

    @property
    def ours(self) -> Request:
        fields = ",".join(("name", *facet_table.FIELDS.values()))
        query = {self.facet: self.value, "facets": ",".join(self.counted), "fields": fields, "page_size": ROWS}
        return Request(f"/api/v1/projects/?{urllib.parse.urlencode(query, safe=',')}")

    @property
    def theirs(self) -> Request:
        matches = "exact" if self.facet in facet_table.SINGLE else "arraycontains"
        query = [
            (f"{self.facet}__{matches}", self.value),
            ("_sort", "sort_key"),
            ("_size", ROWS),
            ("_shape", "objects"),
        ]
        query += [("_col", name) for name in ("slug", "name", *facet_table.FIELDS)]
        query += [("_facet" if name in facet_table.SINGLE else "_facet_array", name) for name in self.counted]
        query += [("_facet_size", "max")]
        return Request(f"/{facet_table.TABLE}/{facet_table.TABLE}.json?{urllib.parse.urlencode(query)}")

    def agreed(self, ours: str, theirs: str) -> int:
        """How many projects both say there are. Raises Failed where they answer different things."""
        own, its = our_answer(reply(ours, self.ours)), its_answer(reply(theirs, self.theirs))
        if own.total != its.total or own.rows != its.rows:
            pairs = zip(own.rows, its.rows, strict=False)
            first = next((pair for pair in pairs if pair[0] != pair[1]), "their number")
            raise Failed(f"Rows differ: {own.total} of ours, {its.total} of Datasette's; the first of them: {first}")
        for name in self.counted:
            self.compare_counts(name, own.counts[name], its.counts.get(name, {}))
        return own.total

    def compare_counts(self, name: str, ours: Mapping[str, int], theirs: Mapping[str, int]) -> None:
        values = {*ours, *theirs}
        if name == self.facet:
            # Of the others, ours counts what choosing them instead would give, Datasette what this one leaves.
            values = {self.value}
        if name == "active":
            # Ours ends with the last year that a listed project names, the table with the last of all.
            values = {year for year in values if year <= max(ours, default="")}
        different = {value: (ours.get(value), theirs.get(value)) for value in sorted(values)}
        if wrong := {value: pair for value, pair in different.items() if pair[0] != pair[1]}:
            raise Failed(f"Counts of {name} differ, as (ours, Datasette's): {wrong}")


# Few of all projects or most of them; few facets or all of ours.
QUESTIONS = (Question("country", "DK", ELEVEN), Question("country", "DK", ALL), Question("tier", "V2X", ELEVEN))


def reply(address: str, request: Request) -> Any:
    with urllib.request.urlopen(f"{address}{request.path}", timeout=600) as answered:  # noqa: S310
        return json.load(answered)


# --- Agreeing ----------------------------------------------------------------------------------------------------


def our_answer(data: Mapping[str, Any]) -> Answer:
    fields = {field: name for name, field in facet_table.FIELDS.items()}
    rows = [
        {fields.get(name, name): value for name, value in row.items() if name not in ("kind", "id")}
        for row in data["results"]
    ]
    counts = {
        facet["name"]: {
            option["value"]: option["count"]
            for option in facet["options"]
            if option["count"] and option["value"] != "not-reported"
        }
        for facet in data["facets"]
    }
    return Answer(data["count"], [comparable(row) for row in rows], counts)


def its_answer(data: Mapping[str, Any]) -> Answer:
    if late := data.get("facets_timed_out"):
        raise Failed(f"Datasette gave up on {', '.join(late)}.")
    counts = {
        name: {str(option["value"]): option["count"] for option in facet["results"]}
        for name, facet in data["facet_results"].items()
    }
    rows = [
        {name: json.loads(value) if name in facet_table.ARRAYS else value for name, value in row.items()}
        for row in data["rows"]
    ]
    return Answer(data["filtered_table_rows_count"], [comparable(row) for row in rows], counts)


def comparable(row: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is not reported, which one leaves out and the other tells; the values of a field in any order."""
    return {name: sorted(value) if isinstance(value, list) else value for name, value in row.items() if value}


# --- Serving -----------------------------------------------------------------------------------------------------


@contextmanager
def both(projects: int, kept_mb: int, processes: int, folder: Path) -> Iterator[tuple[list[str], list[str]]]:
    """The addresses of ours, and of as many processes of Datasette as of ours: it has no way to start several."""
    database = knowledge_base(projects)
    table = folder / f"{facet_table.TABLE}.db"
    facet_table.export(database, table)
    with ExitStack() as servers:
        port = free_port()
        settings = environment(url_of(database), REPLY_CACHE_MB=str(kept_mb))
        ours = servers.enter_context(serving(v2xkb(port, processes), port, settings, folder / "v2xkb.log"))
        theirs = [servers.enter_context(datasette(table, folder / f"datasette-{one}.log")) for one in range(processes)]
        yield [ours], theirs


@contextmanager
def datasette(table: Path, log: Path) -> Iterator[str]:
    """A file that nobody writes to, which spares Datasette looking out for changes."""
    port = free_port()
    options = [word for name, value in SETTINGS.items() for word in ("--setting", name, str(value))]
    command = [
        str(python_of(PEER)),
        "-m",
        "datasette",
        "serve",
        "--immutable",
        str(table),
        "--port",
        str(port),
        *options,
    ]
    with serving(command, port, bare_environment(), log) as address:
        yield address


# --- Measuring ---------------------------------------------------------------------------------------------------


def cold(projects: int, folder: Path) -> Iterator[str]:
    """Nothing kept, one request after the other: a row for each question."""
    turns, own, its = COLD[projects]
    with both(projects, 0, 1, folder) as ([ours], [theirs]):
        for question in QUESTIONS:
            total = question.agreed(ours, theirs)
            found = in_turn(
                partial(latencies, ours, question.ours, own), partial(latencies, theirs, question.theirs, its), turns
            )
            took = " | ".join(spread.told(1000) for spread in (found.ours, found.theirs))
            asked = f"{projects:,} | `{question.facet}={question.value}`: {total:,} | {len(question.counted)}"
            yield told(f"| {asked} | {took} | {found.ratio.told(unit='x')} |")


def warm(folder: Path) -> str:
    """Replies a second, all of the same list."""
    question = QUESTIONS[0]
    with both(REAL, KEPT_MB, PROCESSES, folder) as (ours, theirs):
        for address in theirs:
            question.agreed(ours[0], address)
        found = in_turn(
            lambda: [throughput(ours, question.ours, WARM_SECONDS, WARM_CONNECTIONS)],
            lambda: [throughput(theirs, question.theirs, WARM_SECONDS, WARM_CONNECTIONS)],
            WARM_TURNS,
            more_is_better=True,
        )
        body = folder / "body"
        with urllib.request.urlopen(f"{ours[0]}{question.ours.path}") as reply:  # noqa: S310
            body.write_bytes(reply.read())
    with empty(body, folder / "empty.log") as address:
        rates = [throughput([address], question.ours, WARM_SECONDS, WARM_CONNECTIONS) for _turn in range(WARM_TURNS)]
    bound = Spread.of(rates)
    return told(f"| {found.ours.told()} | {found.theirs.told()} | {found.ratio.told(unit='x')} | {bound.told()} |")


@contextmanager
def empty(body: Path, log: Path) -> Iterator[str]:
    """What the same server reaches with an application that looks nothing up: nothing in Python can be faster."""
    port = free_port()
    served = {"v2xkb.wsgi:application": "benchmarks.peers.empty:application"}
    command = [served.get(word, word) for word in v2xkb(port, PROCESSES)]
    with serving(command, port, bare_environment(**{BODY: str(body)}), log) as address:
        yield address


def told(line: str) -> str:
    print(line, flush=True)
    return line


def compare() -> str:
    """The section of RESULTS.md."""
    tools = version_of("hey"), version_of("wrk")
    with tempfile.TemporaryDirectory() as folder:
        lines = [line for projects in COLD for line in cold(projects, Path(folder))]
        rates = warm(Path(folder))
    return results.fill(
        "lists.md",
        {
            "cold": "\n".join(lines),
            "warm": rates,
            "rows": str(ROWS),
            "all": str(len(ALL)),
            "real": str(REAL),
            "processes": str(PROCESSES),
            "connections": str(WARM_CONNECTIONS),
            "turns": str(WARM_TURNS),
            "seconds": str(WARM_SECONDS),
            "versions": ", ".join(
                (f"granian {version('granian')}", python_versions(PEER, "datasette", "uvicorn"), *tools)
            ),
        },
    )
