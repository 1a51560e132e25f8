"""Further names for what facets can be asked: whether anything is reported, from which number on, up to which.

Each stands for one of the facet's own values and must hold on the same row as what the facet itself and those that
share its rows ask.
"""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from v2xkb.records.facet_filters import REPORTED, FacetFilter
from v2xkb.records.facet_ranges import RangeFacet
from v2xkb.records.facet_singles import SingleFilter
from v2xkb.records.facet_values import NOT_REPORTED, NOT_REPORTED_LABEL, Parameter, SingleField, of_value
from v2xkb.records.problems import shown

if TYPE_CHECKING:
    from v2xkb.records.facets import FacetedFilterSet

ISNULL, GTE, LTE = "__isnull", "__gte", "__lte"
TRUE, FALSE = "true", "false"


class PresenceField(SingleField):
    """True or false."""

    def checked(self, text: str) -> str:
        if text.lower() in ("1", TRUE):
            return TRUE
        if text.lower() in ("0", FALSE):
            return FALSE
        message = gettext("“{value}” is neither true nor false. Write one of them.")
        raise ValidationError(message.format(value=shown(text)))


class BoundField(SingleField):
    """A whole number, or a year."""

    def __init__(self, *, digits: str, **options: Any) -> None:
        super().__init__(**options)
        self.digits = digits

    def checked(self, text: str) -> str:
        if not re.fullmatch(self.digits, text, re.ASCII):
            raise ValidationError(of_value(text, gettext("is no whole number. Write one, such as 2016.")))
        return text


class LookupFilter(SingleFilter):
    """Asks for a value of the facet called `facet_name`."""

    parent: "FacetedFilterSet"
    facet_name: str

    @property
    def facet(self) -> FacetFilter:
        facet: FacetFilter = self.parent.filters[self.facet_name]
        return facet

    def meant(self, value: str) -> str:
        """The facet's own value."""
        raise NotImplementedError


class PresenceFilter(LookupFilter):
    """Whether anything is reported."""

    field_class = PresenceField
    kind = "presence"

    def __init__(self, name: str, facet: FacetFilter) -> None:
        label = format_lazy("{label} {lookup}", label=facet.label, lookup=_("(reported or not)"))
        super().__init__(label, f"true: like {name}={NOT_REPORTED}; false: something is reported.")
        self.facet_name = name

    def meant(self, value: str) -> str:
        return NOT_REPORTED if value == TRUE else REPORTED

    def label_of(self, value: str) -> str:
        return str(NOT_REPORTED_LABEL if value == TRUE else _("reported"))


class BoundFilter(LookupFilter):
    """The numbers or years from one on, or up to one; both together are the range between."""

    field_class = BoundField

    def __init__(self, name: str, facet: RangeFacet, *, lowest: bool) -> None:
        lookup = _("(from)") if lowest else _("(up to)")
        label = format_lazy("{label} {lookup}", label=facet.label, lookup=lookup)
        self.form = "{}.." if lowest else "..{}"
        example = "2016" if facet.kind == "years" else "10"
        text = f"{name}{GTE if lowest else LTE}={example} asks like {name}={self.form.format(example)} does."
        super().__init__(label, text, digits=facet.digits)
        self.facet_name, self.kind, self.lowest = name, facet.kind, lowest

    def parameter(self, name: str) -> Parameter:
        return Parameter(name, str(self.label), str(self.help_text), self.kind, multiple=False)

    def meant(self, value: str) -> str:
        return self.form.format(value)


def lookups_of(name: str, facet: FacetFilter) -> dict[str, LookupFilter]:
    """The lookups that make sense for a facet."""
    found: dict[str, LookupFilter] = {}
    if facet.can_be_missing:
        found[f"{name}{ISNULL}"] = PresenceFilter(name, facet)
    if isinstance(facet, RangeFacet):
        found[f"{name}{GTE}"] = BoundFilter(name, facet, lowest=True)
        found[f"{name}{LTE}"] = BoundFilter(name, facet, lowest=False)
    return found


def crossed_bounds(filters: Mapping[str, Any], given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(parameter, what is wrong) for ranges that end before they begin."""
    for name, declared in filters.items():
        if isinstance(declared, BoundFilter) and declared.lowest:
            upper = f"{declared.facet_name}{LTE}"
            low, high = given.get(name), given.get(upper)
            if low and high and int(low) > int(high):
                fault = gettext("is less than {low}, which “{name}” gives. Swap them.").format(low=low, name=name)
                yield upper, of_value(high, fault)
