"""The labelled pairs of tests/data/duplicate_pairs.json as documents, the made ones made by their stated rules."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from v2xkb.curation.profiles import Profile, profile
from v2xkb.records import identifiers, registry
from v2xkb.records.reading import validated

PAIRS = Path(__file__).parent.parent / "data" / "duplicate_pairs.json"
OTHER_READER = {"kind": "classified", "reason": "As another reader collected it."}
Data = dict[str, Any]


@dataclass(frozen=True)
class Pair:
    """Two records, whether they are the same, and why one could think otherwise; `made` where the second is made."""

    kind: str
    first: Profile
    second: Profile
    same: bool
    made: bool
    why: str

    def __str__(self) -> str:
        return f"{self.kind} {self.first.slug} and {self.second.slug}"


@cache
def fixture(kind: str, slug: str) -> Data:
    file = settings.FIXTURES_DIR / registry.kind(kind).folder / f"{slug}.json"
    return json.loads(file.read_text(encoding="utf-8"))


@cache
def profiles(kind: str) -> list[Profile]:
    """Of every record of a kind in fixtures/."""
    folder = settings.FIXTURES_DIR / registry.kind(kind).folder
    return [profile_of(json.loads(file.read_text(encoding="utf-8"))) for file in sorted(folder.glob("*.json"))]


def profile_of(data: Data) -> Profile:
    return profile(registry.kind(data["kind"]), validated(data, "pairs"))


@cache
def labelled() -> list[Pair]:
    found = []
    for row in json.loads(PAIRS.read_text(encoding="utf-8"))["pairs"]:
        first = fixture(row["kind"], row["first"])
        second = made(first, row["made"]) if "made" in row else fixture(row["kind"], row["second"])
        found.append(Pair(row["kind"], profile_of(first), profile_of(second), row["same"], "made" in row, row["why"]))
    return found


def made(first: Data, changes: Data) -> Data:
    """A second collection of `first`: what the rules leave of it, under another name, from other sources."""
    label = registry.kind(first["kind"]).document.label_field
    kept = ("kind", "type", "author", "issued", "container_title", "record_type", "tier", "start", "end", "countries")
    data: Data = {name: first[name] for name in (*kept, "sites", "partners", "country") if name in first}
    data |= {"id": identifiers.mint(f"twin/{first['slug']}/{changes['name']}"), "slug": f"twin-of-{first['slug']}"}
    data[label] = changes["name"]
    if first["kind"] == "project":
        data["summary"] = "As another reader tells it."
    for rule in changes["rules"]:
        RULES[rule](data)
    for name, value in changes.items():
        if name == "partners":
            data[name] = [{"key": slug, "organisation": slug, "role": "other-partner"} for slug in value]
        elif name in ("start", "end"):
            data[name] = {"value": value}
        elif name not in ("name", "rules"):
            data[name] = value
    if "start" in data and "end" in data and data["end"]["value"] < data["start"]["value"]:
        del data["end"]
    data = {name: value for name, value in data.items() if value}
    if registry.kind(first["kind"]).document.needs_basis:
        data["basis"] = {name: [OTHER_READER] for name in data if name not in ("kind", "id", "slug")}
    return data


def _partners(data: Data, choose: Callable[[list[Any]], list[Any]]) -> None:
    data["partners"] = choose(data.get("partners", []))


def _shift(data: Data, years: int) -> None:
    if start := data.get("start"):
        data["start"] = {"value": str(int(start["value"][:4]) + years)}


def _no_coordinates(data: Data) -> None:
    left_out = ("lat", "lon", "precision")
    data["sites"] = [{k: v for k, v in site.items() if k not in left_out} for site in data.get("sites", [])]


def _without(data: Data, *names: str) -> None:
    for name in names:
        data.pop(name, None)


RULES: dict[str, Callable[[Data], None]] = {
    "every-second-partner": lambda data: _partners(data, lambda partners: partners[::2]),
    "later-half-of-partners": lambda data: _partners(data, lambda partners: partners[len(partners) // 2 :]),
    "first-partner-only": lambda data: _partners(data, lambda partners: partners[:1]),
    "first-site-only": lambda data: data.update(sites=data.get("sites", [])[:1]),
    "no-coordinates": _no_coordinates,
    "no-sites": lambda data: _without(data, "sites"),
    "no-date": lambda data: _without(data, "start", "end"),
    "year-only": lambda data: _shift(data, 0),
    "next-year": lambda data: _shift(data, 1),
    "year-earlier": lambda data: _shift(data, -1),
}
