"""What pages about a selection of records are asked: every filter of their list, and parameters of their own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from projects.filtersets import ProjectFilterSet
from v2xkb.records.facet_asked import OF_THE_PAGE
from v2xkb.records.facet_remedies import meant
from v2xkb.records.facets import FacetedFilterSet
from v2xkb.records.folding import fold
from v2xkb.records.problems import nearest, remedies, shown

SEARCH = "q"

Pairs = Iterable[tuple[str, str]]


class WrongSelection(Exception):
    """Parameters that cannot be answered; `faults` has messages with a remedy by parameter.

    `meant` has by parameter, for each wrong value, the one that it most likely means.
    """

    def __init__(
        self, faults: Mapping[str, Sequence[str]], meant: Mapping[str, Mapping[str, str]] | None = None
    ) -> None:
        self.faults, self.meant = faults, meant or {}
        super().__init__(" ".join(f"{name}: {text}" for name, texts in faults.items() for text in texts))


@dataclass(frozen=True)
class Selection:
    """The records chosen, and `given`, the page's own parameters that the address states."""

    filterset: FacetedFilterSet
    given: Mapping[str, str]
    pairs: list[tuple[str, str]]

    @property
    def selection(self) -> Self:
        """Itself, for pages that are asked nothing else."""
        return self

    def chosen(self, parameter: str) -> list[str]:
        """The values of a filter that the address chooses."""
        return [value for name, value, _label in self.filterset.selected if name == parameter]

    @property
    def words(self) -> str:
        """What is chosen, for a reader; empty where nothing is."""
        labels = {name: str(declared.label) for name, declared in self.filterset.filters.items()}
        # Words as they are searched for, so that every way to write them makes the same drawing.
        words = " ".join(fold(self.filterset.words).split())
        told = [
            (labels[name], (words or labels[name]) if name == SEARCH else label)
            for name, _value, label in self.filterset.selected
        ]
        return "; ".join(label if label == facet else f"{facet}: {label}" for facet, label in told)

    def list_query(self, **instead: Iterable[str]) -> str:
        """The query of the records' list that the same filters give, those named replaced."""
        return query_of(replaced([pair for pair in self.pairs if pair[0] in self.filterset.filters], instead))

    def query(self, *usual: tuple[str, str], **instead: Iterable[str]) -> str:
        """The query of the page itself, some parameters replaced; what is so unless said otherwise is left out."""
        return query_of(pair for pair in replaced(self.pairs, instead) if pair not in usual)

    def query_without_filters(self, *usual: tuple[str, str]) -> str:
        """The query of the same page about all records."""
        return query_of(pair for pair in self.given.items() if pair not in usual)


def read_selection(
    query: QueryDict,
    own: Mapping[str, Sequence[str]],
    beside: Sequence[str] = (),
    of: type[FacetedFilterSet] = ProjectFilterSet,
) -> Selection:
    """What a query asks of a page with its `own` parameters, each given once with one of the values known.

    `beside` are further parameters that the page reads itself, `of` says of which records. Raises WrongSelection.
    """
    faults: dict[str, list[str]] = {}
    given: dict[str, str] = {}
    likely: dict[str, dict[str, str]] = {}
    for name, known in own.items():
        values = list(dict.fromkeys(value.strip() for value in query.getlist(name) if value.strip()))
        if len(values) > 1:
            faults[name] = [_("It is given {number} times. Give it once.").format(number=len(values))]
        elif values and values[0] not in known:
            faults[name] = [f"“{shown(values[0])}” {_('is no value of it.')} {nearest(values[0], known)}"]
            likely[name] = remedies(values, known)
        elif values:
            given[name] = values[0]
    filters = query.copy()
    for name in [*own, *beside]:
        filters.pop(name, None)
    filterset = of(filters)
    known_names = [*own, *filterset.filters]
    faults |= {name: [str(message) for message in messages] for name, messages in filterset.errors.items()}
    likely |= {name: meant(filterset, name) for name in filterset.errors if name in filterset.filters}
    unknown = _("There is no such parameter.")
    faults |= {name: [f"{unknown} {nearest(name, known_names)}"] for name in filterset.unknown}
    not_here = [name for name in filters if name in OF_THE_PAGE and name not in filterset.filters]
    faults |= {name: [_("It is not offered here.")] for name in not_here}
    if faults:
        raise WrongSelection(faults, likely)
    return Selection(filterset, given, [*given.items(), *pairs_of(filters)])


def replaced(pairs: Pairs, instead: Mapping[str, Iterable[str]]) -> list[tuple[str, str]]:
    kept = [pair for pair in pairs if pair[0] not in instead]
    return kept + [(name, str(value)) for name, values in instead.items() for value in values]


def query_of(pairs: Pairs) -> str:
    """Parameters in alphabetical order, with the question mark; empty without any."""
    ordered = sorted(pairs, key=lambda pair: pair[0])
    return f"?{'&'.join(map(_encoded, ordered))}" if ordered else ""


@lru_cache(maxsize=4096)
def _encoded(pair: tuple[str, str]) -> str:
    """A page of numbers has hundreds of lists' addresses, made of a few values."""
    return urlencode([pair])


def pairs_of(query: QueryDict) -> list[tuple[str, str]]:
    return [(name, value) for name, values in query.lists() for value in dict.fromkeys(values) if value.strip()]
