"""Which records may be the same thing collected twice: an explained score, and few pairs to compare.

The score is a sum of points for and against, each with its words. The points follow from what a coincidence would
have to be, not from a fit to examples:

- An identifier such as a DOI decides: it is given once.
- Rare things count, common ones don't: a word of a name, a partner, a town or a source that few records have says
  more than one that many have. The measure is `log2(records / records that have it)`, halvings of the pile.
- Of the rest only a name made of rare words and spelled nearly the same is enough by itself to be proposed
  (PROPOSED). Names merely alike need something beside them, and names wholly different, as of a translated one,
  partners, place and date together.
- What is reported of only one of the two says nothing: collectors read different pages.
- What both report and differ in speaks against, the more the less a collector can err in it: a country more than a
  year, a year more than the choice between pilot and programme.
- A relation between the two that a curator stated (part of, follows, same fleet as), or a record that names both side
  by side, says that somebody knew both and took them for two.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from v2xkb.curation.commonness import Scale, cells
from v2xkb.curation.pairing import pairs
from v2xkb.curation.profiles import Name, Profile, Spot

PROPOSED = 5.5

IDENTIFIER, OTHER_IDENTIFIER = 10.0, -10.0
ADDRESS, OTHER_ADDRESS = 7.0, -3.0
SAME_NAME, UNLIKE_NAME, OTHER_NUMBER = 6.0, -2.0, -3.0
PARTNERS_AT_MOST, NO_PARTNER_SHARED = 5.0, -2.0
NEAR, FAR = 2.5, -4.0
SAME_COUNTRY, NO_COUNTRY_SHARED = 0.5, -6.0
SAME_MONTH, SAME_YEAR, YEARS_APART = 1.5, 1.0, -1.5
SOURCES_AT_MOST = 2.0
TEXTS_AT_MOST = 1.0
OTHER_CLASS = -1.0
KNOWN_AS_TWO, NAMED_SIDE_BY_SIDE = -10.0, -5.0

ALIKE = 0.5
INITIALS_ALIKE = 0.85
WORD_ALIKE = 84
SHORTEST_ALIKE = 4
DIGITS = re.compile(r"[0-9]+")
NEAR_KM, FAR_KM = 10.0, 60.0
KM_PER_DEGREE = 111.2


@dataclass(frozen=True)
class Evidence:
    """One thing that speaks for (points above 0) or against two records being one, in words."""

    points: float
    text: str


@dataclass(frozen=True)
class Candidate:
    """Two records of a kind that may be one, and why."""

    first: Profile
    second: Profile
    score: float
    evidence: list[Evidence] = field(default_factory=list)


def candidates(profiles: Sequence[Profile], others: Iterable[Profile] = (), floor: float = PROPOSED) -> list[Candidate]:
    """Pairs among records of one kind that reach `floor`, the likeliest first.

    `others` are records of other kinds, which may name both of two side by side.
    """
    scale = Scale(profiles, others)
    found = [compare(first, second, scale) for first, second in pairs(profiles, scale)]
    kept = [candidate for candidate in found if candidate.score >= floor]
    return sorted(kept, key=lambda candidate: (-candidate.score, candidate.first.slug, candidate.second.slug))


# --- The score ---


def compare(first: Profile, second: Profile, scale: Scale) -> Candidate:
    """The pair in one order, so that it scores the same whichever is named first."""
    first, second = sorted((first, second), key=lambda profile: profile.pid)
    evidence = [
        item
        for look in (
            identifiers, names, relations, side_by_side, addresses, partners, places, countries, dates, sources, texts,
            classes,
        )
        for item in look(first, second, scale)
        if item.points
    ]  # fmt: skip
    rounded = [Evidence(round(item.points, 1), item.text) for item in evidence]
    rounded.sort(key=lambda item: -abs(item.points))
    return Candidate(first, second, round(sum(item.points for item in rounded), 1), rounded)


def identifiers(first: Profile, second: Profile, scale: Scale) -> Iterator[Evidence]:
    for name in first.identifiers.keys() & second.identifiers.keys():
        one, other = first.identifiers[name], second.identifiers[name]
        if one == other:
            yield Evidence(IDENTIFIER, f"Both have the {name} {one}.")
        else:
            yield Evidence(OTHER_IDENTIFIER, f"Each has a {name} of its own: {one} and {other}.")


def names(first: Profile, second: Profile, scale: Scale) -> Iterator[Evidence]:
    if not first.names or not second.names:
        return
    told = first.told & second.told
    likeness, worth, one, other = max(
        (*likeness_of(one, other, scale, told), one.text, other.text) for one in first.names for other in second.names
    )
    both = f"“{one}”" if one == other else f"“{one}” and “{other}”"
    if likeness >= 0.995:
        yield Evidence(min(SAME_NAME, max(worth, SAME_NAME / 2)), f"They have the same name: {both}.")
    elif likeness >= ALIKE:
        yield Evidence(likeness * min(SAME_NAME, worth), f"Their names are alike: {both} ({likeness:.0%}).")
    else:
        points = UNLIKE_NAME * (ALIKE - likeness) / ALIKE
        yield Evidence(points, f"Their names differ: “{first.label}” and “{second.label}”.")
    if likeness >= ALIKE and (told_apart := other_numbers(first, second)):
        yield Evidence(OTHER_NUMBER, f"Their names hold different numbers: {told_apart}.")


def likeness_of(one: Name, other: Name, scale: Scale, told: frozenset[str] = frozenset()) -> tuple[float, float]:
    """(share of the weight of both names' words that they have in common, that weight)."""
    if one.joined == other.joined:
        return 1.0, sum(map(scale.weight, set(one.words)))
    if one.initials == other.joined or other.initials == one.joined:
        return INITIALS_ALIKE, SAME_NAME
    left, right = dict.fromkeys(run_together(one, other)), dict.fromkeys(run_together(other, one))
    common = apart = 0.0
    for word in [word for word in left if word in right]:
        del left[word], right[word]
        common += scale.weight(word, told)
    for word in list(left):
        if match := _alike(word, right):
            weight = scale.weight(word, told)
            common, apart = common + match[1] * weight, apart + (1 - match[1]) * weight
            del left[word], right[match[0]]
    apart += sum(scale.weight(word, told) for word in (*left, *right))
    return common / (common + apart) if common else 0.0, common


def run_together(one: Name, other: Name) -> list[str]:
    """The words of one name, those in one that the other writes as one word or nearly so: “E-Flex” and “EFLEX”."""
    words, at = list(one.words), 0
    whole = [word for word in other.words if word not in one.words and len(word) >= SHORTEST_ALIKE]
    while whole and at < len(words):
        for length in range(min(4, len(words) - at), 1, -1):
            run = "".join(words[at : at + length])
            if match := next((word for word in whole if fuzz.ratio(run, word) >= WORD_ALIKE), ""):
                words[at : at + length] = [match]
                break
        at += 1
    return words


def _alike(word: str, others: Iterable[str]) -> tuple[str, float] | None:
    """The most like of the words that begin or end as this one does, and how like it is; other digits, other word."""
    if len(word) < SHORTEST_ALIKE:
        return None
    likely = [other for other in others if other[:2] == word[:2] or other[-2:] == word[-2:]]
    found = max(((fuzz.ratio(word, other, score_cutoff=WORD_ALIKE), other) for other in likely), default=(0.0, ""))
    if not found[0] or DIGITS.findall(word) != DIGITS.findall(found[1]):
        return None
    return found[1], found[0] / 100


def other_numbers(first: Profile, second: Profile) -> str:
    """Phases, years and sizes that tell like names apart; a number in one name alone does if it may be a phase."""
    one, other = (
        {word for name in profile.names for word in name.words if word.isdigit() or word in ROMAN}
        for profile in (first, second)
    )
    here, there = sorted(one - other), sorted(other - one)
    if (here and there) or any(word in ROMAN or int(word) < LATEST_PHASE for word in (*here, *there)):
        return f"{', '.join(here) or 'none'} and {', '.join(there) or 'none'}"
    return ""


LATEST_PHASE = 10
ROMAN = frozenset({"ii", "iii", "iv", "vi", "vii", "viii", "ix"})


def relations(first: Profile, second: Profile, scale: Scale) -> Iterator[Evidence]:
    if second.slug in first.related or first.slug in second.related:
        yield Evidence(KNOWN_AS_TWO, "One names the other as another record that it belongs to, follows or resembles.")


def side_by_side(first: Profile, second: Profile, scale: Scale) -> Iterator[Evidence]:
    one, other = (scale.named_by.get((profile.kind, profile.slug), {}) for profile in (first, second))
    if both := sorted(one[pid] for pid in one.keys() & other.keys()):
        more = f" and {len(both) - 3} more" if len(both) > 3 else ""
        yield Evidence(NAMED_SIDE_BY_SIDE, f"Named side by side, as two, by {', '.join(both[:3])}{more}.")


def addresses(first: Profile, second: Profile, scale: Scale) -> Iterator[Evidence]:
    for name in first.addresses.keys() & second.addresses.keys():
        one, other = first.addresses[name], second.addresses[name]
        if one == other:
            yield Evidence(ADDRESS, f"Both have the same {name}: {one}.")
        else:
            yield Evidence(OTHER_ADDRESS, f"Each has a {name} of its own: {one} and {other}.")


def partners(first: Profile, second: Profile, scale: Scale) -> Iterator[Evidence]:
    for name in sorted(first.links.keys() & second.links.keys()):
        one, other = first.links[name], second.links[name]
        both = sorted(one & other, key=lambda target: (scale.links[target], target))
        if both:
            points = sum(min(2.0, scale.rarity(scale.links[target]) / 3) for target in both) * scale.variety[name]
            listed = ", ".join(slug for _kind, slug in both[:6]) + (
                f" and {len(both) - 6} more" if len(both) > 6 else ""
            )
            said = f"{len(both)} of {len(one)} and {len(other)}"
            yield Evidence(min(PARTNERS_AT_MOST, points), f"Shared {spelled(name)}: {listed} ({said}).")
        elif min(len(one), len(other)) > 1 and any(scale.rarity(scale.links[target]) > 4 for target in one | other):
            yield Evidence(NO_PARTNER_SHARED, f"No {spelled(name)} shared, of {len(one)} and {len(other)}.")


def places(first: Profile, second: Profile, scale: Scale) -> Iterator[Evidence]:
    if not first.spots or not second.spots:
        return
    near = [
        (max(scale.cells[cell] for cell in cells(one)), one.name, other.name)
        for one in first.spots
        for other in second.spots
        if one.words == other.words or distance(one, other) <= NEAR_KM
    ]
    if near:
        common, one, other = min(near)
        told = one if one == other else f"{one} and {other}"
        yield Evidence(min(NEAR, scale.rarity(common) / 2.5), f"At the same place: {told}.")
        return
    apart = min(distance(one, other) for one in first.spots for other in second.spots)
    if FAR_KM < apart < math.inf:
        yield Evidence(FAR, f"Their places are {apart:.0f} km apart at least.")


def distance(one: Spot, other: Spot) -> float:
    """Kilometres, on a flat map good enough for neighbours; infinite where coordinates are missing."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return math.inf
    across = abs(one.lon - other.lon)
    east = min(across, 360 - across) * math.cos(math.radians((one.lat + other.lat) / 2))
    return math.hypot(one.lat - other.lat, east) * KM_PER_DEGREE


def countries(first: Profile, second: Profile, scale: Scale) -> Iterator[Evidence]:
    if not first.countries or not second.countries:
        return
    if both := sorted(first.countries & second.countries):
        yield Evidence(SAME_COUNTRY, f"Country in common: {', '.join(both)}.")
    else:
        listed = " and ".join(", ".join(sorted(profile.countries)) for profile in (first, second))
        yield Evidence(NO_COUNTRY_SHARED, f"No country in common: {listed}.")


def dates(first: Profile, second: Profile, scale: Scale) -> Iterator[Evidence]:
    for name in sorted(first.dates.keys() & second.dates.keys()):
        one, other = first.dates[name], second.dates[name]
        told = one if one == other else f"{one} and {other}"
        years = abs(int(one[:4]) - int(other[:4]))
        if years == 0:
            points = SAME_MONTH if len(one) > 4 and one[:7] == other[:7] else SAME_YEAR
            yield Evidence(points, f"Same {spelled(name)}: {told}.")
        elif years > 1:
            yield Evidence(YEARS_APART * min(2, years / 2), f"The {spelled(name)} differs: {told}.")


def sources(first: Profile, second: Profile, scale: Scale) -> Iterator[Evidence]:
    both = sorted(first.sources & second.sources, key=lambda source: (scale.sources[source], source))
    if both:
        points = sum(min(1.0, scale.rarity(scale.sources[source]) / 6) for source in both)
        more = f" and {len(both) - 2} more" if len(both) > 2 else ""
        yield Evidence(min(SOURCES_AT_MOST, points), f"They rest on the same source: {', '.join(both[:2])}{more}.")


def texts(first: Profile, second: Profile, scale: Scale) -> Iterator[Evidence]:
    taken = {name.text for profile in (first, second) for name in profile.names}
    for name in sorted(first.texts.keys() & second.texts.keys()):
        one, other = first.texts[name], second.texts[name]
        both = sorted(one.keys() & other.keys())
        told = [one[text] for text in both if one[text] not in taken]
        points = sum(scale.rarity(scale.texts[name, text]) / 8 for text in both if one[text] not in taken)
        if told:
            yield Evidence(min(TEXTS_AT_MOST, points), f"Alike in {spelled(name)}: {', '.join(told[:3])}.")


def classes(first: Profile, second: Profile, scale: Scale) -> Iterator[Evidence]:
    for name in sorted(first.classes.keys() & second.classes.keys()):
        one, other = first.classes[name], second.classes[name]
        if one != other:
            yield Evidence(OTHER_CLASS, f"Other {spelled(name)}: {one} and {other}.")


def spelled(field_name: str) -> str:
    return field_name.replace("_", " ")
