"""Tables that say one thing a row where a record holds several: rows of one record are joined into one.

The joined row has the number of the first of its rows, and each of its cells the column of what it was made from.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from v2xkb.curation.coding import free_slug, taken_slugs
from v2xkb.curation.coding_querysets import KIND, slugs_of_readings
from v2xkb.curation.sheet_columns import SLUG
from v2xkb.curation.sheet_names import RecordNames
from v2xkb.curation.sheet_values import Misread, plain
from v2xkb.curation.sheets import Faulty, Row, Sheet, Value, refused
from v2xkb.records.problems import nearest
from v2xkb.records.registry import Kind
from v2xkb.taxonomy.choices import UsageSense
from v2xkb.taxonomy.documents import same_name

PUBLICATION = ("publication", "doi", "reference")
CODER, TERM, SENSE, REASON = "coder", "term", "sense", "reason"
REFERENCE, CODINGS = "reference", "codings"


def laid_out(kind: Kind, sheet: Sheet) -> Sheet:
    """The sheet with one row a record; raises InvalidDocuments where it does not say which record a row is about."""
    if kind.name != KIND or not {CODER, TERM, SENSE} <= set(sheet.headers):
        return sheet
    named = [header for header in PUBLICATION if header in sheet.headers]
    if len(named) != 1:
        remedy = f"Give one column of {', '.join(PUBLICATION)}."
        raise refused(sheet.place, "one column says which publication was coded", remedy, ", ".join(named), "A1")
    layout = OneTermARow(sheet, named[0])
    # What tells the terms of a row becomes, of the joined row, the name of the record and its codings.
    became = {named[0]: REFERENCE, TERM: SLUG, SENSE: CODINGS}
    described = f"{sheet.described}; one term a row: rows of the same publication and coder are one coding"
    headers = [became.get(header, header) for header in sheet.headers]
    return replace(sheet, headers=headers, rows=layout.rows, described=described)


@dataclass(frozen=True)
class OneTermARow:
    """A table of publication, coder, term and sense."""

    sheet: Sheet
    publication: str

    def rows(self) -> Iterator[Row]:
        names, taken, live = RecordNames(), taken_slugs(), slugs_of_readings()
        groups: dict[tuple[str, str, int], list[Row]] = defaultdict(list)
        references: dict[str, Value] = {}
        for row in self.sheet.rows():
            reference = self._reference(row, names, references)
            # Rows whose publication is not known are not taken for one.
            key = (reference, 0) if isinstance(reference, str) else ("unknown", row.number)
            groups[key[0], same_name(self._text(row, CODER)), key[1]].append(row)
        for (publication, coder, _alone), rows in groups.items():
            slug = live.get(f"{publication} {coder}", "")
            if not slug:
                slug = free_slug(publication, taken)
                taken.add(slug)
            reference = self._reference(rows[0], names, references)
            yield self._joined(rows, {self.publication: reference, TERM: slug, SENSE: codings(rows, self._text)})

    def _reference(self, row: Row, names: RecordNames, known: dict[str, Value]) -> Value:
        """The slug of the publication, named by slug, DOI, address or title."""
        text = self._text(row, self.publication)
        if text not in known:
            try:
                known[text] = names.reference(text) if text else None
            except Misread as error:
                known[text] = Faulty(error.message, error.remedy, error.value)
        return known[text]

    def _joined(self, rows: Sequence[Row], made: Mapping[str, Value]) -> Row:
        cells = [
            made[header] if header in made else self._common(rows, index, header)
            for index, header in enumerate(self.sheet.headers)
        ]
        return Row(rows[0].number, cells, [address for row in rows for address in row.surplus])

    def _common(self, rows: Sequence[Row], index: int, header: str) -> Value:
        """What all rows say; of reasons that differ, each with its term."""
        told = [(row, row.cells[index]) for row in rows if row.cells[index] is not None]
        values = list(dict.fromkeys(value for _, value in told))
        if len(values) < 2:
            return values[0] if values else None
        if header == CODER:
            return values[0]
        if header == REASON and all(isinstance(value, str) for value in values):
            return "; ".join(f"{self._text(row, TERM).upper()}: {value}" for row, value in told)
        numbers = ", ".join(str(row.number) for row, _ in told)
        return Faulty(f"rows {numbers} are one coding and say different things", "Write the same in each.")

    def _text(self, row: Row, header: str) -> str:
        value = row.cells[self.sheet.headers.index(header)]
        return "" if value is None or isinstance(value, Faulty) else plain(value)


def codings(rows: Sequence[Row], text_of: Callable[[Row, str], str]) -> Value:
    """One cell as the importer reads it: each term, its sense in brackets."""
    found: dict[str, str] = {}
    known = {sense.value: sense.value for sense in UsageSense} | {str(one.label): one.value for one in UsageSense}
    for row in rows:
        term, sense = text_of(row, TERM).lower(), text_of(row, SENSE).lower()
        if not term or not sense:
            return Faulty(f"row {row.number} lacks a term or a sense", "Fill both, or leave the row out.")
        if sense not in known:
            return Faulty(f"row {row.number} has a sense that there is not", nearest(sense, list(known)), sense)
        if term in found:
            return Faulty(f"row {row.number} codes the term a second time", "Keep one of the rows.", term)
        found[term] = known[sense]
    return "; ".join(f"{term} ({sense})" for term, sense in found.items())
