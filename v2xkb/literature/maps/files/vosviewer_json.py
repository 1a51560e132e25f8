"""The JSON files of VOSviewer: items, links, names of clusters, settings and words about the map."""

import json
import re
from collections.abc import Mapping
from typing import Any, NoReturn

from v2xkb.literature.maps.faults import InvalidMap
from v2xkb.literature.maps.files.items import Items, told, writable
from v2xkb.literature.maps.files.texts import UNWRITABLE, address, cluster_number, decoded, is_missing, number, words
from v2xkb.literature.maps.keyword_map import KeywordMap

WHOLE = re.compile(r"0|[1-9]\d{0,14}")


def read(raw: bytes, name: str = "map") -> KeywordMap:
    """A map as VOSviewer wrote it; a strength that is missing or 0 is 1."""
    held = parsed(raw, name)
    inside = an_object(held["network"], f"{name}, network")
    items = Items(name)
    for position, item in enumerate(a_list(inside, "items", f"{name}, network")):
        add_item(items, item, f"{name}, network.items[{position}]")
    if not items.ids:
        raise InvalidMap(name, "the map has no items", "Add them as network.items.")
    config, info = (shown_as_it_is(held.get(part) or {}, f"{name}, {part}") for part in ("config", "info"))
    an_object(config.get("parameters", {}), f"{name}, config.parameters")
    sources, targets, strengths = list[int](), list[int](), list[float]()
    texts: dict[tuple[int, int], dict[str, str]] = {}
    for position, link in enumerate(a_list(inside, "links", f"{name}, network")):
        place = f"{name}, network.links[{position}]"
        link = an_object(link, place)
        ends = [
            items.number_of(identifier(link.get(end), place), f"{place}.{end}") for end in ("source_id", "target_id")
        ]
        strength = link.get("strength")
        sources.append(ends[0])
        targets.append(ends[1])
        strengths.append(1.0 if is_missing(strength) else number(strength, place, "the strength", least=0) or 1.0)
        if about := described(link, place):
            texts[min(ends), max(ends)] = about
    return items.as_map(
        sources,
        targets,
        strengths,
        link_texts=texts,
        cluster_labels=names_of_clusters(a_list(inside, "clusters", f"{name}, network"), name),
        config=config,
        info=info,
    )


def parsed(raw: bytes, name: str) -> dict[str, Any]:
    def refuse(constant: str) -> NoReturn:
        raise InvalidMap(name, "a number of JSON is finite", "Leave the value out.", constant)

    text = decoded(raw, name)
    try:
        held = json.loads(text, parse_constant=refuse)
    except json.JSONDecodeError as error:
        near = text[error.pos : error.pos + 40]
        raise InvalidMap(
            f"{name}, line {error.lineno}, column {error.colno}",
            f"this is no JSON: {error.msg}",
            "Choose a file that VOSviewer saved as JSON.",
            near or "the end",
        ) from error
    except (RecursionError, ValueError) as error:
        if isinstance(error, InvalidMap):
            raise
        raise InvalidMap(
            name, "this JSON is nested too deeply or holds too long a number", "Choose another file."
        ) from error
    if not isinstance(held, dict) or not isinstance(held.get("network"), dict):
        raise InvalidMap(name, "there is no object “network”", "Choose a file that VOSviewer saved as JSON.")
    return held


def shown_as_it_is(value: Any, place: str) -> dict[str, Any]:
    """An object that is kept whole; what it holds need not be anything that can be written again."""
    found = an_object(value, place)
    try:
        text = json.dumps(found, ensure_ascii=False, allow_nan=False)
    except ValueError as error:
        raise InvalidMap(place, "a number of JSON is finite", "Leave the value out.", "inf") from error
    if unwritable := UNWRITABLE.search(text):
        raise InvalidMap(place, "it holds a character that cannot be shown", "Take it out.", unwritable[0])
    return found


def a_list(held: Mapping[str, Any], key: str, place: str) -> list[Any]:
    value = held.get(key)
    if value is not None and not isinstance(value, list):
        raise InvalidMap(f"{place}.{key}", "this is no list", "Write it in brackets.", value)
    return value or []


def an_object(value: Any, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InvalidMap(place, "this is no object", "Write it in braces.", value)
    return value


def identifier(value: Any, place: str) -> str:
    return words("" if value is None else value, place, "the id").strip()


def described(held: Mapping[str, Any], place: str) -> dict[str, str]:
    """The description and the address that VOSviewer shows."""
    found = {}
    if held.get("description"):
        found["description"] = words(held["description"], place, "the description")
    if held.get("url"):
        found["url"] = address(held["url"], place)
    return found


def add_item(items: Items, item: Any, place: str) -> None:
    item = an_object(item, place)
    at = items.add(identifier(item.get("id", len(items.ids) + 1), place), place)
    label = item.get("label")
    items.labels.append(items.ids[at] if label in (None, "") else words(label, place, "the label"))
    about = described(item, place)
    if "description" in about:
        items.descriptions[at] = about["description"]
    if "url" in about:
        items.urls[at] = about["url"]
    if ("x" in item) != ("y" in item):
        raise InvalidMap(place, "x and y stand together", "Add the other one, or take it out.", items.ids[at])
    items.coordinates.append((number(item["x"], place, "x"), number(item["y"], place, "y")) if "x" in item else None)
    items.clusters.append(cluster_number(item.get("cluster"), place))
    weights = an_object(item.get("weights") or {}, f"{place}.weights")
    scores = an_object(item.get("scores") or {}, f"{place}.scores")
    items.weights.append(
        {
            words(name, place, "a weight's name"): number(value, f"{place}.weights", name, least=0)
            for name, value in weights.items()
        }
    )
    items.scores.append(
        {
            words(name, place, "a score's name"): number(value, f"{place}.scores", name)
            for name, value in scores.items()
            if not is_missing(value)
        }
    )


def names_of_clusters(clusters: list[Any], name: str) -> dict[int, str]:
    found: dict[int, str] = {}
    for position, cluster in enumerate(clusters):
        place = f"{name}, network.clusters[{position}]"
        cluster = an_object(cluster, place)
        at = cluster_number(cluster.get("cluster"), place)
        if not at or at in found:
            raise InvalidMap(place, "each cluster is named once, by its number", "Mend it.", cluster.get("cluster"))
        if cluster.get("label"):
            found[at] = words(cluster["label"], place, "the label")
    return found


def write(made: KeywordMap) -> str:
    """The JSON file; ids are numbers where all are, and values that an item does not have are left out."""
    network, places, clusters = writable(made)
    numbered = all(WHOLE.fullmatch(identifier) for identifier in network.ids)
    ids: list[str | int] = [int(identifier) if numbered else identifier for identifier in network.ids]
    items = []
    for at in range(len(network)):
        item: dict[str, Any] = {"id": ids[at], "label": network.labels[at]}
        if at in made.descriptions:
            item["description"] = made.descriptions[at]
        if at in made.urls:
            item["url"] = made.urls[at]
        if places is not None:
            item |= {"x": float(places[at, 0]), "y": float(places[at, 1])}
        if clusters is not None and clusters[at]:
            item["cluster"] = int(clusters[at])
        item["weights"] = told(network.weights, at)
        item["scores"] = told(network.scores, at)
        items.append({name: value for name, value in item.items() if value != {}})
    ends = zip(network.sources.tolist(), network.targets.tolist(), network.strengths.tolist(), strict=True)
    links = [
        {
            "source_id": ids[low],
            "target_id": ids[high],
            "strength": int(strength) if strength == int(strength) else strength,
        }
        | dict(made.link_texts.get((low, high), {}))
        for low, high, strength in ends
    ]
    held: dict[str, Any] = {"network": {"items": items, "links": links}}
    if made.cluster_labels:
        held["network"]["clusters"] = [
            {"cluster": cluster, "label": label} for cluster, label in sorted(made.cluster_labels.items())
        ]
    held |= {key: dict(value) for key, value in (("config", made.config), ("info", made.info)) if value}
    return json.dumps(held, ensure_ascii=False, allow_nan=False) + "\n"
