"""Which records are compared at all: pairs that share something rare, so that effort grows with the records only."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from v2xkb.curation.commonness import Scale, cells, linked
from v2xkb.curation.profiles import Profile

# A key that more records share is too common to say anything, and would cost a comparison for each pair of them.
LARGEST_BLOCK = 60
CLOSEST = 25
SHORTEST_HALVED = 5
MOST_PARTNERS, MOST_PLACES = 12, 8


def pairs(profiles: Sequence[Profile], scale: Scale) -> list[tuple[Profile, Profile]]:
    """Pairs that share a rare key; of each record only those with the records it shares most with.

    Effort grows with the number of records, not with its square: keys that many share are left out, and each record
    is compared with at most CLOSEST others besides those that choose it.
    """
    profiles = sorted(profiles, key=lambda profile: profile.pid)
    blocks: dict[str, list[int]] = defaultdict(list)
    for number, profile in enumerate(profiles):
        for key in keys(profile):
            blocks[key].append(number)
    shared: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for members in blocks.values():
        if 1 < len(members) <= LARGEST_BLOCK:
            points = scale.rarity(len(members))
            for one, other in combinations(members, 2):
                shared[one][other] += points
                shared[other][one] += points
    chosen = {
        (min(number, other), max(number, other))
        for number, others in shared.items()
        for other, _points in sorted(others.items(), key=lambda item: (-item[1], item[0]))[:CLOSEST]
    }
    return [(profiles[one], profiles[other]) for one, other in sorted(chosen)]


def keys(profile: Profile) -> set[str]:
    """What records that are the same would share, each by itself or, where it is common, with another."""
    found = {f"id {name} {value}" for name, value in profile.identifiers.items()}
    found |= {f"url {value}" for value in profile.addresses.values()}
    for name in profile.names:
        found |= {f"name {name.joined}", f"name {name.initials}"} - {"name "}
        for word in name.words:
            # One slip of the pen leaves the beginning or the end of a word as it was.
            found |= {f"word {word}"} | (
                {f"head {word[:4]}", f"tail {word[-4:]}"} if len(word) >= SHORTEST_HALVED else set()
            )
    partners = sorted(" ".join(target) for target in linked(profile))
    places = sorted({cell for spot in profile.spots for cell in cells(spot)})
    found |= {f"link {partner}" for partner in partners} | {f"place {place}" for place in places}
    found |= {f"links {one} {other}" for one, other in combinations(partners[:MOST_PARTNERS], 2)}
    found |= {f"at {partner} {place}" for partner in partners[:MOST_PARTNERS] for place in places[:MOST_PLACES]}
    found |= {f"source {source}" for source in profile.sources}
    return found
