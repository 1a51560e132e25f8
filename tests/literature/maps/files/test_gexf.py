"""GEXF holds what the map holds."""

from xml.etree import ElementTree as ET

import pytest

from tests.literature.maps.graphs import ring
from v2xkb.literature.maps.faults import InvalidMap
from v2xkb.literature.maps.files import gexf
from v2xkb.literature.maps.files.vosviewer_text import read_map
from v2xkb.literature.maps.keyword_map import KeywordMap
from v2xkb.literature.maps.networks import network

NAMES = {"g": "http://gexf.net/1.3", "viz": "http://gexf.net/1.3/viz"}
MAP = b"id\tlabel\tx\ty\tcluster\tweight<Docs>\tscore<Year>\n7\t<a & b>\t0.5\t-1\t2\t3\t\n3\tb\t0\t1\t\t1\t2020.5\n"


def test_nodes_and_edges_say_what_the_map_says() -> None:
    root = ET.fromstring(gexf.write(read_map(MAP, b"7\t3\t2.5\n")))  # noqa: S314  # written by ourselves
    nodes = root.findall(".//g:node", NAMES)
    titles = {one.attrib["id"]: one.attrib["title"] for one in root.findall(".//g:attribute", NAMES)}
    told = [
        {titles[one.attrib["for"]]: one.attrib["value"] for one in node.iter(f"{{{NAMES['g']}}}attvalue")}
        for node in nodes
    ]
    assert [(node.attrib["id"], node.attrib["label"]) for node in nodes] == [("7", "<a & b>"), ("3", "b")]
    assert told == [{"cluster": "2", "weight<Docs>": "3"}, {"weight<Docs>": "1", "score<Year>": "2020.5"}]
    place = nodes[0].find("viz:position", NAMES)
    assert place is not None
    assert (place.attrib["x"], place.attrib["y"]) == ("500", "-1000")
    (edge,) = root.findall(".//g:edge", NAMES)
    assert (edge.attrib["source"], edge.attrib["target"], edge.attrib["weight"]) == ("7", "3", "2.5")


def test_a_network_without_places_is_written_without_them() -> None:
    assert "position" not in gexf.write(KeywordMap(ring(4)))


def test_a_character_without_a_place_in_xml_is_refused() -> None:
    with pytest.raises(InvalidMap, match="XML has no place"):
        gexf.write(KeywordMap(network(["1"], ["a\x01b"], [], [], [])))
