"""What the paper says it saw on its maps of keywords, and whether a map of ours shows the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from v2xkb.literature.keyword_maps import Keyword, KeywordMap

Words = Sequence[str]

BUILDINGS = (
    "commercial building",
    "smart home",
    "vehicle-to-building",
    "vehicle-to-home",
    "building energy management",
    "home energy management",
)
ENERGY_MANAGEMENT = ("energy management", "building energy management", "home energy management")
COMMUNICATION = ("communication", "connectivity", "communication protocol", "dsrc", "v2x communication")
LEARNING = ("machine learning", "reinforcement learning", "deep learning")
OPTIMISATION = ("optimisation", "optimization", "scheduling")
DISTRIBUTION = ("distribution network", "distribution system operator", "smart grid")
MARKETS = ("electricity market", "energy market", "energy trading")
V2G = ("vehicle-to-grid", "v2g")
BIDIRECTIONAL = ("bidirectional charging", "smart charging", *V2G)


class Finding(StrEnum):
    SHOWS = "shows"
    NOT = "not"
    UNKNOWN = "unknown"


LABELS = {
    Finding.SHOWS: _("shows in ours"),
    Finding.NOT: _("does not show in ours"),
    Finding.UNKNOWN: _("ours can't tell"),
}


@dataclass(frozen=True)
class Verdict:
    """Whether a map shows it, and by what."""

    finding: Finding
    reason: str

    @property
    def label(self) -> str | Promise:
        return LABELS[self.finding]


@dataclass(frozen=True)
class Together:
    """Keywords of each group stand in one cluster."""

    figures: str
    text: str | Promise
    groups: Sequence[Words]

    def verdict(self, made: KeywordMap) -> Verdict:
        found = [present(made, words) for words in self.groups]
        if lacking := [words for words, there in zip(self.groups, found, strict=True) if not there]:
            return unknown(lacking)
        shared = set.intersection(*({keyword.cluster for keyword in there} for there in found)) - {0}
        if not shared:
            where = "; ".join(f"{listed(there)} {in_clusters(there)}" for there in found)
            return Verdict(Finding.NOT, where)
        best = max(sorted(shared), key=lambda number: sum(one.cluster == number for there in found for one in there))
        names = sorted({one.label for there in found for one in there if one.cluster == best})
        return Verdict(
            Finding.SHOWS,
            translated("cluster {number} holds {keywords}").format(number=best, keywords=quoted(names)),
        )


@dataclass(frozen=True)
class Later:
    """Groups of keywords by the mean year of the publications that have them, the latest first."""

    figures: str
    text: str | Promise
    groups: Sequence[Words]

    def verdict(self, made: KeywordMap) -> Verdict:
        found = [[one for one in present(made, words) if one.year is not None] for words in self.groups]
        if lacking := [words for words, there in zip(self.groups, found, strict=True) if not there]:
            return unknown(lacking)
        years = [mean_year(there) for there in found]
        reason = "; ".join(f"{listed(there)}: {year:.1f}" for there, year in zip(found, years, strict=True))
        is_so = all(later > earlier for later, earlier in pairwise(years))
        return Verdict(Finding.SHOWS if is_so else Finding.NOT, reason)


OBSERVATIONS: Sequence[Together | Later] = (
    Together("1", _("A cluster about energy management of buildings."), (ENERGY_MANAGEMENT, BUILDINGS)),
    Together("1", _("A cluster about smart grids and electricity markets."), (("smart grid",), MARKETS)),
    Together(
        "1",
        _("A cluster about vehicle-to-grid and services for the distribution grid, such as peak shaving."),
        (V2G, ("peak shaving", "distribution network", "distribution system operator", "congestion management")),
    ),
    Together(
        "1",
        _("A cluster that joins battery degradation and ancillary services."),
        (("battery degradation", "battery ageing"), ("ancillary services", "frequency regulation", "regulation")),
    ),
    Later(
        "2",
        _(
            "Energy management of buildings is the youngest branch, then come concepts of V2X, then distribution grids "
            "and markets."
        ),
        ((*ENERGY_MANAGEMENT, *BUILDINGS), BIDIRECTIONAL, (*DISTRIBUTION, *MARKETS)),
    ),
    Together(
        "3",
        _("A cluster about V2X in communications, with short-range radio."),
        (COMMUNICATION, ("dsrc", "connectivity")),
    ),
    Together(
        "3",
        _("V2G stands in a cluster with bidirectional charging, energy management and optimisation."),
        (V2G, ("bidirectional charging",), ENERGY_MANAGEMENT, OPTIMISATION),
    ),
    Together("3", _("A small cluster about optimisation by machine learning."), (OPTIMISATION, LEARNING)),
    Later(
        "4",
        _("Machine learning and optimisation are younger than most of communications."),
        ((*LEARNING, *OPTIMISATION), COMMUNICATION),
    ),
)


def present(made: KeywordMap, words: Words) -> list[Keyword]:
    return [made.by_label[word] for word in words if word in made.by_label]


def mean_year(keywords: Sequence[Keyword]) -> float:
    """Each keyword counts as often as it occurs; those without a year are not asked."""
    return sum((one.year or 0) * one.occurrences for one in keywords) / sum(one.occurrences for one in keywords)


def unknown(lacking: Sequence[Words]) -> Verdict:
    missing = "; ".join(" / ".join(words) for words in lacking)
    return Verdict(Finding.UNKNOWN, translated("not on the map: {keywords}").format(keywords=missing))


def quoted(names: Iterable[str]) -> str:
    return ", ".join(translated("“{label}”").format(label=name) for name in names)


def listed(keywords: Sequence[Keyword]) -> str:
    return quoted(dict.fromkeys(keyword.label for keyword in keywords))


def in_clusters(keywords: Sequence[Keyword]) -> str:
    numbers = ", ".join(str(number) for number in sorted({one.cluster for one in keywords}))
    return translated("in cluster {numbers}").format(numbers=numbers)
