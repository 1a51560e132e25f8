"""Filter sets whose facets are counted: one class says, for every interface, what can be asked and how many answer.

An option's count is the number of records left if that option alone were chosen in its facet and all other parameters
stayed as they are. Where a parameter is wrong nothing matches, and the counts leave it aside.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.http import QueryDict

from v2xkb.records.documents import SLUG_PATTERN
from v2xkb.records.facet_filters import CitedOnlyFilter, FacetFilter, RecordFacet, SearchFilter, SingleFilter
from v2xkb.records.facet_rows import Counted, Rows, Rowset
from v2xkb.records.facet_values import (
    MOST_VALUES,
    NOT_REPORTED,
    NOT_REPORTED_LABEL,
    Facet,
    Name,
    Option,
    Parameter,
    nearest_value,
)
from v2xkb.records.models import Record
from v2xkb.records.search import in_rank_order, matching

OF_THE_PAGE = frozenset({"columns", "format", "page", "page_size", "sort", "view"})


class FacetForm(forms.Form):
    """Checks what is submitted as a whole."""

    def clean(self) -> dict[str, Any]:
        counts = {name: len(values) for name, values in self.cleaned_data.items() if isinstance(values, list)}
        if sum(counts.values()) > MOST_VALUES:
            message = f"{sum(counts.values())} values are too many in one request. Give at most {MOST_VALUES} in all."
            self.add_error(max(counts, key=lambda name: counts[name]), message)
        return self.cleaned_data


Vocabulary = tuple[str, str]
Data = Mapping[str, str | Iterable[str]]


class Names:
    """The records that options stand for, read once per filter set: whole vocabularies, of open ones what is asked."""

    def __init__(self, closed: Iterable[Vocabulary], asked: Mapping[Vocabulary, Iterable[str]]) -> None:
        self._known: dict[Vocabulary, dict[str, Name]] = {vocabulary: {} for vocabulary in (*closed, *asked)}
        wanted = Q(pk__in=[])
        for kind, subtype in closed:
            wanted |= Q(kind=kind, subtype=subtype) if subtype else Q(kind=kind)
        for (kind, _), slugs in asked.items():
            wanted |= Q(kind=kind, slug__in=[slug for slug in slugs if re.fullmatch(SLUG_PATTERN, slug)])
        rows = Record.objects.filter(wanted).values_list("kind", "subtype", "pk", "slug", "label", "sort_key")
        for kind, subtype, pk, slug, label, sort_key in rows:
            for vocabulary in {(kind, subtype), (kind, "")} & self._known.keys():
                self._known[vocabulary][slug] = Name(pk, slug, label, sort_key)

    def of(self, vocabulary: Vocabulary) -> dict[str, Name]:
        """Slug -> name."""
        return self._known[vocabulary]

    def learn(self, vocabulary: Vocabulary, names: Iterable[Name]) -> None:
        self._known[vocabulary] |= {name.slug: name for name in names}

    def every_label(self, vocabulary: Vocabulary) -> dict[str, str]:
        """Slug -> label of all that may be named, for telling what is nearest to a wrong one."""
        kind, subtype = vocabulary
        records = Record.objects.of_kind(kind)
        return dict((records.filter(subtype=subtype) if subtype else records).values_list("slug", "label"))


class FacetedFilterSet(django_filters.FilterSet):
    """What can be asked of a list of records; subclasses declare the parameters and name the model."""

    filters: dict[str, Any]
    form: FacetForm

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
    def parameters(cls) -> list[Parameter]:
        """Every parameter as declared: what OpenAPI, GraphQL and the documentation offer."""
        return [declared.parameter(name) for name, declared in cls.base_filters.items()]

    def get_form_class(self) -> type[FacetForm]:
        return type("FacetForm", (FacetForm,), {name: declared.field for name, declared in self.filters.items()})

    @property
    def unknown(self) -> list[str]:
        """Names in the data that are no parameters."""
        return [name for name in self.data if name not in self.filters and name not in OF_THE_PAGE]

    @property
    def unknown_errors(self) -> dict[str, list[str]]:
        """Each unknown name with a message naming the nearest right one; the same shape as `errors`."""
        labels = {name: str(declared.label) for name, declared in self.filters.items()}
        return {name: [f"There is no such parameter. {nearest_value(name, labels)}"] for name in self.unknown}

    @cached_property
    def names(self) -> Names:
        facets = [facet for facet in self.facet_filters if isinstance(facet, RecordFacet)]
        asked: dict[Vocabulary, list[str]] = defaultdict(list)
        for facet in facets:
            if facet.is_open:
                asked[facet.vocabulary] += self.data.getlist(facet.name)[:MOST_VALUES]
        return Names({facet.vocabulary for facet in facets if not facet.is_open}, asked)

    @property
    def facet_filters(self) -> list[FacetFilter]:
        return [declared for declared in self.filters.values() if isinstance(declared, FacetFilter)]

    @cached_property
    def chosen(self) -> dict[FacetFilter, list[str]]:
        """Facet -> the values submitted for it; those with faults are left out."""
        valid = {} if self.errors is None else self.form.cleaned_data
        return {facet: valid[facet.name] for facet in self.facet_filters if valid.get(facet.name)}

    @cached_property
    def cited_only(self) -> bool:
        return bool(self._given(CitedOnlyFilter))

    @cached_property
    def words(self) -> str:
        """What is searched for."""
        return self._given(SearchFilter)

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
            elif name not in self.errors and (value := self.form.cleaned_data[name]):
                chosen.append((name, value, str(declared.label) if isinstance(declared, CitedOnlyFilter) else value))
        return chosen

    def filter_queryset(self, queryset: Rowset) -> Rowset:
        """The matching records in the order of the list."""
        if not self.is_valid():
            return self.in_list_order(queryset.none())
        matches = self._narrowed(self.searched)
        return in_rank_order(matches) if self.words else self.in_list_order(matches)

    def in_list_order(self, queryset: Any) -> Rowset:
        """The order of the list where nothing is searched for; the queryset is the model's own."""
        return queryset.in_order()

    @cached_property
    def total(self) -> int:
        return self.qs.count()

    def rows(self, rows: Rows) -> tuple[Any, str]:
        """The matching records, each once per row that meets all that is chosen on such rows, and the rows' prefix.

        The queryset is the model's own. What more is asked of the rows must go through annotations: a filter on the
        relation would join rows anew.
        """
        chosen = [facet for facet in self.chosen if facet.rows == rows]
        return self._on_rows(self._narrowed(self._records(), apart_from=rows), rows, chosen)

    def facets(self) -> list[Facet]:
        """Every facet with its options counted: one query for all counts, one for the names."""
        branches = [branch for facet in self.facet_filters for branch in facet.counts(*self._rows_for(facet))]
        found: dict[str, list[Counted]] = defaultdict(list)
        for row in branches[0].union(*branches[1:], all=True) if branches else []:
            found[row[0]].append(Counted(*row))
        return [self._facet(facet, facet.tally(found[facet.name])) for facet in self.facet_filters]

    def _facet(self, facet: FacetFilter, counts: dict[str, int]) -> Facet:
        selected = self.chosen.get(facet, [])
        missing = Option(NOT_REPORTED, NOT_REPORTED_LABEL, counts.pop(NOT_REPORTED, 0), NOT_REPORTED in selected)
        values = facet.listed(counts, [value for value in selected if value != NOT_REPORTED])
        options = [Option(value, facet.label_of(value), counts.get(value, 0), value in selected) for value in values]
        return Facet(facet.name, str(facet.label), facet.help_text, facet.kind, [*options, missing])

    def _rows_for(self, facet: FacetFilter) -> tuple[Rowset, str]:
        """The rows to count a facet on: what is chosen elsewhere holds, on the same row where the facet shares it."""
        same = [other for other in self.chosen if other.rows == facet.rows]
        if same:
            records = self._narrowed(self._records(), apart_from=facet.rows)
            return self._on_rows(records, facet.rows, [other for other in same if other is not facet], also=facet)
        return self._on_rows(self._matches, facet.rows, [], also=facet)

    @cached_property
    def _matches(self) -> Rowset:
        return self._narrowed(self._records())

    def _records(self) -> Rowset:
        """The records to count among, without what else the queryset that was handed in does."""
        records = self.queryset.model._default_manager.all()
        narrowed = self.searched.query.where
        return records.filter(pk__in=self.searched.order_by().values("pk")) if narrowed else records

    def _narrowed(self, records: Rowset, apart_from: Rows | None = None) -> Rowset:
        """The records that meet all that is chosen in facets, those on certain rows left out."""
        by_rows: dict[Rows, list[FacetFilter]] = defaultdict(list)
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
        return records

    def _on_rows(
        self, records: Rowset, rows: Rows, facets: Iterable[FacetFilter], also: FacetFilter | None = None
    ) -> tuple[Rowset, str]:
        """The records beside their rows, of which one meets all of `facets`, and the prefix of the rows' columns."""
        beside, prefix = rows.beside(records, self.cited_only)
        for facet in (*facets, *([also] if also else [])):
            for name, expression in facet.aliases(prefix, self.cited_only).items():
                beside = beside.alias(**{name: expression})
        wanted = Q()
        for facet in facets:
            wanted &= facet.condition(self.chosen[facet])
        return beside.filter(wanted), prefix


def label_of(facet: FacetFilter, value: str) -> str:
    return NOT_REPORTED_LABEL if value == NOT_REPORTED else facet.label_of(value)


def as_query(data: Data | None) -> QueryDict:
    """Parameters from an address, or from plain data whose values are texts or lists of texts."""
    if isinstance(data, QueryDict):
        return data
    query = QueryDict(mutable=True)
    for name, values in (data or {}).items():
        query.setlist(name, [values] if isinstance(values, str) else list(values))
    return query
