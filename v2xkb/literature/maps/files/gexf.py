"""GEXF 1.3, which Gephi and other viewers of networks open."""

from math import isnan
from xml.etree import ElementTree as ET

from v2xkb.literature.maps.faults import InvalidMap
from v2xkb.literature.maps.files.texts import UNWRITABLE, plain
from v2xkb.literature.maps.keyword_map import KeywordMap

NAMESPACE = "http://gexf.net/1.3"
DRAWING = "http://gexf.net/1.3/viz"
# So wide that circles of the usual size in Gephi do not cover each other.
SCALE = 1_000


def write(made: KeywordMap) -> str:
    """Nodes with place, cluster, weights and scores; edges with their strength."""
    root = ET.Element("gexf", {"xmlns": NAMESPACE, "xmlns:viz": DRAWING, "version": "1.3"})
    graph = ET.SubElement(root, "graph", {"defaultedgetype": "undirected", "mode": "static"})
    network = made.network
    values = {f"weight<{name}>": column for name, column in network.weights.items()}
    values |= {f"score<{name}>": column for name, column in network.scores.items()}
    attributes = ET.SubElement(graph, "attributes", {"class": "node"})
    names = [*(["cluster"] if made.clusters is not None else []), *values]
    for number, title in enumerate(names):
        kind = "integer" if title == "cluster" else "double"
        ET.SubElement(attributes, "attribute", {"id": str(number), "title": writable(title), "type": kind})
    nodes = ET.SubElement(graph, "nodes", {"count": str(len(network))})
    for item, identifier in enumerate(network.ids):
        node = ET.SubElement(nodes, "node", {"id": writable(identifier), "label": writable(network.labels[item])})
        told = {name: plain(column[item]) for name, column in values.items() if not isnan(column[item])}
        if made.clusters is not None and made.clusters[item]:
            told["cluster"] = str(made.clusters[item])
        held = ET.SubElement(node, "attvalues")
        for number, title in enumerate(names):
            if title in told:
                ET.SubElement(held, "attvalue", {"for": str(number), "value": told[title]})
        if made.places is not None:
            across, up = (plain(SCALE * value) for value in made.places[item].tolist())
            ET.SubElement(node, "viz:position", {"x": across, "y": up, "z": "0"})
    edges = ET.SubElement(graph, "edges", {"count": str(network.links)})
    ends = zip(network.sources.tolist(), network.targets.tolist(), network.strengths.tolist(), strict=True)
    for number, (low, high, strength) in enumerate(ends):
        link = {"id": str(number), "source": network.ids[low], "target": network.ids[high], "weight": plain(strength)}
        ET.SubElement(edges, "edge", link)
    ET.indent(root, " ")
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def writable(text: str) -> str:
    if UNWRITABLE.search(text):
        raise InvalidMap("GEXF", "XML has no place for a character of this text", "Take it out.", text)
    return text
