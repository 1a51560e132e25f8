"""The one adapter of rdflib: linked data that is written as JSON-LD, in Turtle too."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from itertools import count
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
    """The same statements in Turtle; the same data always give the same text. `base` completes addresses."""
    import rdflib  # noqa: PLC0415 - heavy: only what needs it pays for it

    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, address in CONTEXT.items():
        graph.bind("schema" if prefix == "@vocab" else prefix, address)
    writer = _Writer(rdflib, graph, base)
    for node in data.get("@graph", [data]):
        writer.add(node)
    serializer: Any = rdflib.plugin.get("turtle", rdflib.serializer.Serializer)(graph)
    # Asked at every mention of an address; rdflib keeps only those that have a prefix. No prefix comes after these.
    serializer.get_pname = cache(serializer.get_pname)
    stream = BytesIO()
    serializer.serialize(stream)
    return stream.getvalue().decode()


@dataclass
class _Writer:
    """Puts nodes into a graph; what has no name is told apart by a number, in the order of the data."""

    rdflib: Any
    graph: Any
    base: str
    nameless: Iterator[int] = field(default_factory=count)

    def add(self, node: Mapping[str, Any]) -> Any:
        """Add what a node says; returns what it is called."""
        name = self.address(node["@id"]) if "@id" in node else self.rdflib.BNode(f"b{next(self.nameless):06}")
        for word, values in node.items():
            for value in values if isinstance(values, list) else [values]:
                if word == "@type":
                    self.graph.add((name, self.rdflib.RDF.type, self.rdflib.URIRef(_expanded(value))))
                elif not word.startswith("@"):
                    self.graph.add((name, self.rdflib.URIRef(_expanded(word)), self.value(word, value)))
        return name

    def value(self, word: str, value: Any) -> Any:
        if isinstance(value, Mapping) and "@value" in value:
            datatype = self.rdflib.URIRef(_expanded(value["@type"])) if "@type" in value else None
            return self.rdflib.Literal(value["@value"], lang=value.get("@language"), datatype=datatype)
        if isinstance(value, Mapping):
            return self.add(value)
        return self.address(value) if word in ADDRESSES else self.rdflib.Literal(value)

    def address(self, text: str) -> Any:
        return self.rdflib.URIRef(quote(urljoin(self.base, text), safe=IN_ADDRESSES))


def _expanded(word: str) -> str:
    prefix, colon, rest = word.partition(":")
    return CONTEXT[prefix] + rest if colon else SCHEMA_ORG + word
