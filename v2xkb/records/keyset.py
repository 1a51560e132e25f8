"""Places in an ordered list that hold while rows come and go: the values by which the list is ordered there."""

from collections.abc import Sequence
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy

START = "*"
Values = Sequence[str | int | None]


class NoSuchCursor(ValueError):
    """A text that this instance did not give out as a cursor of such a list."""


def terms_of(rows: QuerySet[Any]) -> list[OrderBy]:
    """What the rows are ordered by, the last of which tells any two apart."""
    return [term if isinstance(term, OrderBy) else ordered_by(str(term)) for term in rows.query.order_by]


def ordered_by(name: str) -> OrderBy:
    return F(name[1:]).desc() if name.startswith("-") else F(name).asc()


def with_keys(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With `key_0` and so on, the values that the rows are ordered by."""
    return rows.annotate(**{f"key_{place}": term.expression for place, term in enumerate(terms_of(rows))})


def keys_of(row: Any, terms: Sequence[OrderBy]) -> Values:
    return [getattr(row, f"key_{place}") for place in range(len(terms))]


def behind(rows: QuerySet[Any], values: Values) -> QuerySet[Any]:
    """The rows, annotated by `with_keys`, that come after one with these values; raises NoSuchCursor."""
    terms = terms_of(rows)
    if len(terms) != len(values):
        raise NoSuchCursor
    wanted, same = Q(pk__in=[]), Q()
    for place, (term, value) in enumerate(zip(terms, values, strict=True)):
        name = f"key_{place}"
        if value is not None:
            later = Q(**{f"{name}__{'lt' if term.descending else 'gt'}": value})
            wanted |= same & (later | Q(**{f"{name}__isnull": True}) if term.nulls_last else later)
        same &= Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value})
    return rows.filter(wanted)


def written(order: str, values: Values) -> str:
    """The cursor of a row with these values in a list so ordered: the same wherever the key of the site is the same."""
    return signer().sign_object([order, *values])


def read(cursor: str, order: str) -> Values:
    """Raises NoSuchCursor."""
    try:
        of, *values = signer().unsign_object(cursor)
    except (BadSignature, ValueError) as error:
        raise NoSuchCursor from error
    if of != order:
        raise NoSuchCursor
    return values


def signer() -> Signer:
    return Signer(salt="v2xkb.records.keyset")
