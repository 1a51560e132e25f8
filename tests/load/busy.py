"""Runs a crowd against an instance that publishes meanwhile, watches its processes, and judges what must hold."""

import asyncio
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import psutil

from tests.backups.databases import on
from tests.faults.servers import Server, ask
from tests.faults.sites import PROXIED, SECONDS, Served, Site
from tests.load.visitors import Asked, Crowd
from v2xkb.records.apply import apply_documents
from v2xkb.records.models import Record, Revision
from v2xkb.records.reading import validated

PROCESSES = 2
SECONDS_BETWEEN_PUBLICATIONS = 5.0
SECONDS_BETWEEN_LOOKS = 1.0
# The part of a run in which processes come to hold what they hold.
WARMING = 0.3
# Between the first third after that and the last; what one reply takes comes and goes.
MOST_GROWTH = 1.1
# What the pool of each web process may have, and the worker's own.
MOST_CONNECTIONS = PROCESSES * 8 + 2
CONNECTIONS = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"


@dataclass
class Watched:
    """Megabytes of all web processes together, and connections to PostgreSQL, look by look."""

    megabytes: list[float] = field(default_factory=list)
    connections: list[int] = field(default_factory=list)

    def growth(self) -> float:
        """How many times as much memory there is in the last third after the warming as in the first."""
        settled = self.megabytes[round(len(self.megabytes) * WARMING) :]
        third = max(1, len(settled) // 3)
        return median(settled[-third:]) / median(settled[:third])


@dataclass
class Report:
    """What came of a run."""

    clients: int
    seconds: float
    asked: dict[str, Asked]
    watched: Watched
    publications: int

    @property
    def whole(self) -> Asked:
        return Asked([one for asked in self.asked.values() for one in asked.seconds])

    @property
    def faults(self) -> list[str]:
        """What must not be."""
        found = [f"{n}x {what}" for asked in self.asked.values() for what, n in asked.faults.most_common()]
        if self.watched.growth() > MOST_GROWTH:
            found.append(f"memory grew {self.watched.growth():.2f} times: {self.watched.megabytes}")
        if (most := max(self.watched.connections, default=0)) > MOST_CONNECTIONS:
            found.append(f"{most} connections to PostgreSQL, {MOST_CONNECTIONS} at most")
        if not self.publications:
            found.append("nothing was published")
        return found

    def lines(self) -> list[str]:
        def row(name: str, asked: Asked) -> str:
            times = " | ".join(f"{asked.within(share) * 1000:.0f}" for share in (0.5, 0.95, 0.99))
            return f"| {name} | {len(asked.seconds):,} | {times} | {asked.faults.total()} |"

        kinds = [row(kind, asked) for kind, asked in sorted(self.asked.items())]
        memory, connections = self.watched.megabytes, self.watched.connections
        rate = len(self.whole.seconds) / self.seconds
        grown = f"{self.watched.growth():.2f} times as much as when it had settled"
        return [
            f"{self.clients} clients, {self.seconds:.0f} s, {PROCESSES} web processes: {rate:.0f} replies a second.",
            f"{self.publications} publications meanwhile.",
            "",
            "| asked | replies | median, ms | 95 % within | 99 % within | faults |",
            "| --- | --- | --- | --- | --- | --- |",
            *kinds,
            row("all", self.whole),
            "",
            f"Memory of the web processes: {memory[0]:.0f} MB at first, {max(memory):.0f} at most, {grown}.",
            f"Connections to PostgreSQL: {max(connections, default=0)} at most.",
        ]


def knowledge_base(databases: Server, folder: Path) -> Site:
    """An instance with all records of this repository."""
    (folder / "var").mkdir()
    site = Site(databases.made(folder, "load"), folder, {"WEB_PROCESSES": str(PROCESSES)})
    process = site.begin(["-m", "v2xkb", "prepare"], {})
    said, _ = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, said
    return site


def busy(site: Site, clients: int, seconds: float) -> Report:
    with on(site.url):
        slugs = [record.slug for record in Record.objects.of_kind("project")]
    watched, is_over = Watched(), threading.Event()
    with site.served() as served:
        crowd = Crowd(f"http://127.0.0.1:{site.port}", PROXIED, clients, slugs)
        looking = threading.Thread(target=watch, args=[served, watched, is_over])
        publishing = threading.Thread(target=publish, args=[site, slugs, is_over])
        looking.start()
        with on(site.url):
            before = Revision.objects.current()
        publishing.start()
        try:
            asyncio.run(crowd.visit(time.monotonic() + seconds))
        finally:
            is_over.set()
            looking.join()
            publishing.join()
    with on(site.url):
        publications = Revision.objects.current() - before
    return Report(clients, seconds, dict(crowd.asked), watched, publications)


def publish(site: Site, slugs: list[str], is_over: threading.Event) -> None:
    """Another summary of one project after the other, as a command of the operator's would."""
    for number, slug in enumerate(slugs * 100):
        if is_over.wait(SECONDS_BETWEEN_PUBLICATIONS):
            return
        with on(site.url):
            data = Record.objects.at("project", slug).get().data
            data["summary"] = f"{data['summary'].partition(' (no. ')[0]} (no. {number})"
            apply_documents([validated(data, slug, "project")], reason="Load.", by="load")


def watch(served: Served, watched: Watched, is_over: threading.Event) -> None:
    while not is_over.wait(SECONDS_BETWEEN_LOOKS):
        web = [one for one in served.processes() if "v2xkb.web_server" in one.cmdline()]
        watched.megabytes.append(sum(resident(one) for one in web))
        name = served.site.url.rpartition("/")[2]
        watched.connections.append(int(ask(served.site.url, CONNECTIONS, (name,))))


def resident(process: psutil.Process) -> float:
    try:
        return float(process.memory_info().rss) / 1e6
    except psutil.NoSuchProcess:
        return 0.0
