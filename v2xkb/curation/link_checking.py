"""Asks whether web addresses still answer: politely, within bounds, and nothing but public machines.

An address is dead after three failures in a row, or when it answered “not found” (404) or “gone” (410) on two
different days and has not answered in between. What answers programs differently from readers (401, 403, 429 and the
like), or what this machine could not find out, is neither: its count stays as it was.
"""

import errno
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, zip_longest
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

import httpcore

from v2xkb.curation.choices import Outcome
from v2xkb.curation.link_requests import SECONDS_FOR_ANSWER, Answer, ask
from v2xkb.curation.link_rule import NotAllowed, Rule, UnknownName

MOST_REDIRECTS = 5
# For one address with all its redirects.
SECONDS_FOR_ADDRESS = 60.0
SECONDS_BETWEEN = 1.0
# What means that this machine has no way out, rather than that the other has none in.
NO_WAY_OUT = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL}
UNSAFE_IN_PATH = "/%:@!$&'()*+,;=~-._"


@dataclass(frozen=True)
class Result:
    """What was found out about one address."""

    outcome: Outcome
    status: int | None = None
    detail: str = ""


@dataclass
class Pace:
    """Lets a second pass between two requests to one host."""

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    free_at: dict[str, float] = field(default_factory=dict)

    def wait(self, host: str) -> None:
        now = self.clock()
        pause = self.free_at.get(host, now) - now
        if pause > 0:
            self.sleep(pause)
        self.free_at[host] = max(now, now + pause) + SECONDS_BETWEEN


@dataclass
class Checker:
    """Asks addresses one after another, by one rule and at one pace."""

    rule: Rule = field(default_factory=Rule)
    pace: Pace = field(default_factory=Pace)
    seconds: float = SECONDS_FOR_ANSWER

    def check(self, address: str) -> Result:
        """What became of an address; never raises for what the other side does."""
        end, hops, shown = self.pace.clock() + SECONDS_FOR_ADDRESS, 0, ""
        try:
            while True:
                parts = self.askable(address)
                answer = self.answer(parts)
                if not 300 <= answer.status < 400 or not answer.location:
                    return judged(answer.status, shown)
                if hops == MOST_REDIRECTS:
                    return Result(Outcome.UNSURE, answer.status, f"it sends on more than {MOST_REDIRECTS} times")
                if self.pace.clock() > end:
                    return Result(Outcome.UNSURE, answer.status, "its redirects took too long")
                address, hops = urljoin(urlunsplit(parts), answer.location), hops + 1
                shown = f"it leads to {address[:1000]}"
        except NotAllowed as refused:
            return Result(Outcome.REFUSED, None, "; ".join(filter(None, (shown, str(refused)))))
        except UnknownName as unknown:
            return Result(Outcome.UNSURE if unknown.passing else Outcome.FAILED, None, str(unknown))
        except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
            return failed(error)

    def askable(self, address: str) -> SplitResult:
        """The parts of an address in ASCII, without its mark; raises NotAllowed for what is never asked."""
        try:
            parts = urlsplit(address)
            port = parts.port
            host = (parts.hostname or "").encode("idna").decode("ascii")
        except (ValueError, UnicodeError) as error:
            raise NotAllowed("this is no address that can be asked") from error
        if parts.scheme not in ("http", "https") or not host:
            raise NotAllowed("this is no address of the web")
        if parts.username is not None or parts.password is not None:
            raise NotAllowed("it holds a name or password")
        if (port or {"http": 80, "https": 443}[parts.scheme]) not in self.rule.ports:
            raise NotAllowed(f"port {port} is none of the web's")
        place = f"[{host}]" if ":" in host else host
        path = quote(parts.path or "/", safe=UNSAFE_IN_PATH)
        query = quote(parts.query, safe=UNSAFE_IN_PATH + "?")
        return SplitResult(parts.scheme, place + (f":{port}" if port else ""), path, query, "")

    def answer(self, parts: SplitResult) -> Answer:
        """HEAD, and GET where a server does not answer that one well."""
        try:
            answer = self.request("HEAD", parts)
            if answer.status < 400:
                return answer
        except (httpcore.ReadTimeout, httpcore.ReadError, httpcore.WriteError, httpcore.RemoteProtocolError):
            pass
        return self.request("GET", parts)

    def request(self, method: str, parts: SplitResult) -> Answer:
        self.pace.wait(parts.hostname or "")
        return ask(method, urlunsplit(parts), self.rule, self.seconds)


def judged(status: int, shown: str) -> Result:
    if 200 <= status < 300:
        return Result(Outcome.ANSWERS, status, shown)
    if status in (404, 410):
        return Result(Outcome.GONE, status, shown)
    return Result(Outcome.FAILED if status >= 500 else Outcome.UNSURE, status, shown)


def failed(error: Exception) -> Result:
    """Nobody answered; whose fault that is."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.errno in NO_WAY_OUT:
            return Result(Outcome.UNSURE, None, "this machine has no way there at the moment")
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpcore.TimeoutException):
        return Result(Outcome.FAILED, None, "it did not answer in time")
    said = " ".join(str(error).split())[:300]
    return Result(Outcome.FAILED, None, f"no answer: {said}" if said else "no answer")


def spread(addresses: Iterable[str]) -> Iterator[str]:
    """The addresses in turns of their hosts, so that the pace costs the least time."""
    by_host: dict[str, list[str]] = {}
    for address in addresses:
        by_host.setdefault(address.split("/")[2].lower() if address.count("/") > 1 else "", []).append(address)
    turns = chain.from_iterable(zip_longest(*by_host.values()))
    return (address for address in turns if address is not None)
