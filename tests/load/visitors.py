"""Visitors and programs that ask for one thing after the other, and what each was answered."""

import asyncio
import random
import ssl
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import quantiles
from urllib.parse import quote

import httpx

# Between a reply and the next question, on average.
SECONDS_TO_READ = 4.0
# Longer than this nobody waits for a reply.
PATIENCE = 30.0
# Whom to trust; each client would read the system's certificates anew, and is served without any.
NOBODY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
GRAPH = "{ projects(first: 20) { totalCount nodes { name sites { city } barriersMet { stance barrier { name } } } } }"
WORDS = ("frequency", "school bus", "chademo", "v2g denmark", "metering", "nissan leaf", "warrenty", "aggregator")
FACETS = ("country=DK", "country=GB&scenario=v2g", "power_flow=dc&scenario=v2b", "tier=V2X", "cited_only=1", "q=fleet")


@dataclass
class Asked:
    """What was asked of one kind, and how it went; seconds are until the whole reply was read."""

    seconds: list[float] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)

    def within(self, share: float) -> float:
        """Seconds within which this share of replies came, in hundredths."""
        return quantiles(self.seconds, n=100)[round(share * 100) - 1] if len(self.seconds) > 1 else sum(self.seconds)


@dataclass(frozen=True)
class Question:
    """`kind` groups it in the report."""

    kind: str
    path: str
    graph: str = ""
    page: bool = True


def pages(slugs: Sequence[str]) -> Callable[[random.Random], Question]:
    """What a visitor opens next; some kinds more often than others."""
    plain = (
        "/",
        "/projects/",
        "/barriers/",
        "/barriers/map/",
        "/terms/",
        "/statistics/",
        "/claims/",
        "/sites/",
        "/de/",
    )

    def asked(chance: random.Random) -> Question:
        kind = chance.choices(
            ("page", "record", "list", "search", "REST", "graph", "download"), (20, 25, 20, 10, 15, 6, 4)
        )
        match kind[0]:
            case "page":
                return Question("page", chance.choice(plain))
            case "record":
                return Question("record", f"/projects/{chance.choice(slugs)}/")
            case "list":
                return Question("list", f"/projects/?{chance.choice(FACETS)}")
            case "search":
                return Question("search", f"/search/?q={quote(chance.choice(WORDS))}")
            case "REST":
                return Question("REST", f"/api/v1/projects/?{chance.choice(FACETS)}", page=False)
            case "graph":
                return Question("GraphQL", "/graphql/", GRAPH, page=False)
        return Question("download", f"/projects/?{chance.choice(FACETS)}&format={chance.choice(('csv', 'jsonl'))}")

    return asked


class Crowd:
    """So many clients at once, each with a connection of its own, until told to go."""

    def __init__(
        self, address: str, headers: dict[str, str], clients: int, slugs: Sequence[str], seed: int = 0
    ) -> None:
        self.address, self.headers, self.clients, self.seed = address, headers, clients, seed
        self.next = pages(slugs)
        self.asked: dict[str, Asked] = defaultdict(Asked)

    async def visit(self, until: float) -> None:
        """Until a moment of time.monotonic()."""
        await asyncio.gather(*(self._visitor(number, until) for number in range(self.clients)))

    async def _visitor(self, number: int, until: float) -> None:
        chance = random.Random(self.seed * 1_000_003 + number)  # noqa: S311  # no secret is drawn
        # They don't all come at once.
        await asyncio.sleep(chance.uniform(0, SECONDS_TO_READ))
        async with httpx.AsyncClient(
            base_url=self.address, headers=self.headers, timeout=PATIENCE, verify=NOBODY
        ) as client:
            while time.monotonic() < until:
                await self._ask(client, self.next(chance))
                await asyncio.sleep(chance.expovariate(1 / SECONDS_TO_READ))

    async def _ask(self, client: httpx.AsyncClient, question: Question) -> None:
        asked, begun = self.asked[question.kind], time.monotonic()
        try:
            if question.graph:
                reply = await client.post(question.path, json={"query": question.graph})
            else:
                accept = "text/html" if question.page else "application/json"
                reply = await client.get(question.path, headers={"Accept": accept})
        except httpx.HTTPError as error:
            asked.faults[f"{type(error).__name__} {question.path}"] += 1
            return
        asked.seconds.append(time.monotonic() - begun)
        if reply.status_code != 200 or (question.graph and "errors" in reply.json()):
            asked.faults[f"{reply.status_code} {question.path}"] += 1
