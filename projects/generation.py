"""Made-up projects, recombined from real ones, so that benchmarks and tests can have as many as they need.

Each is valid and looks real in its parts, and is false as a whole: its slug, name, summary and notes say so.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from v2xkb.records import identifiers
from v2xkb.records.apply import GONE, apply_documents
from v2xkb.records.documents import Document
from v2xkb.records.files import Progress
from v2xkb.records.models import Origin, Record
from v2xkb.records.reading import validated

PREFIX = "generated-"
BATCH = 500
MOST = 999_999
WARNING = "Made up for tests and benchmarks: values of unrelated real projects, put together at random."
NOT_REAL = [{"kind": "classified", "reason": WARNING}]
# Fields that say one thing together come from one project; what they rest on and its conflicts come along.
BUNDLES = (
    ("record_type", "tier", "realisation", "scenarios"),
    ("status", "start", "end"),
    ("countries", "sites"),
    ("services", "standards"),
    ("connectors", "power_flow"),
    ("chargers", "vehicles"),
    ("partners",),
    ("funding", "money"),
    ("orientation",),
    ("findings",),
    ("barriers_met", "other_obstacles"),
)

Data = Mapping[str, Any]


class NothingToRecombine(Exception):
    """There are no real projects."""


def generate(count: int, seed: int, progress: Progress) -> int:
    """Make the first `count` made-up projects of a seed live, in batches; returns how many are new or changed.

    Each depends on the seed, its number and the real projects only, so that a second call changes nothing.
    """
    records = [record for record in Record.objects.of_kind("project") if not record.slug.startswith(PREFIX)]
    real = [record.data for record in sorted(records, key=lambda record: record.slug)]
    if not real:
        raise NothingToRecombine
    changed = 0
    for start in range(0, count, BATCH):
        numbers = range(start + 1, min(start + BATCH, count) + 1)
        documents = [made_up(number, seed, real) for number in numbers]
        applied = apply_documents(documents, reason=WARNING, by="generate", origin=Origin.FIXTURES)
        changed += len(applied.created) + len(applied.changed)
        progress(numbers[-1], count)
    return changed


def remove() -> int:
    """Withdraw every made-up project; returns how many there were."""
    names = Record.objects.of_kind("project").values_list("pid", "slug")
    pids = [pid for pid, slug in names if slug.startswith(PREFIX)]
    if pids:
        gone = dict.fromkeys(pids, GONE)
        apply_documents([], reason="Made-up projects removed.", by="generate", withdraw=gone, origin=Origin.FIXTURES)
    return len(pids)


def made_up(number: int, seed: int, real: Sequence[Data]) -> Document:
    rng = random.Random(f"{seed}/{number}")  # noqa: S311 - the same every time, and no secret
    values: dict[str, Any] = {}
    conflicts: list[Data] = []
    basis = {"name": NOT_REAL, "summary": NOT_REAL}
    for bundle in BUNDLES:
        donor = rng.choice(real)
        values |= {name: donor[name] for name in bundle if name in donor}
        basis |= {path: entries for path, entries in donor["basis"].items() if path.split("/")[0] in bundle}
        conflicts += [conflict for conflict in donor.get("conflicts", []) if conflict["path"].split("/")[0] in bundle]
    data = {
        "kind": "project",
        "id": identifiers.mint(f"{PREFIX}{number}"),
        "slug": slug_of(number),
        "name": f"Generated project {number} (made up)",
        "summary": WARNING,
        **values,
        "related": list(relations(number, rng, real)),
        "conflicts": [{**conflict, "key": f"c{position}"} for position, conflict in enumerate(conflicts, start=1)],
        "notes": [WARNING],
        "basis": basis,
    }
    return validated(data, slug_of(number), "project")


def slug_of(number: int) -> str:
    return f"{PREFIX}{number:06}"


def relations(number: int, rng: random.Random, real: Sequence[Data]) -> Iterator[Data]:
    """As many, and of the kinds, that some real project has, to made-up projects with lower numbers."""
    wanted = [relation["kind"] for relation in rng.choice(real).get("related", [])]
    others = rng.sample(range(1, number), min(len(wanted), number - 1))
    for kind, other in zip(wanted, others, strict=False):
        yield {"kind": kind, "project": slug_of(other)}
