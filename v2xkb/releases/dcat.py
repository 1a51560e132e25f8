"""Releases as DCAT describes datasets: their files, their versions, and the catalogue that holds them."""

from collections.abc import Callable, Iterable

from v2xkb.records.citation import AUTHOR, KNOWLEDGE_BASE, LICENCE_ADDRESS
from v2xkb.records.linked_data import Data, filled
from v2xkb.releases.contents import content_type_of

MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
DESCRIPTION = (
    "Projects of vehicle-to-everything (V2X) charging, the barriers they meet, the terms of the field and the "
    "literature behind them, each value with its source."
)


def dataset(name: str, version: str, day: str, files: Iterable[tuple[str, str]], notes: str = "") -> Data:
    """One release called `name`; `files` are (path, address)."""
    return filled(
        {
            "@id": name,
            "@type": "dcat:Dataset",
            "dcterms:title": english(f"{KNOWLEDGE_BASE}, release {version}"),
            "dcterms:description": english(f"{DESCRIPTION} {notes}".strip()),
            "dcterms:license": {"@id": LICENCE_ADDRESS},
            "dcterms:publisher": publisher(),
            "dcterms:identifier": f"v2xkb-{version}",
            "dcterms:issued": {"@value": day, "@type": "xsd:date"} if day else None,
            "dcat:version": version,
            "dcat:keyword": [english(word) for word in ("vehicle-to-everything", "vehicle-to-grid", "smart charging")],
            "dcat:distribution": [distribution(name, path, address) for path, address in files],
        }
    )


def distribution(name: str, path: str, address: str) -> Data:
    media_type = content_type_of(path).partition(";")[0]
    return {
        "@id": f"{name}#{path}",
        "@type": "dcat:Distribution",
        "dcterms:title": english(path),
        "dcterms:license": {"@id": LICENCE_ADDRESS},
        "dcat:downloadURL": {"@id": address},
        "dcat:accessURL": {"@id": address},
        "dcat:mediaType": {"@id": f"{MEDIA_TYPES}{media_type}"},
    }


def catalogue(address: str, datasets: Iterable[Data], absolute: Callable[[str], str]) -> Data:
    """All datasets at one stable address."""
    return {
        "@id": f"{address}#this",
        "@type": "dcat:Catalog",
        "dcterms:title": english(KNOWLEDGE_BASE),
        "dcterms:description": english(DESCRIPTION),
        "dcterms:license": {"@id": LICENCE_ADDRESS},
        "dcterms:publisher": publisher(),
        "dcterms:language": "en",
        "dcat:landingPage": {"@id": absolute("/data/")},
        "dcat:dataset": list(datasets),
    }


def publisher() -> Data:
    return {"@id": "urn:uuid:6c1d5a0e-8a53-4c0e-9a39-2b7d3c5d4b11", "@type": "Organization", "name": AUTHOR}


def english(text: str) -> Data:
    return {"@value": text, "@language": "en"}
