"""Makes up exports as Scopus writes them since 2023, of any length; the same seed gives the same file."""

import csv
import random
from pathlib import Path

HEADERS = (
    "Authors", "Author full names", "Author(s) ID", "Title", "Year", "Source title", "Volume", "Issue", "Art. No.",
    "Page start", "Page end", "Page count", "Cited by", "DOI", "Link", "Affiliations", "Authors with affiliations",
    "Abstract", "Author Keywords", "Index Keywords", "Document Type", "Publication Stage", "Open Access", "Source",
    "EID",
)  # fmt: skip
SYLLABLES = (
    "ba",
    "cor",
    "del",
    "fen",
    "gri",
    "hal",
    "jun",
    "kro",
    "lim",
    "mar",
    "nor",
    "pul",
    "ros",
    "ta",
    "vel",
    "wi",
)
COUNTRIES = ("Denmark", "United States", "China", "Germany", "Italy", "India", "Japan", "United Kingdom")


def word(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4)))


def phrases(chance: random.Random, number: int) -> list[str]:
    return [" ".join(word(chance) for _ in range(chance.randint(1, 3))) for _ in range(number)]


def write(path: Path, rows: int, seed: int = 1, vocabulary: int = 30_000) -> None:
    """About 2.4 kB a row; one in twenty repeats an earlier publication under another EID and without its DOI."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    words = [word(chance) for _ in range(5_000)]
    keywords, venues = phrases(chance, vocabulary), phrases(chance, 3_000)
    earlier: list[list[str]] = []
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow(HEADERS)
        for number in range(rows):
            row = made_up(chance, number, words, keywords, venues)
            if earlier and number % 20 == 0:
                row = [*chance.choice(earlier)[:-1], row[-1]]
                row[HEADERS.index("DOI")] = ""
            elif number % 100 == 1:
                earlier.append(row)
            writer.writerow(row)


def made_up(chance: random.Random, number: int, words: list[str], keywords: list[str], venues: list[str]) -> list[str]:
    names = [
        f"{word(chance).title()} {chance.choice('ABCDEFG')}.{chance.choice('HJKLM')}."
        for _ in range(chance.randint(1, 5))
    ]
    places = [
        f"Department of {word(chance)}, University of {word(chance).title()}, {chance.choice(COUNTRIES)}" for _ in names
    ]
    return [
        "; ".join(names), "; ".join(f"{name} (7{number:09})" for name in names), "; ".join("7" * 10 for _ in names),
        " ".join(chance.choices(words, k=11)).capitalize(), str(chance.randint(2005, 2026)), chance.choice(venues),
        "12", "3", "104", "1", "14", "14", str(chance.randint(0, 300)), f"10.1016/j.made.up.{number}",
        f"https://www.scopus.com/inward/record.uri?eid=2-s2.0-{number:011}", "; ".join(places),
        "; ".join(f"{name}, {place}" for name, place in zip(names, places, strict=True)),
        " ".join(chance.choices(words, k=150)), "; ".join(chance.choices(keywords, k=5)),
        "; ".join(chance.choices(keywords, k=12)), "Article", "Final", "All Open Access", "Scopus",
        f"2-s2.0-{number:011}",
    ]  # fmt: skip
