"""Types of the graph are read off the declarations of plain data."""

import pytest

from v2xkb.records.graphql.plain import PlainTypes
from v2xkb.records.openapi import COUNT, TEXT, or_none, rows_of, titled, told

PART = titled("Part", "A part.", {"name": told(TEXT, "Its name.")})
WHOLE = titled(
    "Whole",
    "A whole.",
    {
        "number": told(COUNT, "How many."),
        "share": told({"type": ["number", "null"]}, "How much."),
        "first": or_none(PART, "The first."),
        "parts": rows_of(PART, "All."),
        "words": rows_of(TEXT, "Some."),
    },
)


def test_what_may_be_absent_is_null_and_lists_hold_no_null() -> None:
    fields = PlainTypes().type_of(WHOLE)._meta.fields
    assert {name: str(field.type) for name, field in fields.items()} == {
        "number": "Int!",
        "share": "Float",
        "first": "Part",
        "parts": "[Part!]!",
        "words": "[String!]!",
    }


def test_two_declarations_of_one_title_are_refused() -> None:
    types = PlainTypes()
    assert types.type_of(PART) is types.type_of(dict(PART))
    with pytest.raises(ValueError, match="Two different declarations are called “Part”"):
        types.type_of(titled("Part", "Another.", {"key": told(TEXT, "Its key.")}))
