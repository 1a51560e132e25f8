"""Terms and their schemes in SKOS, whatever they are called by."""

from collections.abc import Callable
from typing import Any

from v2xkb.records.languages import DATA_LANGUAGE
from v2xkb.records.linked_data import Data, filled

# Slug of a term -> what it is called.
Naming = Callable[[str], str]


def concept(term: Any, name: str, naming: Naming, scheme: str) -> Data:
    """A term's document as a concept called `name`; terms of its crosswalk mean nearly the same."""

    def called(slugs: Any) -> list[Data]:
        return [{"@id": naming(slug)} for slug in slugs if slug]

    data = {
        "@id": name,
        "@type": "skos:Concept",
        "skos:inScheme": {"@id": scheme},
        "skos:topConceptOf": None if term.broader else {"@id": scheme},
        "skos:prefLabel": words(term.label),
        "skos:altLabel": [words(label) for label in term.alt_labels],
        "skos:definition": words(term.definition),
        "skos:scopeNote": words(term.scope_note),
        "skos:broader": called([term.broader]),
        "skos:related": called(term.related),
        "skos:closeMatch": called(term.crosswalk),
        "skos:notation": term.slug,
        "dcterms:identifier": term.id,
    }
    return filled(data)


def words(text: str | None) -> Data | None:
    return {"@value": text, "@language": DATA_LANGUAGE} if text else None
