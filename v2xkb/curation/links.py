"""The web addresses of live documents, what is known of each, and which records hold it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from v2xkb.curation.link_checking import Checker, Result, spread
from v2xkb.curation.models import LinkCheck
from v2xkb.records import registry
from v2xkb.records.addresses import holds_addresses, web_addresses
from v2xkb.records.models import Record


@dataclass(frozen=True)
class Holder:
    """A record with an address at a path."""

    kind: str
    slug: str
    label: str
    path: str


def kinds_with_addresses() -> list[str]:
    return [kind.name for kind in registry.kinds() if holds_addresses(kind.document)]


def held(records: Iterable[Record]) -> dict[str, list[Holder]]:
    """Address -> the records that hold it."""
    found: dict[str, list[Holder]] = defaultdict(list)
    for record in records:
        document = registry.kind(record.kind).document.model_validate_json(record.document)
        for path, address in web_addresses(document):
            found[address].append(Holder(record.kind, record.slug, record.label, path))
    return found


def live_addresses() -> list[str]:
    """Every address of a live document once, in the order of kinds and names."""
    return list(held(Record.objects.of_kinds(kinds_with_addresses()).iterator()))


def holders(addresses: Sequence[str]) -> dict[str, list[Holder]]:
    """Address -> the records that hold it now; for the few addresses of a page."""
    found = held(Record.objects.naming_texts(kinds_with_addresses(), addresses)) if addresses else {}
    return {address: found.get(address, []) for address in addresses}


def name_holders(rows: Sequence[LinkCheck]) -> None:
    """Give each row of a page the records that hold its address."""
    found = holders([row.url for row in rows])
    for row in rows:
        row.holders = found[row.url]


@dataclass(frozen=True)
class Run:
    """What a run of the checker is to do."""

    due: list[str]
    addresses: int


def prepare(at: datetime, *, limit: int, older_than: timedelta) -> Run:
    """Forget addresses that no live document holds; choose the ones to ask, those never asked first."""
    addresses = live_addresses()
    LinkCheck.objects.forget_others(addresses)
    checked = LinkCheck.objects.times()
    due = [address for address in addresses if address not in checked or checked[address] <= at - older_than]
    due.sort(key=lambda address: (address in checked, checked.get(address, at)))
    return Run(list(spread(due[:limit])), len(addresses))


def check(run: Run, checker: Checker, now: Callable[[], datetime], told: Callable[[str, LinkCheck], None]) -> None:
    """Ask each address and keep what was found at once, so that a run that is stopped loses nothing."""
    for address in run.due:
        result: Result = checker.check(address)
        told(address, LinkCheck.objects.learn(address, result, now()))
