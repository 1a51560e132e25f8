"""How common the words, partners, places and sources of records are: the rarer a shared one, the more it says."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from v2xkb.curation.profiles import Profile, Spot

# Words that say what kind of thing it is: one collector writes them, the next does not.
WORDS_OF_KIND = (
    "ab ag aps as asa bv co company corp corporation ev gmbh group holding inc kg kk limited llc ltd nv oy plc s sa "
    "sas se spa srl demo demonstration demonstrator pilot program progetto project projekt projet proyecto scheme trial"
)
KIND_WORDS = frozenset(WORDS_OF_KIND.split())
# What such a word counts, or one that repeats what both records say elsewhere, such as a partner or a town.
LEAST_WEIGHT = 0.3


class Scale:
    """How common everything is among the records of one kind, and which others name them."""

    def __init__(self, profiles: Sequence[Profile], others: Iterable[Profile] = ()) -> None:
        self.total = max(len(profiles), 2)
        self.words = Counter(word for profile in profiles for word in {w for name in profile.names for w in name.words})
        self.links = Counter(target for profile in profiles for target in linked(profile))
        self.sources = Counter(source for profile in profiles for source in profile.sources)
        self.cells = Counter(cell for profile in profiles for cell in {c for s in profile.spots for c in cells(s)})
        self.texts = Counter(
            (name, text) for profile in profiles for name in profile.texts for text in profile.texts[name]
        )
        # Of what there are few kinds, such as barriers, much is shared by chance; of partners there are many.
        self.variety = {
            name: min(1.0, len({target for profile in profiles for target in profile.links.get(name, ())}) / self.total)
            for name in {name for profile in profiles for name in profile.links}
        }
        self.named_by: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for other in (*profiles, *others):
            for target in linked(other):
                self.named_by[target][other.pid] = other.label

    def rarity(self, count: int) -> float:
        """Halvings of the pile until only the records that have it are left; two is as rare as a shared thing gets."""
        return math.log2(self.total / max(count, 2)) if count < self.total else 0.0

    def weight(self, word: str, told: frozenset[str] = frozenset()) -> float:
        """What a word of a name counts; `told` are those that both records say elsewhere too."""
        repeated = word in KIND_WORDS or word in told
        return LEAST_WEIGHT if repeated else max(self.rarity(self.words[word]), LEAST_WEIGHT)


def linked(profile: Profile) -> set[tuple[str, str]]:
    return {target for targets in profile.links.values() for target in targets}


def cells(spot: Spot) -> list[str]:
    """The town's name, and the fields of a grid of about 20 km around its coordinates."""
    if spot.lat is None or spot.lon is None:
        return [spot.words]
    return [spot.words, f"{round(spot.lat * 5)}/{round(spot.lon * 3)}"]
