"""Writes one CSL-JSON item as BibTeX, RIS, CSL-JSON and a sentence; what is not known is left out of all."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

Item = Mapping[str, Any]

# What BibTeX's own styles know, and for theses what biblatex knows: @phdthesis would say more than is known.
ENTRY_TYPES = {
    "article-journal": "article",
    "article-newspaper": "article",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "thesis": "thesis",
    "book": "book",
    "chapter": "incollection",
}
RIS_TYPES = {
    "article": "UNPB",
    "article-journal": "JOUR",
    "article-newspaper": "NEWS",
    "paper-conference": "CPAPER",
    "report": "RPRT",
    "thesis": "THES",
    "book": "BOOK",
    "chapter": "CHAP",
    "webpage": "ELEC",
    "standard": "STAND",
    "legislation": "STAT",
}
CONTAINERS = {"article": "journal", "inproceedings": "booktitle", "incollection": "booktitle"}
PUBLISHERS = {"techreport": "institution", "thesis": "school"}
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
# Within an address nothing is escaped, but a brace on its own would end the field.
IN_ADDRESSES = {"{": "%7B", "}": "%7D", "\\": "%5C"}


def csl_json(item: Item) -> str:
    """A list of one item, as reference managers read it."""
    return json.dumps([item], ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def bibtex(item: Item) -> str:
    """One entry in UTF-8; characters with a meaning in LaTeX are escaped, titles keep their capitals."""
    kind = ENTRY_TYPES.get(item["type"], "misc")
    lines = "".join(f"  {name} = {value},\n" for name, value in _fields(item, kind))
    return f"@{kind}{{{item['id']},\n{lines}}}\n"


def ris(item: Item) -> str:
    """One reference in UTF-8, a tag a line, with the line breaks that the format asks for."""
    return "".join(f"{tag}  - {value}\r\n" for tag, value in _tagged(item)) + "ER  - \r\n"


def sentence(item: Item) -> str:
    """Who, when, what, where: one line of plain text."""
    date = "-".join(f"{part:02}" for part in date_parts(item))
    who = "; ".join(name for name in map(written_name, item.get("author", [])))
    head = " ".join(part for part in (who, f"({date})" if date else "") if part)
    parts = [f"{head}: {item['title']}" if head else item["title"]]
    parts += [item[name] for name in ("container-title", "publisher", "note") if name in item]
    if "DOI" in item:
        parts.append(f"https://doi.org/{item['DOI']}")
    elif "URL" in item:
        parts.append(item["URL"])
    # A full stop right behind an address would be taken for part of it.
    return " ".join(part if part.endswith((".", "?", "!", "…")) or _is_address(part) else f"{part}." for part in parts)


def date_parts(item: Item) -> list[int]:
    """Year, month and day of publication, as far as known."""
    return item["issued"]["date-parts"][0] if "issued" in item else []


def issued(date: str) -> dict[str, list[list[int]]]:
    """CSL's form of YYYY, YYYY-MM or YYYY-MM-DD: as precise as given, no more."""
    return {"date-parts": [[int(part) for part in date.split("-")]]}


def written_name(person: Mapping[str, str]) -> str:
    """`Family, Given`, or the whole name where it is not split."""
    return person.get("literal") or ", ".join(person[name] for name in ("family", "given") if name in person)


def _fields(item: Item, kind: str) -> Iterator[tuple[str, str]]:
    if "author" in item:
        yield "author", _braced(" and ".join(_bibtex_name(person) for person in item["author"]))
    yield "title", _braced(_braced(escaped(item["title"])))
    known = {
        CONTAINERS.get(kind, "howpublished"): item.get("container-title"),
        PUBLISHERS.get(kind, "publisher"): item.get("publisher"),
        "type": item.get("genre"),
        "version": item.get("version"),
        "note": item.get("note"),
    }
    for name, text in known.items():
        if text:
            yield name, _braced(escaped(text))
    date = date_parts(item)
    if date:
        yield "year", _braced(str(date[0]))
    if len(date) > 1:
        # BibTeX's own abbreviation, which styles translate.
        yield "month", MONTHS[date[1] - 1]
    if len(date) > 2:
        yield "day", _braced(str(date[2]))
    for name in ("DOI", "URL"):
        if name in item:
            yield name.lower(), _braced("".join(IN_ADDRESSES.get(char, char) for char in item[name]))
    if "language" in item:
        yield "language", _braced(escaped(item["language"]))


def _tagged(item: Item) -> Iterator[tuple[str, str]]:
    yield "TY", RIS_TYPES.get(item["type"], "GEN")
    yield "ID", item["id"]
    for person in item.get("author", []):
        yield "AU", written_name(person)
    date = date_parts(item)
    known = {
        "TI": item["title"],
        "T2": item.get("container-title"),
        "PB": item.get("publisher"),
        "M3": item.get("genre"),
        "ET": item.get("version"),
        "PY": str(date[0]) if date else None,
        # Year, month, day and a part of our own that is left empty; what is not known is empty too.
        "DA": "/".join([*(f"{part:02}" for part in date), *[""] * (4 - len(date))]) if len(date) > 1 else None,
        "DO": item.get("DOI"),
        "UR": item.get("URL"),
        "LA": item.get("language"),
        "N1": item.get("note"),
    }
    yield from ((tag, value) for tag, value in known.items() if value)


def _bibtex_name(person: Mapping[str, str]) -> str:
    """A name that nobody split stays whole; so does a part that BibTeX would split."""
    if "literal" in person:
        return _braced(escaped(person["literal"]))
    parts = [escaped(person[name]) for name in ("family", "given") if name in person]
    return ", ".join(_braced(part) if "," in part or " and " in part else part for part in parts)


def escaped(text: str) -> str:
    return "".join(LATEX.get(char, char) for char in text)


def _braced(text: str) -> str:
    return f"{{{text}}}"


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://"))
