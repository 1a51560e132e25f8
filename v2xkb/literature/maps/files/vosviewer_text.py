"""The text files of VOSviewer: a map file with a header and an item a line, a network file with a link a line."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from math import nan

from v2xkb.literature.maps.faults import InvalidMap, listed
from v2xkb.literature.maps.files.items import Items, same_id, told, writable
from v2xkb.literature.maps.files.texts import (
    address,
    as_number,
    cluster_number,
    decoded,
    guarded,
    is_missing,
    number,
    plain,
    rows,
    unguarded,
    words,
)
from v2xkb.literature.maps.keyword_map import KeywordMap

COLUMNS = ("id", "label", "description", "url", "x", "y", "cluster")
VALUE = re.compile(r"(weight|score)(?:<(.+)>)?", re.IGNORECASE | re.DOTALL)


def read_map(
    map_file: bytes | None, network_file: bytes | None, map_name: str = "map", network_name: str = "network"
) -> KeywordMap:
    """A map of either file or of both; without a map file the items are those that links name.

    Links of an item to itself are dropped, those of one pair summed; a strength that is missing or 0 is 1.
    """
    items = read_items(map_file, map_name) if map_file is not None else Items(network_name)
    if network_file is None:
        if map_file is None:
            raise InvalidMap("files", "there is neither a map nor a network", "Give one of them.")
        return items.as_map([], [], [])
    ends = list(read_links(network_file, network_name))
    if map_file is None:
        add_named(items, ends)
    sources = [items.number_of(source, place) for place, source, _target, _strength in ends]
    targets = [items.number_of(target, place) for place, _source, target, _strength in ends]
    return items.as_map(sources, targets, [strength for *_ends, strength in ends])


def read_items(raw: bytes, name: str) -> Items:
    items, lines = Items(name), rows(decoded(raw, name), name)
    at, cells = next(lines, (0, []))
    if not cells:
        raise InvalidMap(name, "the file has no header", "Begin it with a line that names its columns.")
    header = columns(cells, f"{name}, line {at}")
    for line, cells in lines:
        place = f"{name}, line {line}"
        if len(cells) != len(header):
            raise InvalidMap(
                place,
                f"the line has {len(cells)} cells, the header {len(header)}",
                "Give one for each column; a label that holds the mark between cells needs quotes.",
                listed(cells),
            )
        add_item(items, dict(zip(header, cells, strict=True)), place)
    if not items.ids:
        raise InvalidMap(name, "the map has no items", "Add a line for each.")
    return items


def columns(cells: Sequence[str], place: str) -> list[str]:
    """The header in the spelling of VOSviewer."""
    header = [cell if VALUE.fullmatch(cell) else cell.casefold() for cell in cells]
    twice = [name for name, times in Counter(header).items() if times > 1]
    if twice:
        raise InvalidMap(place, "a column stands twice", "Take out one of them.", listed(twice))
    unknown = [name for name in header if name not in COLUMNS and not VALUE.fullmatch(name)]
    if unknown:
        raise InvalidMap(
            place,
            "a map has no such column",
            f"It has {listed(list(COLUMNS))}, weight<…> and score<…>; take out what is none of these.",
            listed(unknown),
        )
    if not {"id", "label"} & set(header):
        raise InvalidMap(place, "neither id nor label is a column", "Begin the file with a header that names one.")
    if ("x" in header) != ("y" in header):
        raise InvalidMap(place, "x and y stand together", "Add the other one, or take it out.", listed(header))
    return header


def add_item(items: Items, cells: dict[str, str], place: str) -> None:
    item = items.add(words(unguarded(cells.get("id", str(len(items.ids) + 1))), place, "the id"), place)
    items.labels.append(words(unguarded(cells.get("label") or items.ids[item]), place, "the label"))
    items.coordinates.append((number(cells["x"], place, "x"), number(cells["y"], place, "y")) if "x" in cells else None)
    items.clusters.append(cluster_number(cells.get("cluster"), place))
    if cells.get("description"):
        items.descriptions[item] = words(unguarded(cells["description"]), place, "the description")
    if cells.get("url"):
        items.urls[item] = address(cells["url"], place)
    values: dict[str, dict[str, float]] = {"weight": {}, "score": {}}
    for column, cell in cells.items():
        if value := VALUE.fullmatch(column):
            kind = value[1].casefold()
            missing = kind == "score" and is_missing(cell)
            least = 0 if kind == "weight" else None
            values[kind][value[2] or value[1]] = nan if missing else number(cell, place, column, least=least)
    items.weights.append(values["weight"])
    items.scores.append(values["score"])


def read_links(raw: bytes, name: str) -> Iterator[tuple[str, str, str, float]]:
    """(place, id, id, strength)."""
    width = 0
    for line, cells in rows(decoded(raw, name), name):
        place = f"{name}, line {line}"
        width = width or len(cells)
        if len(cells) != width or width not in (2, 3):
            raise InvalidMap(
                place, "each line has two ids and may have a strength, all lines alike", "Mend it.", listed(cells)
            )
        for cell in cells[:2]:
            if not cell:
                raise InvalidMap(place, "an id is missing", "Name both items of the link.", listed(cells))
            words(cell, place, "the id")
        strength = "" if width == 2 else cells[2]
        yield (
            place,
            cells[0],
            cells[1],
            1.0 if not strength else number(strength, place, "the strength", least=0) or 1.0,
        )


def add_named(items: Items, ends: Sequence[tuple[str, str, str, float]]) -> None:
    """The items that links name, numbers before words."""
    first: dict[str, tuple[str, str]] = {}
    for place, *pair, _strength in ends:
        for identifier in pair:
            first.setdefault(same_id(str(identifier)), (str(identifier), place))
    for key in sorted(first, key=lambda one: (as_number(one) is None, as_number(one) or 0, one)):
        identifier, place = first[key]
        items.add(identifier, place)
        items.labels.append(identifier)
        items.coordinates.append(None)
        items.clusters.append(0)
        items.weights.append({})
        items.scores.append({})


def write_map(made: KeywordMap) -> str:
    """The map file; what an item does not have is an empty cell."""
    network, places, clusters = writable(made)
    present = {"description": made.descriptions, "url": made.urls}
    header = ["id", "label", *(name for name, values in present.items() if values)]
    header += ["x", "y"] if places is not None else []
    header += ["cluster"] if clusters is not None else []
    header += [f"weight<{name}>" for name in network.weights] + [f"score<{name}>" for name in network.scores]
    lines = []
    for item in range(len(network)):
        line = [guarded(network.ids[item]), guarded(network.labels[item])]
        line += [guarded(texts.get(item, "")) for texts in present.values() if texts]
        line += [plain(value) for value in places[item]] if places is not None else []
        line += [str(clusters[item] or "")] if clusters is not None else []
        for values in (network.weights, network.scores):
            known = told(values, item)
            line += [plain(known[name]) if name in known else "" for name in values]
        lines.append(line)
    return separated([header, *lines])


def write_network(made: KeywordMap) -> str:
    """The network file."""
    network, _places, _clusters = writable(made)
    ends = zip(network.sources.tolist(), network.targets.tolist(), network.strengths.tolist(), strict=True)
    ids = [guarded(one) for one in network.ids]
    return separated([[ids[low], ids[high], plain(strength)] for low, high, strength in ends])


def separated(lines: Sequence[Sequence[str]]) -> str:
    written = io.StringIO()
    csv.writer(written, delimiter="\t", lineterminator="\n").writerows(lines)
    return written.getvalue()
