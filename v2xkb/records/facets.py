"""Filter sets whose facets are counted: one class says, for every interface, what can be asked and how many answer.

An option's count is the number of records left if that option alone were chosen in its facet and all other parameters
stayed as they are; where every one of some values is asked for, if it were added to them. Where a parameter is wrong
nothing matches, and the counts leave it aside.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, partial
from typing import Any

import django_filters
from django import forms
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from v2xkb.records.facet_filters import EVERY, EveryFilter, FacetFilter, RecordFacet
from v2xkb.records.facet_lookups import LookupFilter, crossed_bounds, lookups_of
from v2xkb.records.facet_names import Names, Vocabulary
from v2xkb.records.facet_rows import Counted, Rows, Rowset
from v2xkb.records.facet_singles import (
    BY_NAME,
    RELEVANCE,
    CitedOnlyFilter,
    Order,
    SearchFilter,
    SingleFilter,
    SortFilter,
)
from v2xkb.records.facet_values import (
    MOST_VALUES,
    NOT_REPORTED,
    NOT_REPORTED_LABEL,
    Facet,
    Option,
    Parameter,
    as_query,
    nearest_value,
    on_pages,
)
from v2xkb.records.search import in_rank_order, matching

# What pages take besides; `all` comes from their forms and is tidied into the parameters it stands for, `p` are records
# chosen to be compared.
OF_THE_PAGE = frozenset({"all", "columns", "format", "p", "page", "page_size", "view"})


class FacetForm(forms.Form):
    """Checks what is submitted as a whole, by the fields of one filter set, which need no copies."""

    def __init__(self, parameters: Mapping[str, Any], *submitted: Any, **options: Any) -> None:
        super().__init__(*submitted, **options)
        self.parameters = parameters
        self.fields = {name: declared.field for name, declared in parameters.items()}

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


class FacetedFilterSet(django_filters.FilterSet):
    """What can be asked of a list of records; subclasses declare the parameters and name the model."""

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
        labels = {name: str(declared.label) for name, declared in self.filters.items()}
        return {name: [f"{_('There is no such parameter.')} {nearest_value(name, labels)}"] for name in self.unknown}

    @cached_property
    def names(self) -> Names:
        facets = [facet for facet in self.facet_filters if isinstance(facet, RecordFacet)]
        asked: dict[Vocabulary, list[str]] = defaultdict(list)
        for facet in facets:
            if facet.is_open:
                for name in (facet.name, f"{facet.name}{EVERY}"):
                    asked[facet.vocabulary] += self.data.getlist(name)[:MOST_VALUES]
        return Names({facet.vocabulary for facet in facets if not facet.is_open}, asked)

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

    @property
    def sought(self) -> tuple[str, ...]:
        """What `searched` depends on."""
        return (self.words,)

    @cached_property
    def searched(self) -> Rowset:
        """What was handed in, as far as it holds the words searched for; ranked by them, if there are any."""
        return matching(self.queryset, self.words)

    def _given(self, kind: type[SingleFilter]) -> str:
        names = [name for name, declared in self.filters.items() if isinstance(declared, kind)]
        return next((self.form.cleaned_data[name] for name in names if name not in self.errors), "")

    @property
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
            elif name not in self.errors and (value := self.form.cleaned_data[name]):
                chosen.append((name, value, declared.label_of(value)))
        return chosen

    @property
    def looked_up(self) -> list[tuple[str, str]]:
        """(parameter, value) of the lookups, for which forms have no fields of their own."""
        return [(name, text) for name, text, _label in self.selected if isinstance(self.filters[name], LookupFilter)]

    def filter_queryset(self, queryset: Rowset) -> Rowset:
        """The matching records in the order asked for."""
        matches = self._narrowed(self.searched) if self.is_valid() else queryset.none()
        if self.order == RELEVANCE:
            return in_rank_order(matches)
        ordered: Rowset = getattr(matches, self.order.method)()
        return ordered

    @cached_property
    def total(self) -> int:
        return self.qs.count()

    def rows(self, rows: Rows) -> tuple[Any, str]:
        """The matching records, each once per row that meets all that is chosen on such rows, and the rows' prefix.

        Where every one of some values is asked for, the records have them all, and each of their rows is there. The
        queryset is the model's own. What more is asked of the rows must go through annotations: a filter on the
        relation would join rows anew.
        """
        records = self._narrowed(self._records(), apart_from=rows)
        for facet in self.every:
            if facet.rows == rows:
                records = self._having_every(records, facet)
        return self._on_rows(records, rows, [facet for facet in self.chosen if facet.rows == rows])

    def rows_of_every(self, rows: Rows) -> Iterator[tuple[FacetFilter, Any]]:
        """For each value of which every one is asked for on such rows its facet, and the rows with it.

        Those rows meet what is chosen in the other facets that share them. They are of any record.
        """
        for facet, values in self.every.items():
            if facet.rows == rows:
                yield from ((facet, self._with_value(facet, value)) for value in values)

    def facets(self, names: Iterable[str] | None = None) -> list[Facet]:
        """All facets, or those named, with options counted: one query for all counts, one for the names.

        One more for each facet of which ranges were written that no option offers.
        """
        wanted = self.facet_filters if names is None else [self.filters[name] for name in names]
        facets = self._counted({facet: self._counts(facet) for facet in wanted})
        return [replace(facet, written=self._written(self.filters[facet.name])) for facet in facets]

    def facets_among_matches(self, names: Iterable[str]) -> list[Facet]:
        """The facets named, counted as statistics are: an option's count is how many matching records have it."""
        facets = [self.filters[name] for name in names]
        return self._counted({facet: facet.counts(*self.beside(facet)) for facet in facets})

    def beside(self, facet: FacetFilter) -> tuple[Rowset, str]:
        """The matching records beside the rows a facet reads, and the rows' prefix.

        The rows meet what is chosen in the other facets that share them; those of the facet itself are all there.
        """
        return self._on_rows(self.matches, facet.rows, self._sharing(facet), also=[facet])

    def _counted(self, queries: Mapping[FacetFilter, list[Rowset]]) -> list[Facet]:
        branches = [branch for of_facet in queries.values() for branch in of_facet]
        found: dict[str, list[Counted]] = defaultdict(list)
        for row in branches[0].union(*branches[1:], all=True) if branches else []:
            found[row[0]].append(Counted(*row))
        return [self._facet(facet, facet.tally(found[facet.name])) for facet in queries]

    def _facet(self, facet: FacetFilter, counts: dict[str, int]) -> Facet:
        every = facet in self.every
        selected = self.every[facet] if every else self.chosen.get(facet, [])
        label = str(NOT_REPORTED_LABEL)
        missing = Option(NOT_REPORTED, label, counts.pop(NOT_REPORTED, 0), NOT_REPORTED in selected)
        values = facet.listed(counts, [value for value in selected if value != NOT_REPORTED])
        options = [Option(value, facet.label_of(value), counts.get(value, 0), value in selected) for value in values]
        told = on_pages(facet.help_text, {name: declared.label for name, declared in self.filters.items()})
        can_every = f"{facet.name}{EVERY}" in self.filters
        return Facet(facet.name, str(facet.label), told, facet.kind, [*options, missing], every, can_every)

    def _counts(self, facet: FacetFilter) -> list[Rowset]:
        """The rows to count a facet on: what is chosen elsewhere holds, on the same row where the facet shares it."""
        shared = [other for other in (*self.chosen, *self.every) if other.rows == facet.rows]
        if facet in self.every or not shared:
            return facet.counts(*self.beside(facet))
        records = self._narrowed(self._records(), apart_from=facet.rows)
        rows, prefix = self._on_rows(records, facet.rows, self._sharing(facet), also=[facet])
        besides = [
            self._with_value(other, value, apart_from=facet)
            for other, values in self.every.items()
            if other.rows == facet.rows
            for value in values
        ]
        return facet.counts(rows, prefix, besides)

    def _written(self, facet: FacetFilter) -> list[Option]:
        """The ranges that somebody wrote, counted as the options are."""
        values = facet.written(self.chosen.get(facet, []))
        if not values:
            return []
        records = self._narrowed(self._records(), apart_from=facet.rows)
        rows, _ = self._on_rows(records, facet.rows, self._sharing(facet), also=[facet])
        counts = {
            f"written_{place}": Count("pk", distinct=True, filter=facet.condition([v]))
            for place, v in enumerate(values)
        }
        found = rows.order_by().aggregate(**counts).values()
        return [Option(v, facet.label_of(v), count, True) for v, count in zip(values, found, strict=True)]

    @cached_property
    def matches(self) -> Rowset:
        """The matching records in no order, and without what else the queryset that was handed in does."""
        return self._narrowed(self._records())

    def _records(self) -> Rowset:
        """The records to count among, without what else the queryset that was handed in does."""
        records = self.queryset.model._default_manager.all()
        narrowed = self.searched.query.where
        return records.filter(pk__in=self.searched.order_by().values("pk")) if narrowed else records

    def _narrowed(self, records: Rowset, apart_from: Rows | None = None) -> Rowset:
        """The records that meet all that is chosen in facets, those on certain rows left out."""
        by_rows: dict[Rows, list[FacetFilter]] = {facet.rows: [] for facet in (*self.chosen, *self.lookups)}
        for facet in self.chosen:
            by_rows[facet.rows].append(facet)
        for rows, facets in by_rows.items():
            if rows == apart_from:
                continue
            if rows.relation:
                matches, _ = self._on_rows(records.model._default_manager.all(), rows, facets)
                records = records.filter(pk__in=matches.order_by().values("pk"))
            else:
                records, _ = self._on_rows(records, rows, facets)
        for facet in self.every:
            if facet.rows != apart_from:
                records = self._having_every(records, facet)
        return records

    def _having_every(self, records: Rowset, facet: FacetFilter) -> Rowset:
        for value in self.every[facet]:
            records = records.filter(pk__in=self._with_value(facet, value).order_by().values("pk"))
        return records

    def _with_value(self, facet: FacetFilter, value: str, apart_from: FacetFilter | None = None) -> Rowset:
        """The rows with a value of a facet that meet what is chosen in the facets it shares them with.

        What `apart_from` reads is there too, for a condition on it in place of what is chosen.
        """
        sharing = [other for other in self._sharing(facet) if other is not apart_from]
        also = [facet, apart_from] if apart_from else [facet]
        rows, _ = self._on_rows(self.queryset.model._default_manager.all(), facet.rows, sharing, also=also)
        return rows.filter(facet.condition([value]))

    def _sharing(self, facet: FacetFilter) -> list[FacetFilter]:
        """The other facets in which something is chosen that must hold on the same row."""
        return [other for other in self.chosen if other.rows == facet.rows and other is not facet]

    def _on_rows(
        self, records: Rowset, rows: Rows, facets: Iterable[FacetFilter], also: Iterable[FacetFilter] = ()
    ) -> tuple[Rowset, str]:
        """The records beside their rows, of which one meets all of `facets`, and the prefix of the rows' columns.

        It meets all lookups too. What the facets of `also` read is there for further conditions.
        """
        facets = list(facets)
        looked_up = {facet: values for facet, values in self.lookups.items() if facet.rows == rows}
        beside, prefix = rows.beside(records, self.cited_only)
        for facet in dict.fromkeys((*facets, *also, *looked_up)):
            for name, expression in facet.aliases(prefix, self.cited_only).items():
                beside = beside.alias(**{name: expression})
        wanted = Q()
        for facet in facets:
            wanted &= facet.condition(self.chosen[facet])
        for facet, values in looked_up.items():
            for value in values:
                wanted &= facet.condition([value])
        return beside.filter(wanted), prefix


def label_of(facet: FacetFilter, value: str) -> str:
    return str(NOT_REPORTED_LABEL) if value == NOT_REPORTED else facet.label_of(value)
