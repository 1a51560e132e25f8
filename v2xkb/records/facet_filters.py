"""The kinds of facets: filters on values of rows, each of which can also say how often every value occurs.

A facet reads its values off rows: those of the record's own table, or of a table of its parts. A record without such
rows counts as one row on which nothing is reported. Several values of one facet mean any of them. Facets that share
their `Rows` must all be met by one and the same row; any others are met each by itself.

Where one record can have several values, a second parameter asks for every one of those it gives. Each must stand on
some row, and that row must also meet what the other facets of the same `Rows` ask: `barrier__all` with `stance` means
every one of the barriers, each met with one of the stances. Two such parameters do not bind each other's rows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, TextChoices, Value, When
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from v2xkb.records.countries import COUNTRIES, country_name
from v2xkb.records.documents import BasisKind
from v2xkb.records.facet_rows import OWN, Counted, Rows, Rowset, as_text, column, counted, text_value
from v2xkb.records.facet_singles import Words
from v2xkb.records.facet_values import (
    MOST_EVERY,
    NOT_REPORTED,
    Declared,
    Name,
    Parameter,
    ValuesField,
    in_interfaces,
)
from v2xkb.records.folding import fold
from v2xkb.records.languages import DataText
from v2xkb.records.models import PartRow, Record
from v2xkb.records.spellings import Spellings

if TYPE_CHECKING:
    from v2xkb.records.facets import FacetedFilterSet


# No address can give it: what lookups mean by anything that is reported.
REPORTED = "*"


class FacetFilter(Declared):
    """A parameter that selects records by values on their rows, and can count them.

    `path` leads from a row to the value; `basis` is the document path of a column of the record's own table. In
    `help_text`, `{name}` stands for another parameter; `spelling` is for those who write addresses themselves.
    """

    field_class = ValuesField
    kind = ""
    of = ""
    # Whether there can be records of which nothing is reported.
    can_be_missing = True
    # Whether a record's value follows from what other records of its kind say.
    is_told_by_others = False
    name: str
    parent: "FacetedFilterSet"

    def __init__(
        self, path: str, label: Words, help_text: Words, *, rows: Rows = OWN, basis: str = "", spelling: str = ""
    ) -> None:
        super().__init__(path, label=label, fault=self.fault)
        self.path, self.help_text, self.rows, self.basis, self.spelling = path, help_text, rows, basis, spelling

    @property
    def alias(self) -> str:
        return f"{self.name}_value"

    @property
    def has_several(self) -> bool:
        """Whether one record can have several of the values, so that every one of some can be asked for."""
        return bool(self.rows.relation)

    def parameter(self, name: str) -> Parameter:
        text, values = in_interfaces(self.help_text, self.spelling), tuple(self.closed_list())
        return Parameter(name, str(self.label), text, self.kind, multiple=True, of=self.of, values=values)

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
        if REPORTED in values:
            return ~self.blank()
        reported = [value for value in values if value != NOT_REPORTED]
        wanted = self.among(reported) if reported else Q()
        return wanted | self.blank() if NOT_REPORTED in values else wanted

    def among(self, values: Sequence[str]) -> Q:
        return Q(**{f"{self.alias}__in": values})

    def blank(self) -> Q:
        return Q(**{f"{self.alias}__isnull": True}) | Q(**{self.alias: ""})

    def counts(self, rows: Rowset, prefix: str, besides: Sequence[Rowset] = ()) -> list[Rowset]:
        """Queries for `Counted`; the rows already meet all that is chosen in other facets.

        `besides` are rows of which the record must have one each with the same value of this facet.
        """
        return [counted(self.with_others(rows, besides), self.name, as_text(F(self.alias)))]

    def with_others(self, rows: Rowset, besides: Sequence[Rowset]) -> Rowset:
        for others in besides:
            same = others.alias(own_value=as_text(F(self.alias))).filter(own_value=as_text(OuterRef(self.alias)))
            rows = rows.filter(Exists(same.filter(pk=OuterRef("pk")).order_by()))
        return rows

    def tally(self, found: Sequence[Counted]) -> dict[str, int]:
        """Value -> number of records; `found` are the results of this facet's queries."""
        return {row.value or NOT_REPORTED: row.records for row in found}

    def listed(self, counts: Mapping[str, int], selected: Iterable[str]) -> Iterable[str]:
        """The values to show, in order, besides «not reported»."""
        raise NotImplementedError

    def written(self, selected: Iterable[str]) -> list[str]:
        """Those of the values selected that no option offers: somebody wrote them."""
        return []

    def spellings(self) -> Spellings:
        """What may be written for each value there is, where they can be listed."""
        raise NotImplementedError

    def remedy(self, value: str) -> str:
        """What to write instead of a value that is none."""
        return self.parent.guesses.remedy(self.name, value, self.spellings)


EVERY = "__all"


class EveryFilter(Declared):
    """A parameter that asks for every one of the values it gives of another's; `beside` are named by it."""

    field_class = ValuesField
    name: str
    parent: "FacetedFilterSet"

    def __init__(self, name: str, facet: FacetFilter, beside: Sequence[str]) -> None:
        label = format_lazy("{label} {every}", label=facet.label, every=_("(all of these)"))
        super().__init__(facet.path, label=label, fault=self.fault, most=MOST_EVERY)
        self.facet_name, self.kind = name, facet.kind
        together = f" each with what {', '.join(beside)} ask of the same part," if beside else ""
        self.help_text = f"Like {name}, but each of the values given must be there,{together} at most {MOST_EVERY}."

    @property
    def facet(self) -> FacetFilter:
        facet: FacetFilter = self.parent.filters[self.facet_name]
        return facet

    def parameter(self, name: str) -> Parameter:
        of: Parameter = self.facet.parameter(name)
        return replace(of, label=str(self.label), help_text=self.help_text)

    def fault(self, value: str) -> str | None:
        return self.facet.fault(value)


class ChoiceFacet(FacetFilter):
    """Values of a closed list, all of them shown."""

    kind = "choice"

    def __init__(self, choices: type[TextChoices], path: str, label: Words, help_text: Words, **where: Any) -> None:
        super().__init__(path, label, help_text, **where)
        self.labels = dict(choices.choices)

    def closed_list(self) -> Iterable[str]:
        return (*self.labels, NOT_REPORTED)

    def spellings(self) -> Spellings:
        return Spellings(self.labels)

    def fault(self, value: str) -> str | None:
        return None if value in self.labels else f"{gettext('is no value of it.')} {self.remedy(value)}"

    def label_of(self, value: str) -> str:
        return str(self.labels[value])

    def listed(self, counts: Mapping[str, int], selected: Iterable[str]) -> Iterable[str]:
        return self.labels


class YesNo(TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("no")


class YesNoFacet(ChoiceFacet):
    """A column that is true or false."""

    can_be_missing = False

    def __init__(self, path: str, label: Words, help_text: Words, **where: Any) -> None:
        super().__init__(YesNo, path, label, help_text, **where)

    def aliases(self, prefix: str, cited: bool) -> dict[str, Any]:
        yes, no = Value(YesNo.YES.value), Value(YesNo.NO.value)
        return {self.alias: Case(When(**{f"{prefix}{self.path}": True}, then=yes), default=no)}


class CountryFacet(FacetFilter):
    """Countries by their ISO 3166-1 codes; those found are shown, by name."""

    kind = "country"

    def spellings(self) -> Spellings:
        return Spellings(COUNTRIES)

    def fault(self, value: str) -> str | None:
        if value in COUNTRIES:
            return None
        return f"{gettext('is no ISO 3166-1 code.')} {self.remedy(value)}"

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
        label: Words,
        help_text: Words,
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

    def slugs_of(self, pks: Iterable[int]) -> dict[int, str]:
        """Of the records that rows point at, as far as they are still there."""
        self.parent.names.catch_up(self.vocabulary, pks)
        return {name.pk: name.slug for name in self.names.values()}

    def fault(self, value: str) -> str | None:
        if value in self.names:
            return None
        return f"{gettext('is none of its values.')} {self.remedy(value)}"

    def spellings(self) -> Spellings:
        return self.parent.spellings_of(self.vocabulary)

    def label_of(self, value: str) -> str:
        return DataText(self.names[value].label)

    def among(self, values: Sequence[str]) -> Q:
        return Q(**{f"{self.alias}__in": [self.names[value].pk for value in values]})

    def blank(self) -> Q:
        return Q(**{f"{self.alias}__isnull": True})

    def counts(self, rows: Rowset, prefix: str, besides: Sequence[Rowset] = ()) -> list[Rowset]:
        name = f"{prefix}{self.path}" if self.is_open else ""
        return [counted(self.with_others(rows, besides), self.name, as_text(F(self.alias)), name)]

    def tally(self, found: Sequence[Counted]) -> dict[str, int]:
        if self.is_open:
            names = (Name(int(row.value), row.slug, row.label, row.sort_key) for row in found if row.value)
            self.parent.names.learn(self.vocabulary, names)
        slugs = self.slugs_of(int(row.value) for row in found if row.value)
        named = {slugs.get(int(row.value)) if row.value else NOT_REPORTED: row.records for row in found}
        return {slug: records for slug, records in named.items() if slug}

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

    def rows(self, cited: bool) -> Rowset:
        wanted = {"basis_kind": BasisKind.CITED} if cited and self.basis else {}
        return self.model._default_manager.filter(**wanted).order_by()

    def linking(self, alias: str, cited: bool, **terms: Any) -> Q:
        """Whether there are such rows for a row whose owner is in `alias`."""
        return Q(Exists(self.rows(cited).filter(**{self.owner: OuterRef(alias)}, **terms)))


class LinkedTermsFacet(TermFacet):
    """Terms of which one row can have several, linked to it through others."""

    def __init__(self, of: str, label: Words, help_text: Words, *, through: Sequence[Through], **where: Any) -> None:
        super().__init__(of, "pk", label, help_text, **where)
        self.through = through

    @property
    def owners(self) -> tuple[str, ...]:
        """The aliases of what a row names, for each of the links."""
        return tuple(f"{self.alias}_{link.path}" for link in self.through)

    def aliases(self, prefix: str, cited: bool) -> dict[str, Any]:
        paths = [F(f"{prefix}{link.path}") for link in self.through]
        return super().aliases(prefix, cited) | dict(zip(self.owners, paths, strict=True))

    def linked(self, term: str = "", value: Any = None) -> Q:
        """Whether a row is linked to any term, or to those that a lookup on the term's column finds."""
        wanted = Q()
        for link, owner in zip(self.through, self.owners, strict=True):
            terms = {f"{link.term}{term}": value} if value is not None else {}
            wanted |= link.linking(owner, self.parent.cited_only, **terms)
        return wanted

    def linked_to(self, term: str, value: Any) -> Q:
        """That there is a row follows from its link; said so, it spares the database the records without one."""
        return Q(**{f"{self.alias}__isnull": False}) & self.linked(term, value)

    def among(self, values: Sequence[str]) -> Q:
        return self.linked_to("__in", [self.names[value].pk for value in values])

    def blank(self) -> Q:
        return ~self.linked()

    def counts(self, rows: Rowset, prefix: str, besides: Sequence[Rowset] = ()) -> list[Rowset]:
        """One query counts for each term in turn, one for none."""
        concerned = rows.filter(self.linked_to("", OuterRef(OuterRef("pk"))))
        without = rows.filter(self.blank())
        for others in besides:
            same = others.filter(self.linked_to("", OuterRef(OuterRef(OuterRef("pk")))), pk=OuterRef("pk"))
            concerned = concerned.filter(Exists(same.order_by()))
            without = without.filter(Exists(others.filter(self.blank(), pk=OuterRef("pk")).order_by()))
        concerned = concerned.order_by().values(every=Value(1))
        count = Subquery(concerned.annotate(count=Count("pk", distinct=True)).values("count"))
        terms = Record.objects.of_kind("term").filter(subtype=self.of).order_by()
        each = terms.values_list(text_value(self.name), as_text(F("pk")), count, *[text_value("")] * 3)
        return [each, counted(without, self.name, text_value(""))]

    def tally(self, found: Sequence[Counted]) -> dict[str, int]:
        return {value: count for value, count in super().tally(found).items() if count}
