"""What simple rules would say of a publication's use of terms, from its title and keywords: hints, never codings.

That a title does not hold a term says nothing of its text, so nothing is ever suggested as not used.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from v2xkb.taxonomy.choices import UsageSense

TO = r"[\s\-–]*(?:to|2)[\s\-–]*"
# Each term as it is written: short, or in words with whatever stands between them.
WRITTEN: Mapping[str, re.Pattern[str]] = {
    term: re.compile(rf"\bV2{short}\b|\bvehicle{TO}(?:{words})\b", re.IGNORECASE)
    for term, short, words in (
        ("v2g", "G", "grid"),
        ("v2x", "X", "everything|anything|X"),
        ("v2b", "B", "building|business"),
        ("v2h", "H", "home|house"),
    )
}
# The senses that a reader can give a term: V2G is told apart by what it stands for, the others are there or not.
OF_V2G = (UsageSense.UMBRELLA, UsageSense.EXPLICIT, UsageSense.NOT_USED, UsageSense.UNCLEAR)
OF_OTHERS = (UsageSense.USED, UsageSense.NOT_USED, UsageSense.UNCLEAR)
SENSES: Mapping[str, tuple[UsageSense, ...]] = {term: OF_V2G if term == "v2g" else OF_OTHERS for term in WRITTEN}


@dataclass(frozen=True)
class Trigger:
    """The words that set off a rule, and where they stand."""

    words: str
    place: str


@dataclass(frozen=True)
class Suggestion:
    """The sense a rule would give, by which rule, and its triggers."""

    sense: UsageSense
    rule: str
    triggers: tuple[Trigger, ...]


STANDS_THERE = "the word stands there"
ALONE = "V2G is the only one of the four words there, so it may stand for all two-way charging"
BESIDE = "V2G stands beside others of the four words, so it may mean the grid alone"


def suggestions(texts: Iterable[tuple[str, str]]) -> dict[str, Suggestion]:
    """Term -> what a rule suggests; `texts` are pairs of a place, such as title, and what is written there."""
    texts = list(texts)
    found = {term: trigger for term, written in WRITTEN.items() if (trigger := first(written, texts))}
    made = {term: Suggestion(UsageSense.USED, STANDS_THERE, (trigger,)) for term, trigger in found.items()}
    if "v2g" in found:
        others = tuple(trigger for term, trigger in found.items() if term != "v2g")
        sense, rule = (UsageSense.EXPLICIT, BESIDE) if others else (UsageSense.UMBRELLA, ALONE)
        made["v2g"] = Suggestion(sense, rule, (found["v2g"], *others))
    return made


def first(written: re.Pattern[str], texts: Iterable[tuple[str, str]]) -> Trigger | None:
    for place, text in texts:
        if match := written.search(text):
            return Trigger(match[0], place)
    return None
