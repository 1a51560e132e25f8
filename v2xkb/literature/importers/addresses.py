"""DOIs and web addresses as databases write them, in the one form that references keep."""

import re

from v2xkb.literature.importers.parsed import Gathering

RESOLVER = re.compile(r"^(?:https?://)?(?:(?:dx|www)\.)?doi\.org/+", re.IGNORECASE)
PREFIX = re.compile(r"^(?:doi|urn:doi|info:doi/)\s*:?\s*", re.IGNORECASE)
DOI_ADDRESS = re.compile(r"^https?://(?:(?:dx|www)\.)?doi\.org/+(10\.\d{4,9}/[^\s?#]+)", re.IGNORECASE)


def bare_doi(text: str) -> str:
    """The DOI in lower case, without resolver or prefix."""
    return RESOLVER.sub("", PREFIX.sub("", text.strip())).strip().lower()


def take_doi(into: Gathering, text: str, line: int = 0) -> None:
    doi = bare_doi(text)
    if doi and not doi.startswith("10."):
        into.complain(
            "doi", "it was left out: this is no DOI", "A DOI begins with 10. and has a slash.", value=text, line=line
        )
    else:
        into.put("doi", doi, line)


def take_url(into: Gathering, text: str, line: int = 0) -> None:
    """The address; one of the resolver gives the DOI too where the source names none."""
    address = text.strip()
    if address.lower().startswith("www."):
        address = f"https://{address}"
        into.complain("url", "the address lacked its scheme", "It was taken with https://.", value=text, line=line)
    into.put("url", address, line)


def complete_doi(into: Gathering) -> None:
    """A DOI that only the address names."""
    found = DOI_ADDRESS.match(into.data.get("url", ""))
    if found and "doi" not in into.data:
        into.put("doi", found[1].lower())
