"""Releases as schema.org Datasets with their downloads, as search engines for data ask."""

from collections.abc import Iterable

from v2xkb.records.citation import AUTHOR, KNOWLEDGE_BASE, LICENCE_ADDRESS
from v2xkb.records.linked_data import CONTEXT, Absolute, Data, address_of, filled
from v2xkb.releases.dcat import DESCRIPTION
from v2xkb.releases.models import Release, ReleaseFile


def release_data(release: Release, files: Iterable[ReleaseFile], absolute: Absolute) -> Data:
    """One release with all that can be had of it."""
    address = address_of(release, absolute)
    data = {
        "@type": "Dataset",
        "@id": f"{address}#this",
        "name": f"{KNOWLEDGE_BASE}, release {release.version}",
        "description": f"{DESCRIPTION} {release.notes}".strip(),
        "url": address,
        "identifier": [f"https://doi.org/{release.doi}"] if release.doi else [f"sha256:{release.identity}"],
        "version": release.version,
        "datePublished": release.made_at.date().isoformat() if release.made_at else None,
        "dateModified": release.day,
        "license": LICENCE_ADDRESS,
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": AUTHOR},
        "keywords": ["vehicle-to-everything", "vehicle-to-grid", "bidirectional charging", "smart charging"],
        "includedInDataCatalog": {"@type": "DataCatalog", "name": KNOWLEDGE_BASE, "url": absolute("/data/")},
        "distribution": [download(file, absolute) for file in files],
    }
    return {"@context": CONTEXT, **filled(data)}


def download(file: ReleaseFile, absolute: Absolute) -> Data:
    return {
        "@type": "DataDownload",
        "name": file.path,
        "encodingFormat": file.content_type.partition(";")[0],
        "contentUrl": absolute(file.get_absolute_url()),
        "contentSize": str(file.size),
        "sha256": file.sha256,
    }


def catalogue_data(releases: Iterable[Release], absolute: Absolute) -> Data:
    """The catalogue of all releases, each by name and address; their own pages tell more."""
    address = absolute("/data/")
    listed = [
        {
            "@type": "Dataset",
            "@id": f"{address_of(release, absolute)}#this",
            "name": f"{KNOWLEDGE_BASE}, release {release.version}",
            "description": DESCRIPTION,
            "url": address_of(release, absolute),
            "version": release.version,
            "license": LICENCE_ADDRESS,
            "creator": {"@type": "Organization", "name": AUTHOR},
        }
        for release in releases
    ]
    data = {
        "@type": "DataCatalog",
        "@id": f"{address}#this",
        "name": KNOWLEDGE_BASE,
        "description": DESCRIPTION,
        "url": address,
        "license": LICENCE_ADDRESS,
        "creator": {"@type": "Organization", "name": AUTHOR},
        "dataset": listed,
    }
    return {"@context": CONTEXT, **filled(data)}
