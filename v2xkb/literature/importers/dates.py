"""Dates as databases write them, as precise as they are given and no more."""

import re
from datetime import date

from v2xkb.literature.importers.parsed import YEARS, Gathering
from v2xkb.numbers import whole_number_in

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# 2019, 2019-03, 2019/03/01, 2019-03-01T10:00; what follows is a remark or the end of a range.
NUMERIC = re.compile(r"^\s*(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?![\d])(.*)$", re.DOTALL)
WORDS = re.compile(r"[^\W\d_]+|\d+")


def month_of(text: str) -> int | None:
    """The first month a text names, by number or by its English name."""
    for word in WORDS.findall(text.lower()):
        if len(word) <= 2 and (number := whole_number_in(word, 12)):
            return number
        if word[:3] in MONTHS:
            return MONTHS.index(word[:3]) + 1
    return None


def written(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """YYYY, YYYY-MM or YYYY-MM-DD; none where there is no such date."""
    try:
        date(year, month or 1, day or 1)
    except (OverflowError, ValueError):
        return None
    parts = [f"{year:04}"] + ([f"{month:02}"] if month else []) + ([f"{day:02}"] if month and day else [])
    return "-".join(parts)


def take_date(into: Gathering, text: str, line: int = 0, *, month: int | None = None, day: int | None = None) -> None:
    """`text` is a date or begins with one; month and day are those of fields of their own."""
    found = NUMERIC.match(text)
    if not found:
        year = re.search(r"(?<!\d)(\d{4})(?!\d)", text)
        if not year:
            remedy = "Add the year of publication by hand, if the source gives one."
            into.complain("issued", "it was left out: this is no date", remedy, value=text, line=line)
            return
        found_year, rest = int(year[1]), text
    else:
        found_year, rest = int(found[1]), found[4].strip(" /-–T")
        month = int(found[2]) if found[2] else month
        day = int(found[3]) if found[3] else day
    take_parts(into, [found_year, month, day], text, line, rest="" if re.match(r"[\d:.]*Z?$", rest) else rest)


def take_parts(into: Gathering, parts: list[int | None], text: str, line: int = 0, *, rest: str = "") -> None:
    """Year, month and day; `rest` is what else the source says of the date."""
    year, month, day = (*parts, None, None)[:3]
    issued = written(year, month or None, day or None) if year else None
    if year not in YEARS or issued is None:
        remedy = "Add the date by hand, as YYYY, YYYY-MM or YYYY-MM-DD."
        into.complain("issued", "it was left out: there is no such date", remedy, value=text, line=line)
        return
    if into.put("issued", issued, line) and rest:
        remedy = f"{issued} was taken: mend it where that is wrong."
        into.complain("issued", "the date says more than can be kept", remedy, value=text, line=line)
