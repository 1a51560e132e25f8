"""Maps and thesauri as VOSviewer writes them."""

from collections.abc import Iterator

from hypothesis import strategies as st

from tests.fuzz.judging import PLACE, check_storable, refusing
from tests.fuzz.mangling import mangled, samples_and
from tests.fuzz.trying import Target
from v2xkb.literature.maps.files import gexf, vosviewer_json, vosviewer_text
from v2xkb.literature.maps.keyword_map import KeywordMap
from v2xkb.literature.thesaurus_keeping import read as read_thesaurus

MAP = (
    "id\tlabel\tdescription\turl\tx\ty\tcluster\tweight<Links>\tweight<Occurrences>\tscore<Avg. pub. year>\n"
    '7\t"grid, smart"\tof a grid\thttps://example.org/7\t0.5\t-0.25\t2\t2\t10\t2015.5\n'
    "3\tv2g\t\t\t-1e-05\t0.3333333333333333\t1\t1\t4\t\n"
    "12\tbattery\t\t\t-0.5\t0\t\t1\t0\t2020\n"
)
NETWORK = "7\t3\t2\n7\t12\t0.5\n"
MAP_JSON = """{"network": {"items": [
{"id": 1, "label": "grid", "description": "of a grid", "url": "https://example.org/1", "x": 0.5, "y": -0.25,
 "cluster": 2, "weights": {"Links": 2, "Occurrences": 10}, "scores": {"Avg. pub. year": 2015.5}},
{"id": 2, "label": "v2g", "x": -1e-05, "y": 0.3, "cluster": 1, "weights": {"Links": 1},
 "scores": {"Avg. pub. year": null}},
{"id": 3, "label": "battery", "x": 1, "y": 1}],
"links": [{"source_id": 1, "target_id": 2, "strength": 2, "description": "both"}, {"source_id": 3, "target_id": 1}],
"clusters": [{"cluster": 1, "label": "first"}]},
"config": {"parameters": {"item_size": 1}}, "info": {"title": "A map"}}"""
THESAURUS = 'label\treplace by\nv2g\tvehicle-to-grid\nfleet\t\nageing\tbattery\n"EV"\tev\nnowhere\tsomewhere\n'


def check_map(made: KeywordMap) -> None:
    """Whatever was read is written so that it is read the same again."""
    text = vosviewer_json.write(made)
    assert vosviewer_json.write(vosviewer_json.read(text.encode())) == text
    lines, links = vosviewer_text.write_map(made), vosviewer_text.write_network(made)
    again = vosviewer_text.read_map(lines.encode(), links.encode() or None)
    # Spaces around a cell are no part of it.
    lines, links = vosviewer_text.write_map(again), vosviewer_text.write_network(again)
    assert vosviewer_text.write_map(vosviewer_text.read_map(lines.encode(), links.encode() or None)) == lines
    gexf.write(made).encode()


def read_map_json(raw: bytes) -> None:
    with refusing():
        check_map(vosviewer_json.read(raw))


def read_map_text(made_up: tuple[bytes, bytes]) -> None:
    with refusing():
        check_map(vosviewer_text.read_map(*made_up))


def read_network(raw: bytes) -> None:
    with refusing():
        check_map(vosviewer_text.read_map(None, raw))


def read_replacements(raw: bytes) -> None:
    with refusing():
        text, found = read_thesaurus(PLACE, raw)
        check_storable([text, found.replacements])


LINE_WORDS = samples_and("\t", "\n", "1\t2\n", "7", "1e308", "weight<a>", "score<>", "1.0", "01", "'=a")
JSON_WORDS = samples_and(
    '"id": 1,', '"x": 1,', '"weights": {"a": 1e308}', '"label": {}', '"strength": -1', "[1]", "{}", "1e308"
)
THESAURUS_WORDS = samples_and("\t", "v2g\tev\n", "ev\tv2g\n", "label\t")


def targets() -> Iterator[Target]:
    yield Target("VOSviewer JSON", mangled([MAP_JSON.encode()], JSON_WORDS), read_map_json, share=1.5)
    lines, links = mangled([MAP.encode()], LINE_WORDS), mangled([NETWORK.encode()], LINE_WORDS)
    yield Target("VOSviewer map and network", st.tuples(lines, links), read_map_text, share=1.5)
    yield Target("VOSviewer network", links, read_network)
    yield Target("thesaurus", mangled([THESAURUS.encode()], THESAURUS_WORDS), read_replacements)
