"""The one adapter of rdflib: linked data that is written as JSON-LD, in Turtle too."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urljoin

# What schema.org's own context maps its words to; that context itself is never fetched.
SCHEMA_ORG = "http://schema.org/"
CONTEXT: Mapping[str, str] = {
    "@vocab": SCHEMA_ORG,
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
# Words of schema.org whose values are addresses.
ADDRESSES = frozenset({"contentUrl", "license", "sameAs", "url"})
# All that an address may hold, so that only what it may not is written in per cent.
IN_ADDRESSES = "%/:=&?~#+!$,;'@()*[]"


def as_turtle(data: Mapping[str, Any], base: str = "") -> str:
    """The same statements in Turtle, always the same text where everything has a name; `base` completes addresses."""
    import rdflib  # noqa: PLC0415 - heavy: only what needs it pays for it

    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, address in CONTEXT.items():
        graph.bind("schema" if prefix == "@vocab" else prefix, address)
    for node in data.get("@graph", [data]):
        _add(graph, node, base)
    return graph.serialize(format="turtle")


def _add(graph: Any, node: Mapping[str, Any], base: str) -> Any:
    """Add what a node says; returns what it is called."""
    import rdflib  # noqa: PLC0415

    name = rdflib.URIRef(_address(node["@id"], base)) if "@id" in node else rdflib.BNode()
    for word, values in node.items():
        for value in values if isinstance(values, list) else [values]:
            if word == "@type":
                graph.add((name, rdflib.RDF.type, rdflib.URIRef(_expanded(value))))
            elif not word.startswith("@"):
                graph.add((name, rdflib.URIRef(_expanded(word)), _value(graph, word, value, base)))
    return name


def _value(graph: Any, word: str, value: Any, base: str) -> Any:
    import rdflib  # noqa: PLC0415

    if isinstance(value, Mapping) and "@value" in value:
        datatype = rdflib.URIRef(_expanded(value["@type"])) if "@type" in value else None
        return rdflib.Literal(value["@value"], lang=value.get("@language"), datatype=datatype)
    if isinstance(value, Mapping):
        return _add(graph, value, base)
    if word in ADDRESSES:
        return rdflib.URIRef(_address(value, base))
    return rdflib.Literal(value)


def _address(text: str, base: str) -> str:
    return quote(urljoin(base, text), safe=IN_ADDRESSES)


def _expanded(word: str) -> str:
    prefix, colon, rest = word.partition(":")
    return CONTEXT[prefix] + rest if colon else SCHEMA_ORG + word
