"""What is asked of a list: its parameters as they are declared, and as they were submitted, checked."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import override

from v2xkb.records.facet_filters import EVERY, EveryFilter, FacetFilter, RecordFacet
from v2xkb.records.facet_lookups import LookupFilter, crossed_bounds, lookups_of
from v2xkb.records.facet_names import Known, Names, Vocabulary, read_spellings, read_vocabularies, whole
from v2xkb.records.facet_rows import Rowset
from v2xkb.records.facet_singles import (
    BY_NAME,
    RELEVANCE,
    CitedOnlyFilter,
    Order,
    SearchFilter,
    SingleFilter,
    SortFilter,
)
from v2xkb.records.facet_values import MOST_VALUES, NOT_REPORTED, NOT_REPORTED_LABEL, Parameter, as_query
from v2xkb.records.spellings import Guesses, Spellings

# What pages take besides; `all` comes from their forms and is tidied into the parameters it stands for, `p` are records
# chosen to be compared.
OF_THE_PAGE = frozenset({"all", "columns", "format", "p", "page", "page_size", "view"})


class FacetForm(forms.Form):
    """Checks what is submitted as a whole: a field for each parameter that is there, as making all takes far longer."""

    def __init__(self, parameters: Mapping[str, Any], *submitted: Any, **options: Any) -> None:
        super().__init__(*submitted, **options)
        self.parameters = parameters
        self.fields = {name: declared.field for name, declared in parameters.items() if name in self.data}

    def clean(self) -> dict[str, Any]:
        counts = {name: len(values) for name, values in self.cleaned_data.items() if isinstance(values, list)}
        if sum(counts.values()) > MOST_VALUES:
            message = _("{number} values are too many in one request. Give at most {most} in all.")
            most = max(counts, key=lambda name: counts[name])
            self.add_error(most, message.format(number=sum(counts.values()), most=MOST_VALUES))
        for name, message in crossed_bounds(self.parameters, self.cleaned_data):
            self.add_error(name, message)
        searched = [name for name, declared in self.parameters.items() if isinstance(declared, SearchFilter)]
        for name, declared in self.parameters.items():
            by_words = isinstance(declared, SortFilter) and self.cleaned_data.get(name) == RELEVANCE.value
            if by_words and not any(self.cleaned_data.get(words) or words in self.errors for words in searched):
                message = _("“{order}” orders by how well words match, and none are searched for. Leave it out.")
                self.add_error(name, message.format(order=RELEVANCE.value))
        return self.cleaned_data


class AskedFilterSet(django_filters.FilterSet):
    """Parameters of a list of records, and what was submitted for them."""

    filters: dict[str, Any]
    form: FacetForm

    sort = SortFilter(BY_NAME)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        queryset: Rowset | None = None,
        *,
        request: Any = None,
        **options: Any,
    ) -> None:
        super().__init__(as_query(data), queryset, **options)
        for name, parameter in self.filters.items():
            parameter.name = name

    @classmethod
    def get_filters(cls) -> dict[str, Any]:
        """What is declared; after each facet of which a record can have several values, how to ask for every one."""
        declared = super().get_filters()
        filters: dict[str, Any] = {}
        for name, one in declared.items():
            filters[name] = one
            if not isinstance(one, FacetFilter):
                continue
            if one.has_several:
                shared = [key for key, other in declared.items() if getattr(other, "rows", None) == one.rows]
                filters[f"{name}{EVERY}"] = EveryFilter(name, one, [key for key in shared if key != name])
            filters |= lookups_of(name, one)
        orders = [name for name, one in filters.items() if isinstance(one, SortFilter)]
        return filters | {name: filters.pop(name) for name in orders}

    @classmethod
    def parameters(cls) -> list[Parameter]:
        """Every parameter as declared: what OpenAPI, GraphQL and the documentation offer, always in English."""
        with override("en"):
            # Of an instance: parameters that follow from others ask it for them.
            return [declared.parameter(name) for name, declared in cls().filters.items()]

    def get_form_class(self) -> Callable[..., FacetForm]:
        return partial(FacetForm, self.filters)

    @property
    def unknown(self) -> list[str]:
        """Names in the data that are no parameters."""
        return [name for name in self.data if name not in self.filters and name not in OF_THE_PAGE]

    @property
    def unknown_errors(self) -> dict[str, list[str]]:
        """Each unknown name with a message naming the nearest right one; the same shape as `errors`."""

        def known() -> Spellings:
            return Spellings({name: str(declared.label) for name, declared in self.filters.items()})

        told = _("There is no such parameter.")
        return {name: [f"{told} {self.guesses.remedy('', name, known)}"] for name in self.unknown}

    @cached_property
    def names(self) -> Names:
        facets = [facet for facet in self.facet_filters if isinstance(facet, RecordFacet)]
        asked: dict[Vocabulary, list[str]] = defaultdict(list)
        for facet in facets:
            if facet.is_open:
                for name in (facet.name, f"{facet.name}{EVERY}"):
                    asked[facet.vocabulary] += self.data.getlist(name)[:MOST_VALUES]
        return Names(self.closed_vocabularies({facet.vocabulary for facet in facets if not facet.is_open}), asked)

    def closed_vocabularies(self, vocabularies: set[Vocabulary]) -> Mapping[Vocabulary, Known]:
        return read_vocabularies(vocabularies, whole(vocabularies))

    @cached_property
    def guesses(self) -> Guesses:
        """What is wrong here may mean."""
        return Guesses()

    def spellings_of(self, vocabulary: Vocabulary) -> Spellings:
        return read_spellings(vocabulary)

    @property
    def facet_filters(self) -> list[FacetFilter]:
        return [declared for declared in self.filters.values() if isinstance(declared, FacetFilter)]

    @cached_property
    def chosen(self) -> dict[FacetFilter, list[str]]:
        """Facet -> the values submitted for it, any of which will do; those with faults are left out."""
        valid = {} if self.errors is None else self.form.cleaned_data
        return {facet: valid[facet.name] for facet in self.facet_filters if valid.get(facet.name)}

    @cached_property
    def every(self) -> dict[FacetFilter, list[str]]:
        """Facet -> the values submitted of which every one is asked for; those with faults are left out."""
        valid = {} if self.errors is None else self.form.cleaned_data
        asked = [(facet, valid.get(f"{facet.name}{EVERY}")) for facet in self.facet_filters]
        return {facet: values for facet, values in asked if values}

    @cached_property
    def lookups(self) -> dict[FacetFilter, list[str]]:
        """Facet -> values of its own that lookups stand for, all of which must hold; those with faults are left out."""
        valid = {} if self.errors is None else self.form.cleaned_data
        asked: dict[FacetFilter, list[str]] = defaultdict(list)
        for name, declared in self.filters.items():
            if isinstance(declared, LookupFilter) and valid.get(name):
                asked[declared.facet].append(declared.meant(valid[name]))
        return dict(asked)

    @cached_property
    def cited_only(self) -> bool:
        return bool(self._given(CitedOnlyFilter))

    @cached_property
    def words(self) -> str:
        """What is searched for."""
        return self._given(SearchFilter)

    @property
    def order(self) -> Order:
        """The order of the list that is asked for, or goes without saying."""
        return self.sorting.order(self._given(SortFilter), searching=bool(self.words))

    @property
    def sorting(self) -> SortFilter:
        return next(declared for declared in self.filters.values() if isinstance(declared, SortFilter))

    def _given(self, kind: type[SingleFilter]) -> str:
        names = [name for name, declared in self.filters.items() if isinstance(declared, kind)]
        return next((self.form.cleaned_data.get(name, "") for name in names if name not in self.errors), "")

    @cached_property
    def selected(self) -> list[tuple[str, str, str]]:
        """(parameter, value, label) of all that is chosen, in the order of declaration."""
        chosen = []
        for name, declared in self.filters.items():
            if isinstance(declared, FacetFilter):
                chosen += [(name, value, label_of(declared, value)) for value in self.chosen.get(declared, [])]
            elif isinstance(declared, EveryFilter):
                values = self.every.get(declared.facet, [])
                chosen += [(name, value, label_of(declared.facet, value)) for value in values]
            elif isinstance(declared, SortFilter):
                continue
            elif name not in self.errors and (value := self.form.cleaned_data.get(name)):
                chosen.append((name, value, declared.label_of(value)))
        return chosen

    @property
    def looked_up(self) -> list[tuple[str, str]]:
        """(parameter, value) of the lookups, for which forms have no fields of their own."""
        return [(name, text) for name, text, _label in self.selected if isinstance(self.filters[name], LookupFilter)]


def label_of(facet: FacetFilter, value: str) -> str:
    return str(NOT_REPORTED_LABEL) if value == NOT_REPORTED else facet.label_of(value)
