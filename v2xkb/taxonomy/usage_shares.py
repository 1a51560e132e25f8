"""How often publications use terms in which sense, counted from codings; each publication counts once for a term."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from v2xkb.literature.choices import TextSeen
from v2xkb.taxonomy.agreement import Agreement, agreement
from v2xkb.taxonomy.choices import UsageSense
from v2xkb.taxonomy.intervals import Interval, wilson

# What counts for a publication of which coders gave one term different senses: none of theirs.
DISPUTED = "disputed"
# How much was read, the most first; nothing where it is not known.
MOST_FIRST = (*TextSeen.values, "")


class Coded(NamedTuple):
    """One reader's judgement of one term in one publication, and how much of it was read."""

    publication: int
    coder: str
    term: str
    sense: str
    text_seen: str


@dataclass(frozen=True)
class Share:
    """`hits` of `total` publications coded for a term use it so; the unclear and the disputed are part of the total."""

    hits: int
    total: int
    unclear: int = 0
    disputed: int = 0

    @property
    def value(self) -> float | None:
        return self.hits / self.total if self.total else None

    @property
    def interval(self) -> Interval:
        return wilson(self.hits, self.total)


@dataclass(frozen=True)
class Between:
    """How far two coders agree on one term, or on all, in the publications that both coded."""

    coders: tuple[str, str]
    term: str
    publications: int
    agreement: Agreement


class Uses:
    """The senses of terms in publications, as codings give them."""

    def __init__(self, codings: Iterable[Coded]) -> None:
        self.codings = list(codings)
        said: dict[tuple[str, int], set[str]] = defaultdict(set)
        for coded in self.codings:
            said[coded.term, coded.publication].add(coded.sense)
        self.senses: dict[str, dict[int, str]] = defaultdict(dict)
        for (term, publication), senses in said.items():
            self.senses[term][publication] = senses.pop() if len(senses) == 1 else DISPUTED
        read: dict[int, set[str]] = defaultdict(set)
        for coded in self.codings:
            read[coded.publication].add(coded.text_seen)
        # Of a publication that its coders read to different depths, the most that any of them read.
        self.texts = {publication: min(texts, key=MOST_FIRST.index) for publication, texts in read.items()}

    @property
    def coders(self) -> list[str]:
        return sorted({coded.coder for coded in self.codings})

    @property
    def publications(self) -> int:
        return len(self.texts)

    @property
    def coded_by_several(self) -> int:
        """How many publications more than one coder coded."""
        pairs = {(coded.publication, coded.coder) for coded in self.codings}
        return sum(coders > 1 for coders in Counter(publication for publication, _ in pairs).values())

    def texts_read(self) -> Counter[str]:
        """How much was read -> number of publications."""
        return Counter(self.texts.values())

    def counts(self, term: str, text_seen: str | None = None) -> Counter[str]:
        """Sense -> number of publications, of those of which so much was read."""
        judged = self.senses.get(term, {}).items()
        return Counter(sense for publication, sense in judged if text_seen in (None, self.texts[publication]))

    def share(self, term: str, senses: Collection[str], text_seen: str | None = None) -> Share:
        counts = self.counts(term, text_seen)
        hits = sum(counts[sense] for sense in senses)
        return Share(hits, counts.total(), counts[UsageSense.UNCLEAR.value], counts[DISPUTED])

    def agreements(self, terms: Sequence[str]) -> list[Between]:
        """Every two coders who coded the same publications: term by term, then all terms together (`term` empty)."""
        answers: dict[str, dict[tuple[str, int], str]] = defaultdict(dict)
        for coded in self.codings:
            if coded.term in terms:
                answers[coded.coder][coded.term, coded.publication] = coded.sense
        found = []
        for one, other in combinations(sorted(answers), 2):
            shared = answers[one].keys() & answers[other].keys()
            if not shared:
                continue
            for term in (*terms, ""):
                places = [place for place in shared if term in ("", place[0])]
                pairs = [(answers[one][place], answers[other][place]) for place in places]
                publications = len({publication for _, publication in places})
                found.append(Between((one, other), term, publications, agreement(pairs)))
        return found
