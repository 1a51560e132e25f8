"""The records of a release as linked data: names that no address of a site is part of, terms as SKOS."""

from collections.abc import Iterator, Mapping
from typing import Any

from v2xkb.records.canonical import dump
from v2xkb.records.citation import KNOWLEDGE_BASE, LICENCE_ADDRESS
from v2xkb.records.documents import Document
from v2xkb.records.feeds import entry_id
from v2xkb.records.graphs import CONTEXT, as_turtle
from v2xkb.records.linked_data import Data, filled
from v2xkb.records.paths import leaves
from v2xkb.releases.states import State
from v2xkb.taxonomy.choices import Scheme
from v2xkb.taxonomy.skos import concept, words

# What a record tells of, in schema.org's words; a page where it has none.
TYPES = {
    "project": "Project",
    "organisation": "Organization",
    "reference": "CreativeWork",
    "term": "DefinedTerm",
    "claim": "Claim",
    "collection": "Collection",
}
DESCRIBING = ("summary", "description", "definition", "statement", "text")
OTHER_NAMES = ("full_name", "alt_names", "alt_labels")

Names = Mapping[tuple[str, str], str]


def rdf_files(state: State) -> Iterator[tuple[str, str]]:
    """(path, text): every record in JSON-LD and Turtle, the terms in SKOS as well."""
    names = {(one.kind, one.slug): entry_id(one.id) for one in state.documents.values()}
    records = {"@context": CONTEXT, "@graph": list(_records(state, names))}
    yield "rdf/records.jsonld", dump(records)
    yield "rdf/records.ttl", as_turtle(records)
    yield "rdf/terms.ttl", as_turtle({"@graph": list(skos(state.of_kind("term"), names))})


def _records(state: State, names: Names) -> Iterator[Data]:
    for document in sorted(state.documents.values(), key=lambda one: one.id):
        yield _record(document, names)


def _record(document: Any, names: Names) -> Data:
    """Name, description and what the values of a record name; `citation` are the sources behind them."""
    linked: dict[str, None] = {}
    cited: dict[str, None] = {}
    for leaf in leaves(document):
        if leaf.link and (name := names[leaf.link.kind, str(leaf.value)]):
            behind = leaf.path.split("/")[0] in ("basis", "conflicts")
            (cited if behind else linked)[name] = None
    others = [text for name in OTHER_NAMES for text in _texts(getattr(document, name, None))]
    described = (getattr(document, name, None) for name in DESCRIBING)
    doi = getattr(document, "doi", None)
    data = {
        "@id": entry_id(document.id),
        "@type": TYPES.get(document.kind, "Thing"),
        "additionalType": document.kind,
        "identifier": document.id,
        "name": document.display_name,
        "alternateName": others,
        "description": next((text for text in described if text), None),
        "url": getattr(document, "url", None),
        "sameAs": f"https://doi.org/{doi}" if doi else None,
        "mentions": [{"@id": name} for name in sorted(linked)],
        "citation": [{"@id": name} for name in sorted(cited)],
    }
    return filled(data)


def _texts(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or [])


def skos(terms: list[Document], names: Names) -> Iterator[Data]:
    """Every scheme with its terms."""
    for scheme in Scheme:
        yield {
            "@id": scheme_id(scheme),
            "@type": "skos:ConceptScheme",
            "skos:prefLabel": words(str(scheme.label)),
            "skos:notation": scheme.value,
            "dcterms:isPartOf": KNOWLEDGE_BASE,
            "dcterms:license": {"@id": LICENCE_ADDRESS},
        }
    for term in terms:
        yield concept(term, entry_id(term.id), lambda slug: names["term", slug], scheme_id(term.subtype))


def scheme_id(scheme: str) -> str:
    return entry_id(f"scheme {scheme}")
