"""Filter sets whose facets are counted: one class says, for every interface, what can be asked and how many answer.

An option's count is the number of records left if that option alone were chosen in its facet and all other parameters
stayed as they are; where every one of some values is asked for, if it were added to them. Where a parameter is wrong
nothing matches, and the counts leave it aside.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, partial
from typing import Any

from django.db.models import Case, Count, Q, When

from v2xkb.records.by_revision import Stamp
from v2xkb.records.facet_asked import AskedFilterSet
from v2xkb.records.facet_filters import EVERY, FacetFilter, RecordFacet
from v2xkb.records.facet_held import order_of, spellings_at, state_of, vocabularies_at
from v2xkb.records.facet_matches import Matches
from v2xkb.records.facet_names import Known, Vocabulary
from v2xkb.records.facet_rows import Counted, Rows, Rowset
from v2xkb.records.facet_singles import RELEVANCE
from v2xkb.records.facet_state import AtRest
from v2xkb.records.facet_values import NOT_REPORTED, NOT_REPORTED_LABEL, Facet, Option, on_pages
from v2xkb.records.models import Projected, Revision
from v2xkb.records.search import in_rank_order, matching
from v2xkb.records.spellings import Spellings

# Of longer lists the keys are not named one by one.
MOST_KEYS = 1_000


class FacetedFilterSet(AskedFilterSet):
    """What can be asked of a list of records; subclasses declare the parameters and name the model."""

    @property
    def sought(self) -> tuple[str, ...]:
        """What `searched` depends on."""
        return (self.words,)

    @cached_property
    def searched(self) -> Rowset:
        """What was handed in, as far as it holds the words searched for; ranked by them, if there are any."""
        return matching(self.queryset, self.words)

    def filter_queryset(self, queryset: Rowset) -> Rowset:
        """The matching records in the order asked for."""
        matches = self._narrowed(self.searched) if self.is_valid() else queryset.none()
        if self.order == RELEVANCE:
            return in_rank_order(matches)
        ordered: Rowset = getattr(matches, self.order.method)()
        return ordered

    def closed_vocabularies(self, vocabularies: set[Vocabulary]) -> Mapping[Vocabulary, Known]:
        """As this process holds them."""
        read = partial(super().closed_vocabularies, vocabularies)
        held = vocabularies_at(self, self.queryset.db, self.stamp, read)
        return read() if held is None else held

    def spellings_of(self, vocabulary: Vocabulary) -> Spellings:
        """As this process holds them."""
        read = partial(super().spellings_of, vocabulary)
        return spellings_at(vocabulary, self.queryset.db, self.stamp, read) or read()

    @cached_property
    def held(self) -> Matches | None:
        """The matches as what this process holds of the list tells them; None where only a part was handed in."""
        model, query = self._meta.model, self.queryset.query
        if query.where or query.is_sliced or not issubclass(model, Projected):
            return None
        state = state_of(self, model, self.queryset.db, self.stamp)
        return Matches(self, state, self.found) if state else None

    @cached_property
    def stamp(self) -> Stamp:
        """Of the revision whose records are listed."""
        return Revision.objects.using(self.queryset.db).current_stamp()

    @cached_property
    def found(self) -> list[int] | None:
        """The keys of what holds the words searched for, the best first where that is the order; None without words."""
        if not self.words:
            return None
        rows = matching(self._meta.model._default_manager.using(self.queryset.db), self.words)
        ordered = in_rank_order(rows) if self.order == RELEVANCE else rows.order_by()
        return list(ordered.values_list("pk", flat=True))

    @cached_property
    def total(self) -> int:
        if not self.is_valid():
            return 0
        return self.held.total if self.held else self.qs.count()

    def between(self, start: int, stop: int) -> Rowset:
        """The matching records from one place in the order asked for to another, as a slice of all would be."""
        if stop - start > MOST_KEYS or not self.is_valid() or not self.held:
            return self.qs[start:stop]
        if self.order == RELEVANCE:
            keys = self.held.keys(self.held.as_found, start, stop)
            order = [Case(*(When(pk=key, then=place) for place, key in enumerate(keys)), default=0)] if keys else []
            return self.queryset.filter(pk__in=keys).order_by(*order)
        places = order_of(self.held.state, self, self._meta.model, self.queryset.db)
        if places is None:
            return self.qs[start:stop]
        rows = self.queryset.filter(pk__in=self.held.keys(places, start, stop))
        ordered: Rowset = getattr(rows, self.order.method)()
        return ordered

    @property
    def in_pages(self) -> "InPages":
        return InPages(self)

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
        """All facets, or those named, with options counted: no query where what is held tells all, but for the names.

        Else one for all counts, and one more for each facet of which ranges were written that no option offers.
        """
        wanted = self.facet_filters if names is None else [self.filters[name] for name in names]
        if self.held:
            facets = [self._facet(facet, self.held.counts(facet)) for facet in wanted]
        else:
            facets = self._counted({facet: self._counts(facet) for facet in wanted})
        return [replace(facet, written=self._written(self.filters[facet.name])) for facet in facets]

    @cached_property
    def at_rest(self) -> Mapping[str, AtRest]:
        """Facet -> what its options would be if nothing were asked; empty where nothing is held of the list."""
        asks_nothing = type(self)(queryset=self.queryset)
        asks_nothing.stamp = self.stamp
        if not self.held or not asks_nothing.held:
            return {}
        told = asks_nothing.held.state.at_rest
        if not told:
            told |= {facet.name: asks_nothing._resting(facet) for facet in asks_nothing.facet_filters}
        return told

    def _resting(self, facet: FacetFilter) -> AtRest:
        counts = {value: number for value, number in self.held.counts(facet).items() if number} if self.held else {}
        is_open = isinstance(facet, RecordFacet) and facet.is_open
        return AtRest(counts, {slug: facet.names[slug] for slug in counts.keys() & facet.names} if is_open else {})

    def options_of(self, facet: Facet, values: Collection[str], counts: Mapping[str, int]) -> list[Option]:
        """Some of a facet's values in the order they have by these counts, with the numbers of what is asked."""
        declared, known = self.filters[facet.name], {option.value: option for option in facet.options}
        if rest := self.at_rest.get(facet.name):
            missing = [name for slug, name in rest.names.items() if slug in values and slug not in known]
            if missing:
                self.names.learn(declared.vocabulary, missing)
        wanted = [value for value in values if value != NOT_REPORTED]
        listed = declared.listed({value: counts.get(value, 0) for value in wanted}, wanted)
        ordered = [value for value in (*listed, NOT_REPORTED) if value in values]
        return [known.get(value) or Option(value, declared.label_of(value), 0, selected=False) for value in ordered]

    def facets_among_matches(self, names: Iterable[str]) -> list[Facet]:
        """The facets named, counted as statistics are: an option's count is how many matching records have it."""
        facets = [self.filters[name] for name in names]
        if self.held:
            return [self._facet(facet, self.held.counts_among_matches(facet)) for facet in facets]
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

    @cached_property
    def _labels(self) -> dict[str, Any]:
        return {name: declared.label for name, declared in self.filters.items()}

    def _facet(self, facet: FacetFilter, counts: dict[str, int]) -> Facet:
        every = facet in self.every
        selected = self.every[facet] if every else self.chosen.get(facet, [])
        label = str(NOT_REPORTED_LABEL)
        missing = Option(NOT_REPORTED, label, counts.pop(NOT_REPORTED, 0), NOT_REPORTED in selected)
        values = facet.listed(counts, [value for value in selected if value != NOT_REPORTED])
        options = [Option(value, facet.label_of(value), counts.get(value, 0), value in selected) for value in values]
        told = on_pages(facet.help_text, self._labels)
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
        found = self.held.written(facet, values) if self.held else self._count_written(facet, values)
        return [Option(v, facet.label_of(v), count, True) for v, count in zip(values, found, strict=True)]

    def _count_written(self, facet: FacetFilter, values: list[str]) -> Iterable[int]:
        records = self._narrowed(self._records(), apart_from=facet.rows)
        rows, _ = self._on_rows(records, facet.rows, self._sharing(facet), also=[facet])
        counts = {
            f"written_{place}": Count("pk", distinct=True, filter=facet.condition([v]))
            for place, v in enumerate(values)
        }
        return rows.order_by().aggregate(**counts).values()

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


class InPages:
    """The matching records in order, of which parts are cut."""

    def __init__(self, filterset: FacetedFilterSet) -> None:
        self.filterset = filterset

    def __getitem__(self, part: slice) -> Rowset:
        return self.filterset.between(part.start or 0, part.stop)

    def count(self) -> int:
        return self.filterset.total

    __len__ = count
