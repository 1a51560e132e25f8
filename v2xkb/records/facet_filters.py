"""The kinds of facets: filters on values of rows, each of which can also say how often every value occurs.

A facet reads its values off rows: those of the record's own table, or of a table of its parts. A record without such
rows counts as one row on which nothing is reported. Several values of one facet mean any of them. Facets that share
their `Rows` must all be met by one and the same row; any others are met each by itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import django_filters
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, TextChoices, Value, When

from v2xkb.records.countries import COUNTRIES, country_name
from v2xkb.records.documents import BasisKind
from v2xkb.records.facet_rows import OWN, Counted, Rows, Rowset, as_text, column, counted, text_value
from v2xkb.records.facet_values import (
    NOT_REPORTED,
    FlagField,
    Name,
    Parameter,
    ValuesField,
    WordsField,
    nearest_value,
)
from v2xkb.records.folding import fold
from v2xkb.records.models import PartRow, Record

if TYPE_CHECKING:
    from v2xkb.records.facets import FacetedFilterSet


class SingleFilter(django_filters.Filter):
    """A parameter that can be given once and has no options."""

    kind = ""
    name: str

    def __init__(self, label: str, help_text: str) -> None:
        super().__init__(label=label)
        self.help_text = help_text

    def parameter(self, name: str) -> Parameter:
        return Parameter(name, str(self.label), self.help_text, self.kind, multiple=False)


class SearchFilter(SingleFilter):
    """Words to search for; the matches come in the order of their rank."""

    field_class = WordsField
    kind = "text"


class CitedOnlyFilter(SingleFilter):
    """Makes every facet pass over values that no source states: they then count as not reported."""

    field_class = FlagField
    kind = "flag"


class FacetFilter(django_filters.Filter):
    """A parameter that selects records by values on their rows, and can count them.

    `path` leads from a row to the value; `basis` is the document path of a column of the record's own table.
    """

    field_class = ValuesField
    kind = ""
    of = ""
    name: str
    parent: "FacetedFilterSet"

    def __init__(self, path: str, label: str, help_text: str, *, rows: Rows = OWN, basis: str = "") -> None:
        super().__init__(path, label=label, fault=self.fault)
        self.path, self.help_text, self.rows, self.basis = path, help_text, rows, basis

    @property
    def alias(self) -> str:
        return f"{self.name}_value"

    def parameter(self, name: str) -> Parameter:
        values = tuple(self.closed_list())
        return Parameter(name, str(self.label), self.help_text, self.kind, multiple=True, of=self.of, values=values)

    def closed_list(self) -> Iterable[str]:
        """The values that can be known without asking the database."""
        return ()

    def fault(self, value: str) -> str | None:
        """What is wrong with a submitted value and what to write instead; nothing where it is right."""
        raise NotImplementedError

    def label_of(self, value: str) -> str:
        return value

    def aliases(self, prefix: str, cited: bool) -> dict[str, Any]:
        """What `condition` and `counts` read, on the rows whose columns begin with `prefix`."""
        return {self.alias: column(f"{prefix}{self.path}", self.basis, cited)}

    def condition(self, values: Sequence[str]) -> Q:
        """What a row must meet."""
        reported = [value for value in values if value != NOT_REPORTED]
        wanted = self.among(reported) if reported else Q()
        return wanted | self.blank() if NOT_REPORTED in values else wanted

    def among(self, values: Sequence[str]) -> Q:
        return Q(**{f"{self.alias}__in": values})

    def blank(self) -> Q:
        return Q(**{f"{self.alias}__isnull": True}) | Q(**{self.alias: ""})

    def counts(self, rows: Rowset, prefix: str) -> list[Rowset]:
        """Queries for `Counted`; the rows already meet all that is chosen in other facets."""
        return [counted(rows, self.name, as_text(F(self.alias)))]

    def tally(self, found: Sequence[Counted]) -> dict[str, int]:
        """Value -> number of records; `found` are the results of this facet's queries."""
        return {row.value or NOT_REPORTED: row.records for row in found}

    def listed(self, counts: Mapping[str, int], selected: Iterable[str]) -> Iterable[str]:
        """The values to show, in order, besides «not reported»."""
        raise NotImplementedError


class ChoiceFacet(FacetFilter):
    """Values of a closed list, all of them shown."""

    kind = "choice"

    def __init__(self, choices: type[TextChoices], path: str, label: str, help_text: str, **where: Any) -> None:
        super().__init__(path, label, help_text, **where)
        self.labels = {str(value): str(text) for value, text in choices.choices}

    def closed_list(self) -> Iterable[str]:
        return (*self.labels, NOT_REPORTED)

    def fault(self, value: str) -> str | None:
        return None if value in self.labels else f"is no value of it. {nearest_value(value, self.labels)}"

    def label_of(self, value: str) -> str:
        return self.labels[value]

    def listed(self, counts: Mapping[str, int], selected: Iterable[str]) -> Iterable[str]:
        return self.labels


class YesNo(TextChoices):
    YES = "yes", "yes"
    NO = "no", "no"


class YesNoFacet(ChoiceFacet):
    """A column that is true or false."""

    def __init__(self, path: str, label: str, help_text: str, **where: Any) -> None:
        super().__init__(YesNo, path, label, help_text, **where)

    def aliases(self, prefix: str, cited: bool) -> dict[str, Any]:
        yes, no = Value(YesNo.YES.value), Value(YesNo.NO.value)
        return {self.alias: Case(When(**{f"{prefix}{self.path}": True}, then=yes), default=no)}


class CountryFacet(FacetFilter):
    """Countries by their ISO 3166-1 codes; those found are shown, by name."""

    kind = "country"

    def fault(self, value: str) -> str | None:
        return None if value in COUNTRIES else f"is no ISO 3166-1 code. {nearest_value(value, COUNTRIES)}"

    def label_of(self, value: str) -> str:
        return country_name(value)

    def listed(self, counts: Mapping[str, int], selected: Iterable[str]) -> Iterable[str]:
        return sorted({*counts, *selected}, key=lambda code: (fold(self.label_of(code)), code))


class RecordFacet(FacetFilter):
    """Other records that a row points at, by their slugs.

    Of a closed vocabulary all are shown, by name; with `always`, only those and the ones found. Of an open one those
    found are shown, the most frequent first.
    """

    kind = "record"

    def __init__(
        self,
        of: str,
        path: str,
        label: str,
        help_text: str,
        *,
        is_open: bool = False,
        always: Sequence[str] = (),
        **where: Any,
    ) -> None:
        super().__init__(path, label, help_text, **where)
        self.of, self.is_open, self.always = of, is_open, always

    @property
    def vocabulary(self) -> tuple[str, str]:
        """Kind and subtype of the records that may be named."""
        return self.of, ""

    @property
    def names(self) -> dict[str, Name]:
        return self.parent.names.of(self.vocabulary)

    def fault(self, value: str) -> str | None:
        if value in self.names:
            return None
        return f"is none of its values. {nearest_value(value, self.parent.names.every_label(self.vocabulary))}"

    def label_of(self, value: str) -> str:
        return self.names[value].label

    def among(self, values: Sequence[str]) -> Q:
        return Q(**{f"{self.alias}__in": [self.names[value].pk for value in values]})

    def blank(self) -> Q:
        return Q(**{f"{self.alias}__isnull": True})

    def counts(self, rows: Rowset, prefix: str) -> list[Rowset]:
        return [counted(rows, self.name, as_text(F(self.alias)), f"{prefix}{self.path}" if self.is_open else "")]

    def tally(self, found: Sequence[Counted]) -> dict[str, int]:
        if self.is_open:
            names = (Name(int(row.value), row.slug, row.label, row.sort_key) for row in found if row.value)
            self.parent.names.learn(self.vocabulary, names)
        slugs = {str(name.pk): name.slug for name in self.names.values()}
        return {slugs[row.value] if row.value else NOT_REPORTED: row.records for row in found}

    def listed(self, counts: Mapping[str, int], selected: Iterable[str]) -> Iterable[str]:
        names = self.names
        if self.is_open:
            return sorted({*counts, *selected}, key=lambda slug: (-counts.get(slug, 0), names[slug].sort_key, slug))
        shown = {*counts, *selected, *(names.keys() & self.always)} if self.always else set(names)
        return sorted(shown, key=lambda slug: (names[slug].sort_key, slug))


class TermFacet(RecordFacet):
    """Terms of one scheme."""

    kind = "term"

    @property
    def vocabulary(self) -> tuple[str, str]:
        return "term", self.of


@dataclass(frozen=True)
class Through:
    """Rows that link the term in their column `term` to what their column `owner` and a facet's `path` both name.

    `basis` says whether «cited only» asks what the rows rest on.
    """

    path: str
    model: type[PartRow]
    owner: str
    term: str
    basis: bool = True

    def linking(self, alias: str, cited: bool, **terms: Any) -> Q:
        """Whether there are such rows for a row whose owner is in `alias`."""
        wanted = {"basis_kind": BasisKind.CITED} if cited and self.basis else {}
        links = self.model._default_manager.filter(**{self.owner: OuterRef(alias)}, **wanted, **terms)
        return Q(Exists(links.order_by()))


class LinkedTermsFacet(TermFacet):
    """Terms of which one row can have several, linked to it through others."""

    def __init__(self, of: str, label: str, help_text: str, *, through: Sequence[Through], **where: Any) -> None:
        super().__init__(of, "pk", label, help_text, **where)
        self.through = through

    def aliases(self, prefix: str, cited: bool) -> dict[str, Any]:
        owners = {f"{self.alias}_{link.path}": F(f"{prefix}{link.path}") for link in self.through}
        return super().aliases(prefix, cited) | owners

    def linked(self, term: str = "", value: Any = None) -> Q:
        """Whether a row is linked to any term, or to those that a lookup on the term's column finds."""
        wanted = Q()
        for link in self.through:
            terms = {f"{link.term}{term}": value} if value is not None else {}
            wanted |= link.linking(f"{self.alias}_{link.path}", self.parent.cited_only, **terms)
        return wanted

    def linked_to(self, term: str, value: Any) -> Q:
        """That there is a row follows from its link; said so, it spares the database the records without one."""
        return Q(**{f"{self.alias}__isnull": False}) & self.linked(term, value)

    def among(self, values: Sequence[str]) -> Q:
        return self.linked_to("__in", [self.names[value].pk for value in values])

    def blank(self) -> Q:
        return ~self.linked()

    def counts(self, rows: Rowset, prefix: str) -> list[Rowset]:
        """One query counts for each term in turn, one for none."""
        concerned = rows.filter(self.linked_to("", OuterRef(OuterRef("pk")))).order_by().values(every=Value(1))
        count = Subquery(concerned.annotate(count=Count("pk", distinct=True)).values("count"))
        terms = Record.objects.of_kind("term").filter(subtype=self.of).order_by()
        each = terms.values_list(text_value(self.name), as_text(F("slug")), count, *[text_value("")] * 3)
        return [each, counted(rows.filter(self.blank()), self.name, text_value(""))]

    def tally(self, found: Sequence[Counted]) -> dict[str, int]:
        return {value: count for value, count in FacetFilter.tally(self, found).items() if count}
