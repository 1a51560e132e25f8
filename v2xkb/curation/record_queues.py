"""Live records that ask for a curator: old readings, few facts, bases that cover too much."""

from datetime import date

from django.db.models import QuerySet

from v2xkb.records import registry
from v2xkb.records.content import Form, shapes
from v2xkb.records.models import BasisEntry, Record

MONTHS = 24
FEW = 10
MANY_SOURCES = 2


def not_verified(today: date) -> QuerySet[Record]:
    """Records whose newest reading lies more than 24 months back or is not noted, those with the oldest first."""
    return Record.objects.newest_reading_before(months_before(today), _based_kinds())


def few_facts() -> QuerySet[Record]:
    """Projects with the fewest bases first."""
    return Record.objects.with_few_bases("project", FEW)


def list_wide_bases() -> QuerySet[Record]:
    """Records with a basis that names several sources for a list of parts."""
    return Record.objects.resting_on(BasisEntry.objects.broad(broad_paths(), MANY_SOURCES))


def months_before(today: date, months: int = MONTHS) -> str:
    """The first day of the month so many months ago, as ISO text."""
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(year, month + 1, 1).isoformat()


def broad_paths() -> dict[str, list[str]]:
    """Kind -> its fields that are lists of parts, by the declaration."""
    return {
        kind.name: [
            name
            for name, shape in shapes(kind.document).items()
            if shape.form == Form.LIST and shape.model and name not in kind.document.basis_exempt
        ]
        for kind in registry.kinds()
    }


def _based_kinds() -> list[str]:
    return [kind.name for kind in registry.kinds() if kind.document.needs_basis]
