"""Columns that a list can be shown in as a table, and the orders that their heads lead to."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from v2xkb.records.facet_singles import BY_NAME, Words


@dataclass(frozen=True)
class Column:
    """`orders` are the list's orders that go by the column, and whether they begin with the most."""

    name: str
    label: Words
    orders: Mapping[str, bool] = field(default_factory=dict)


# The first of every table, which nobody can leave out.
NAME_COLUMN = Column("name", _("Name"), {BY_NAME.value: False})
