"""Reads which labels stand for others and which are dropped; loads nothing heavy, so that pages may do it too."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from v2xkb.literature.maps.faults import InvalidMap, listed
from v2xkb.literature.maps.spellings import folded

HEADER = ("label", "replace by")


@dataclass(frozen=True)
class Thesaurus:
    """What stands for a folded keyword in the end: another spelling, or nothing where the keyword is dropped."""

    replacements: Mapping[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.replacements)


def read_thesaurus(text: str, place: str = "thesaurus") -> Thesaurus:
    """A thesaurus file: two columns `label` and `replace by`, between them a tab; an empty replacement drops."""
    replacements: dict[str, str] = {}
    lines: dict[str, int] = {}
    for number, label, replacement in thesaurus_rows(text, place):
        key = folded(label)
        if replacements.setdefault(key, replacement) != replacement:
            raise InvalidMap(
                f"{place}, line {number}",
                f"line {lines[key]} replaces the same label by “{replacements[key]}”",
                "Keep one of the two lines.",
                f"{label} → {replacement}",
            )
        lines.setdefault(key, number)
    return Thesaurus(followed(replacements, lines, place))


def thesaurus_rows(text: str, place: str) -> Iterator[tuple[int, str, str]]:
    """(line, label, replacement) below the header."""
    lines = text.removeprefix("\ufeff").splitlines()
    header = tuple(cell.strip().casefold() for cell in lines[0].split("\t")) if lines else ()
    if header != HEADER:
        raise InvalidMap(
            f"{place}, line 1",
            "the header of a thesaurus is missing",
            "Begin the file with “label”, a tab and “replace by”.",
            lines[0] if lines else "nothing",
        )
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        label, *rest = (cell.strip().strip('"').strip() for cell in line.split("\t"))
        if len(rest) > 1:
            raise InvalidMap(f"{place}, line {number}", "a line has two columns", "Take out the further tabs.", line)
        if not label:
            raise InvalidMap(f"{place}, line {number}", "there is no label", "Name what is to be replaced.", line)
        yield number, label, rest[0] if rest else ""


def followed(replacements: Mapping[str, str], lines: Mapping[str, int], place: str) -> dict[str, str]:
    """Where each label leads in the end; a label replaced by itself ends there, in the spelling given."""
    ends: dict[str, str] = {}
    for start in replacements:
        way: dict[str, None] = {}
        key, end = start, ""
        while key in replacements and key not in ends and key not in way:
            way[key] = None
            end = replacements[key]
            if folded(end) == key:
                ends[key] = end
            key = folded(end)
        if key in way and key not in ends:
            raise circle(list(way), key, lines, place)
        ends.update(dict.fromkeys(way, ends.get(key, end)))
    return ends


def circle(way: list[str], key: str, lines: Mapping[str, int], place: str) -> InvalidMap:
    turns = way[way.index(key) :]
    return InvalidMap(
        f"{place}, line {lines[key]}",
        f"replacements lead in a circle (lines {listed([str(lines[one]) for one in turns])})",
        "Choose which of these labels stays, and take out its line.",
        " → ".join([*turns, key]),
    )
