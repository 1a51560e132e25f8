"""A published corpus whose publications may be passed on, made up so that filters and orders have something to tell."""

import csv
import random
from pathlib import Path

from v2xkb.literature.corpora.definitions import Definition
from v2xkb.literature.corpora.importing import import_file
from v2xkb.literature.corpora.publishing import pass_on, publish
from v2xkb.literature.importers import plain_csv
from v2xkb.literature.models import Corpus

COLUMNS = tuple(name for name in plain_csv.COLUMNS if name not in ("language", "identifiers", "countries"))
TOPICS = (
    "Bi-directional charging",
    "Bidirectional chargers",
    "Vehicle-to-grid trials",
    "A fleet of V2H homes",
    "Ökostrom für Flotten",
)
WORDS = ("V2G", "v2g", "Electric vehicles", "Batteries (Li-ion)", "家庭", "frequency control")
TYPES = ("article", "conference paper", "review", "")
MARKER = "an abstract that nobody may see"


def rows(number: int, seed: int = 0) -> list[dict[str, str]]:
    """Some without year, type, citations, DOI or keywords; titles differ by their number."""
    chance = random.Random(seed)  # noqa: S311 - which are made is no secret
    return [
        {
            "title": f"{chance.choice(TOPICS)} {seed}/{place}",
            "year": chance.choice(["", "2018", "2019", "2020", "2021"]),
            "authors": "; ".join(chance.sample(["Doe, Jane", "Roe, R.", "Æsir Consortium"], chance.randint(0, 3))),
            "venue": chance.choice(["", "Letters"]),
            "type": chance.choice(TYPES),
            "cited_by": chance.choice(["", "0", "7", "12"]),
            "doi": f"10.5555/{seed}.{place}" if chance.random() < 0.5 else "",
            "author_keywords": "; ".join(chance.sample(WORDS, chance.randint(0, 3))),
            "index_keywords": "; ".join(chance.sample(WORDS, chance.randint(0, 2))),
            "abstract": MARKER,
        }
        for place in range(number)
    ]


def write(path: Path, made: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(made)
    return path


def corpus(
    folder: Path, made: list[dict[str, str]], name: str = "Listed", *, shown: bool = True, listed: bool = True
) -> Corpus:
    import_file(write(folder / f"{name}.csv", made), Definition(name))
    held = Corpus.objects.get(name=name)
    if listed:
        pass_on(held, "A publisher")
    if shown:
        publish(held, "A publisher")
    held.refresh_from_db()
    return held
