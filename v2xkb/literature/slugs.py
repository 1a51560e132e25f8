"""Names new references as the existing ones are named: author, year, words of the title."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from v2xkb.records.folding import fold

LONGEST = 60
TITLE_WORDS = 5
# Words that say nothing of what a text is about, in the languages most sources are in.
SAYING_LITTLE = (
    "a an and are as at by de del der des die das do el en et for from have how im in into is it its la le les los mit "
    "of on or our over para por s the their to un una und une van von was what with y zu zum zur"
)
LITTLE = frozenset(SAYING_LITTLE.split())


def slug_for(data: Mapping[str, Any], taken: Collection[str]) -> str:
    """A slug that is not taken; `data` are fields of a reference."""
    year = str(data.get("issued", ""))[:4]
    who = words(first_author(data) or data.get("publisher", ""))[:4]
    about = [word for word in words(data.get("title", "")) if word not in LITTLE]
    kept = [*who, *([year] if year else [])]
    for word in about[:TITLE_WORDS]:
        if len("-".join([*kept, word])) <= LONGEST:
            kept.append(word)
    slug = "-".join(kept)[:LONGEST].strip("-") or "reference"
    number = 2
    name = slug
    while name in taken:
        name, number = f"{slug}-{number}", number + 1
    return name


def first_author(data: Mapping[str, Any]) -> str:
    """The first author's family name, or the whole name where it is not split."""
    author: Mapping[str, str] = next(iter(data.get("author", ())), {})
    return author.get("family") or author.get("literal", "")


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", fold(text).replace("'", ""))
