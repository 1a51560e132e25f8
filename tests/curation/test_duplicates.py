"""Twins are proposed and look-alikes are not: the labelled pairs, and twins made of every project by chance."""

import random
from collections.abc import Sequence
from functools import cache

import pytest

from tests.curation.pairs import Data, Pair, fixture, labelled, made, profile_of, profiles
from v2xkb.curation.commonness import Scale
from v2xkb.curation.duplicates import PROPOSED, Candidate, candidates, compare
from v2xkb.curation.pairing import pairs
from v2xkb.curation.profiles import Profile, address
from v2xkb.records import registry

ENOUGH = 0.95


def others(kind: str) -> list[Profile]:
    return [profile for name in registry.kind_names() if name != kind for profile in profiles(name)]


Compared = tuple[Scale, set[frozenset[str]]]


def judged(pair: Pair) -> Candidate | None:
    """The pair as a search over all records of its kind finds it; None where it is not even compared."""
    scale, compared = compared_with(pair.kind, pair.second) if pair.made else compared_as_they_are(pair.kind)
    return compare(pair.first, pair.second, scale) if frozenset((pair.first.pid, pair.second.pid)) in compared else None


@cache
def compared_as_they_are(kind: str) -> Compared:
    return compared_with(kind)


def compared_with(kind: str, *more: Profile) -> Compared:
    everything = [*profiles(kind), *more]
    scale = Scale(everything, others(kind))
    return scale, {frozenset((one.pid, other.pid)) for one, other in pairs(everything, scale)}


@cache
def verdicts() -> list[tuple[Pair, bool]]:
    """Of all labelled pairs; who asks for them is run by one process."""
    found = [(pair, judged(pair)) for pair in labelled()]
    return [(pair, bool(candidate and candidate.score >= PROPOSED)) for pair, candidate in found]


def share(verdicts: Sequence[tuple[Pair, bool]], *, same: bool) -> float:
    right = [proposed == same for pair, proposed in verdicts if pair.same == same]
    return sum(right) / len(right)


def test_the_labelled_set_has_twins_and_look_alikes_and_most_look_alikes_are_real() -> None:
    pairs_ = labelled()
    assert len(pairs_) >= 100
    assert sum(pair.same for pair in pairs_) >= 40
    assert sum(not pair.same and not pair.made for pair in pairs_) >= 50
    assert {pair.kind for pair in pairs_} == {"project", "organisation", "reference"}


@pytest.mark.xdist_group("verdicts")
def test_at_least_95_percent_of_the_labelled_pairs_are_proposed_rightly() -> None:
    wrong = [f"{pair}: {pair.why}" for pair, proposed in verdicts() if proposed != pair.same]
    assert len(wrong) <= (1 - ENOUGH) * len(verdicts()), wrong


@pytest.mark.xdist_group("verdicts")
@pytest.mark.parametrize("same", [True, False], ids=["twins", "look-alikes"])
def test_it_holds_for_twins_and_for_look_alikes_alone(same: bool) -> None:
    assert share(verdicts(), same=same) >= ENOUGH


@pytest.mark.xdist_group("verdicts")
@pytest.mark.parametrize(
    ("first", "second", "proposed"),
    [
        ("flow", "Flow (EU project)", True),
        ("cleanmobilenergy", "Clean Mobil Energy Nottingham", True),
        ("invade", "INVADE H2020", True),
        ("parker", "Frederiksberg Forsyning V2G hub", False),
    ],
)
def test_the_pairs_named_when_this_was_asked_for(first: str, second: str, proposed: bool) -> None:
    found = [yes for pair, yes in verdicts() if (pair.first.slug, pair.second.label) == (first, second)]
    assert found == [proposed]


def test_the_parker_project_and_the_hub_are_told_apart_by_the_relation_a_curator_stated() -> None:
    pair = next(pair for pair in labelled() if pair.second.slug == "frederiksberg-forsyning-v2g-hub")
    told = judged(pair)
    assert told
    assert any("another record" in item.text for item in told.evidence if item.points < 0)


def test_nearly_nothing_is_proposed_among_the_records_that_were_reviewed() -> None:
    """What a curator would have to look at; by their names and reasons, none of these looks like a duplicate."""
    counts = {kind: len(candidates(profiles(kind), others(kind))) for kind in registry.kind_names()}
    assert counts["project"] == 0
    assert counts["organisation"] <= 3
    assert counts["reference"] <= 3
    assert sum(counts.values()) <= 8


def slip(name: str, rng: random.Random) -> str:
    """A letter left out of the longest word."""
    word = max(name.split(), key=len)
    at = rng.randrange(1, max(2, len(word) - 1))
    return name.replace(word, word[:at] + word[at + 1 :], 1) if len(word) > 5 else name


def by_chance(first: Data, rng: random.Random) -> Data:
    """Collected again by somebody who drops and changes things without looking at what they are."""
    partners = rng.choice(["every-second-partner", "later-half-of-partners"])
    date = rng.choice(["no-date", "year-only", "next-year", "year-earlier"])
    place = rng.choice(["no-coordinates", "no-sites", "first-site-only"])
    name = slip(first["name"], rng)
    name = rng.choice([name, name.upper(), f"{name} project", name.replace("-", " "), f"The {name}"])
    return made(first, {"name": name, "rules": [partners, date, place]})


def test_at_least_95_percent_of_twins_made_of_every_project_by_chance_are_proposed() -> None:
    """Nothing was weighed by these: they show that the labelled set is no lucky choice."""
    rng = random.Random(11)  # noqa: S311 - the same every time, and no secret
    originals = profiles("project")
    twins = [profile_of(by_chance(fixture("project", profile.slug), rng)) for profile in originals]
    everything = [*originals, *twins]
    found = {
        frozenset((candidate.first.pid, candidate.second.pid))
        for candidate in candidates(everything, others("project"))
    }
    wanted = [frozenset((one.pid, other.pid)) for one, other in zip(originals, twins, strict=True)]
    assert sum(pair in found for pair in wanted) >= ENOUGH * len(wanted)
    assert len(found - set(wanted)) <= 0.1 * len(wanted)


def test_the_order_of_the_records_changes_nothing() -> None:
    records = [*profiles("project"), *(pair.second for pair in labelled() if pair.made and pair.kind == "project")]
    forwards, backwards = candidates(records), candidates(records[::-1])
    assert {frozenset((c.first.pid, c.second.pid)): c.score for c in forwards} == {
        frozenset((c.first.pid, c.second.pid)): c.score for c in backwards
    }


def test_the_score_is_the_sum_of_its_reasons() -> None:
    for candidate in candidates(profiles("project"), others("project"), floor=-100):
        assert candidate.score == pytest.approx(sum(item.points for item in candidate.evidence), abs=0.05)
        assert all(item.text.endswith(".") for item in candidate.evidence)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/page",
        "http://www.example.org/page/",
        "https://example.org/page?utm_source=mail",
        "https://EXAMPLE.org/page#top",
    ],
)
def test_one_page_has_one_address(url: str) -> None:
    assert address(url) == "example.org/page"


def test_different_pages_keep_different_addresses() -> None:
    assert address("https://example.org/page?id=1") != address("https://example.org/page?id=2")
