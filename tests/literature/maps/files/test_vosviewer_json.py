"""VOSviewer's JSON goes in and out unchanged, and what is wrong in it is named."""

import json
import re
from typing import Any

import jsonschema
import pytest

from tests.literature.maps.graphs import ring_of_cliques, similar
from v2xkb.literature.maps.clustering import find_clusters
from v2xkb.literature.maps.faults import InvalidMap
from v2xkb.literature.maps.files.vosviewer_json import read, write
from v2xkb.literature.maps.keyword_map import KeywordMap
from v2xkb.literature.maps.layout import lay_out
from v2xkb.literature.maps.networks import with_link_weights

# What VOSviewer Online documents of the form.
SCHEMA = {
    "type": "object",
    "required": ["network"],
    "properties": {
        "network": {
            "type": "object",
            "properties": {
                "items": {
                    "type": "array",
                    "minItems": 3,
                    "items": {
                        "type": "object",
                        "required": ["id", "label"],
                        "properties": {
                            "id": {"type": ["integer", "string"]},
                            "label": {"type": "string"},
                            "x": {"type": "number"},
                            "y": {"type": "number"},
                            "cluster": {"type": "integer", "minimum": 1, "maximum": 1000},
                            "weights": {"type": "object", "additionalProperties": {"type": "number", "minimum": 0}},
                            "scores": {"type": "object", "additionalProperties": {"type": "number"}},
                        },
                        "dependentRequired": {"x": ["y"], "y": ["x"]},
                    },
                },
                "links": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["source_id", "target_id"],
                        "properties": {"strength": {"type": "number", "minimum": 0}},
                    },
                },
                "clusters": {"type": "array", "items": {"type": "object", "required": ["cluster", "label"]}},
            },
        },
        "config": {"type": "object"},
        "info": {"type": "object"},
    },
}
HELD: dict[str, Any] = {
    "network": {
        "items": [
            {
                "id": 7,
                "label": "<b>grid</b>",
                "description": "a",
                "x": 0.1,
                "y": -0.2,
                "cluster": 2,
                "weights": {"Docs": 3},
            },
            {"id": 3, "label": "v2g", "url": "https://v2x.example/", "x": 0.7, "y": 1e-09, "weights": {"Docs": 0.5}},
            {"id": 12, "label": "ä", "x": -1, "y": 0, "cluster": 1, "weights": {"Docs": 0}, "scores": {"Year": 2020}},
        ],
        "links": [
            {"source_id": 7, "target_id": 3, "strength": 2, "description": "together"},
            {"source_id": 7, "target_id": 12, "strength": 0.25},
        ],
        "clusters": [{"cluster": 1, "label": "Storage"}, {"cluster": 2, "label": "Grid"}],
    },
    "config": {"parameters": {"attraction": 1, "repulsion": -1}},
    "info": {"title": "A map", "description": "<p>Words</p>"},
}


def from_json(held: object) -> KeywordMap:
    return read(json.dumps(held).encode(), "map.json")


def changed(**item: Any) -> dict[str, Any]:
    """The file with another first item."""
    items = HELD["network"]["items"]
    return HELD | {"network": HELD["network"] | {"items": [items[0] | item, *items[1:]]}}


def test_what_was_read_is_written_again() -> None:
    assert json.loads(write(from_json(HELD))) == HELD


def test_a_byte_order_mark_is_no_part_of_json() -> None:
    assert read(b"\xef\xbb\xbf" + json.dumps(HELD).encode()).network.ids == ("7", "3", "12")


def test_ids_that_are_words_stay_words() -> None:
    held = changed(id="a")
    held["network"]["links"] = []
    assert [item["id"] for item in json.loads(write(from_json(held)))["network"]["items"]] == ["a", "3", "12"]


def test_a_map_of_ours_has_the_documented_form() -> None:
    made = KeywordMap(with_link_weights(ring_of_cliques(3, 4)))
    made = made.laid_out(lay_out(similar(made.network))).clustered(find_clusters(similar(made.network)))
    held = json.loads(write(made))
    jsonschema.Draft202012Validator(SCHEMA).validate(held)
    assert len(held["network"]["items"]) == 12
    again = read(write(made).encode())
    assert again.places is not None
    assert made.places is not None
    assert again.places.tobytes() == made.places.tobytes()


@pytest.mark.parametrize(
    ("config", "said"),
    [
        (b'{"a": 1e999}', "map.json, config: a number of JSON is finite (value: inf)"),
        (rb'{"a": {"\ud800": 1}}', "map.json, config: it holds a character that cannot be shown (value: \\ud800)"),
    ],
)
def test_what_is_kept_whole_can_be_written_again_or_is_refused(config: bytes, said: str) -> None:
    plain = json.dumps(HELD | {"config": {}}).encode()
    with pytest.raises(InvalidMap, match=re.escape(said)):
        read(plain.replace(b'"config": {}', b'"config": ' + config), "map.json")


def test_links_that_together_pass_every_number_are_refused() -> None:
    links = [{"source_id": 7, "target_id": 3, "strength": 1e308}] * 2
    with pytest.raises(InvalidMap, match="the links together are stronger than any number"):
        from_json(HELD | {"network": HELD["network"] | {"links": links}})


def test_numbers_written_as_text_are_read_as_vosviewer_does() -> None:
    made = from_json(changed(x="0.5", cluster="3"))
    assert made.places is not None
    assert made.places[0, 0] == 0.5


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ({"x": None}, r"map\.json, network\.items\[0\]: x is not a number \(value: nothing\)"),
        ({"x": "NaN"}, r"network\.items\[0\]: x is not a number \(value: NaN\)"),
        ({"x": 10**400}, r"network\.items\[0\]: x is not a number \(value: 1000"),
        ({"weights": {"\ud800": 1}}, r"network\.items\[0\]: a weight's name holds a character that cannot be shown"),
        ({"scores": {"\ud800": 1}}, r"network\.items\[0\]: a score's name holds a character that cannot be shown"),
        ({"x": True}, r"network\.items\[0\]: x is not a number \(value: True\)"),
        ({"weights": {"Docs": -1}}, r"network\.items\[0\]\.weights: Docs is not a number from 0 on \(value: -1\)"),
        ({"weights": [1]}, r"network\.items\[0\]\.weights: this is no object"),
        ({"scores": {"Year": "soon"}}, r"network\.items\[0\]\.scores: Year is not a number"),
        ({"id": "3.0"}, r"network\.items\[1\]: this id is that of another item \(map\.json, network\.items\[0\]\)"),
        ({"id": None}, r"network\.items\[0\]: the item has no id"),
        ({"label": {"a": 1}}, r"network\.items\[0\]: the label is not a text"),
        ({"label": "a\u0000"}, r"network\.items\[0\]: the label holds a character that cannot be shown"),
        ({"cluster": 1001}, r"network\.items\[0\]: the cluster is not a whole number from 1 to 1000"),
        ({"url": "data:text/html,x"}, r"network\.items\[0\]: the url leads to no page of the web"),
    ],
)
def test_a_fault_of_an_item_is_named_with_its_place(item: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidMap, match=said):
        from_json(changed(**item))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", r"map, line 1, column 2: this is no JSON"),
        ('{"network": {"items": [{"id": 1, "x": NaN, "y": 0}]}}', r"a number of JSON is finite \(value: NaN\)"),
        ('{"network": {"items": [{"id": 1, "x": 1e999, "y": 0}]}}', r"items\[0\]: x is not a number \(value: inf\)"),
        ("[]", r"there is no object “network”"),
        ('{"network": {"items": []}}', r"the map has no items"),
        ('{"network": {"items": [{"id": 1}]}, "config": {"parameters": 2}}', r"config\.parameters: this is no object"),
        ('{"network": {"items": {}}}', r"network\.items: this is no list"),
        ("[" * 100_000, r"nested too deeply"),
        ('{"network": {"items": [' + "1" * 5_000 + "]}}", r"too long a number"),
        (
            '{"network": {"items": [{"id": 1}], "links": [{"source_id": 1, "target_id": 2}]}}',
            r"network\.links\[0\]\.target_id: no item has this id \(value: 2\)",
        ),
        (
            '{"network": {"items": [{"id": 1}], "links": [{"source_id": 1, "target_id": 1, "strength": -2}]}}',
            r"network\.links\[0\]: the strength is not a number from 0 on",
        ),
        (
            '{"network": {"items": [{"id": 1}], "clusters": [{"cluster": 0, "label": "a"}]}}',
            r"network\.clusters\[0\]: the cluster is not a whole number",
        ),
    ],
)
def test_a_file_that_is_no_map_is_refused(text: str, said: str) -> None:
    with pytest.raises(InvalidMap, match=said):
        read(text.encode())
