"""A workbook to be filled in for a kind of record: its columns, drop-down lists and help come from the declaration."""

from collections.abc import Iterator

from v2xkb.curation.sheet_columns import BASIS, ID, SLUG, SOURCE, Column, Items, Parts, columns_of
from v2xkb.curation.sheet_values import Scalar, Sort
from v2xkb.records.countries import COUNTRIES
from v2xkb.records.models import Record
from v2xkb.records.registry import Kind
from v2xkb.records.xlsx_books import Heading, to_fill

IDENTITY = {
    ID: "The permanent id of a record that exists. Leave it empty for a new one.",
    SLUG: "The name in addresses; found by it where there is no id. Made from the name where it is empty.",
}
SHEET_TITLE = 31


def template(kind: Kind) -> bytes:
    """The bytes of an XLSX file."""
    headings = [*(Heading(name) for name in IDENTITY), *map(heading, columns_of(kind.document).values())]
    if kind.document.needs_basis:
        headings += [Heading(name, choices=references() if name == SOURCE else ()) for name in BASIS]
    return to_fill(kind.plural.capitalize()[:SHEET_TITLE], headings, list(help_rows(kind)))


def heading(column: Column) -> Heading:
    reading = column.reading
    scalar = reading if isinstance(reading, Scalar) else reading.item if isinstance(reading, Items) else None
    if isinstance(reading, Parts) and reading.main and not reading.beside:
        scalar = reading.scalars[reading.main]
    return Heading(
        column.name,
        is_required=column.is_required,
        is_number=isinstance(reading, Scalar) and reading.sort in (Sort.WHOLE, Sort.NUMBER),
        choices=choices(scalar) if scalar else (),
        is_binding=isinstance(reading, Scalar) and reading.sort in (Sort.CHOICE, Sort.COUNTRY),
    )


def choices(scalar: Scalar) -> list[str]:
    """What a drop-down list offers: closed lists, countries, records that can be linked to."""
    if scalar.sort == Sort.CHOICE:
        return list(scalar.options)
    if scalar.sort == Sort.COUNTRY:
        return sorted(COUNTRIES)
    if scalar.link:
        rows = Record.objects.names_and_subtypes(scalar.link.kind)
        return sorted(slug for slug, _, subtype in rows if not scalar.link.schemes or subtype in scalar.link.schemes)
    return []


def references() -> list[str]:
    return sorted(Record.objects.slugs_of("reference"))


def help_rows(kind: Kind) -> Iterator[tuple[str, str, str, str]]:
    yield "column", "required", "what it means", "what a cell holds"
    for name, meaning in IDENTITY.items():
        yield name, "", meaning, "text"
    for column in columns_of(kind.document).values():
        yield column.name, "yes" if column.is_required else "", column.description, column.meaning
    if kind.document.needs_basis:
        for name, meaning in BASIS.items():
            yield name, "yes" if name == SOURCE else "", meaning, "text"
    yield "", "", "", ""
    yield (
        "",
        "",
        "An empty cell changes nothing. A value that is filled already stays, unless replacing it is chosen.",
        "",
    )
    yield "", "", "A field of one part has a column by the part's key, such as sites/arena/city.", ""
