"""Pages as schema.org describes them: only what the documents hold, nothing for what is not known."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from v2xkb.records.citation import AUTHOR, KNOWLEDGE_BASE, LICENCE_ADDRESS
from v2xkb.records.languages import DATA_LANGUAGE, path_in
from v2xkb.records.models import Record
from v2xkb.records.nodes import Node
from v2xkb.records.pages import Page

Data = dict[str, Any]
# Makes an absolute address of a path.
Absolute = Callable[[str], str]


class Shown(Protocol):
    """What has a page, and a name to lead there by: a record, a release."""

    @property
    def label(self) -> str: ...

    def get_absolute_url(self) -> str: ...


CONTEXT = "https://schema.org"
# As Django's own json_script: nothing in it can end the element or begin a comment.
IN_MARKUP = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def linked_data(page: Page, absolute: Absolute, described: Data | None) -> Data:
    """What a record describes, and the page as what tells of it; the page alone where nothing is described."""
    told = web_page(page, absolute)
    if described is None:
        return {"@context": CONTEXT, **told}
    # Apart from the page's own address: what is told of the page is not told of the thing.
    return {"@context": CONTEXT, **filled(described), "@id": thing(page.record, absolute), "mainEntityOfPage": told}


def web_page(page: Page, absolute: Absolute) -> Data:
    record = page.record
    address = address_of(record, absolute)
    return {
        "@type": "WebPage",
        "@id": address,
        "url": address,
        "name": record.label,
        "identifier": {"@type": "PropertyValue", "propertyID": "v2xkb", "value": record.pid},
        "version": record.version,
        "dateModified": record.revision.at.date().isoformat(),
        "license": LICENCE_ADDRESS,
        "inLanguage": DATA_LANGUAGE,
        "isPartOf": {"@type": "WebSite", "name": "v2xkb", "url": absolute(path_in(DATA_LANGUAGE, "/"))},
        **filled({"citation": [cited(source.record, absolute) for source in page.footnotes.sources]}),
    }


def cited(reference: Record, absolute: Absolute) -> Data:
    return {"@type": "CreativeWork", "name": reference.label, "url": address_of(reference, absolute)}


def address_of(shown: Shown, absolute: Absolute) -> str:
    """Where something stands, whatever the language of the page that speaks of it."""
    return absolute(path_in(DATA_LANGUAGE, shown.get_absolute_url()))


def named(node: Node, kind: str, absolute: Absolute) -> Data:
    """What a link of a document leads to."""
    if node.target is None:
        raise ValueError(f"{node.path} is no link to a record")
    return {"@type": kind, "name": node.target.label, "url": address_of(node.target, absolute)}


def filled(data: Mapping[str, Any]) -> Data:
    """Without the keys that hold nothing."""
    return {name: value for name, value in data.items() if value not in (None, "", [], {})}


def catalogue(name: str, description: str, address: str, changed: str, files: Mapping[str, tuple[str, str]]) -> Data:
    """The knowledge base as a schema.org Dataset; `files` maps a label to (content type, absolute address).

    `changed` is the ISO date of the latest revision, empty before there is one. Search engines take descriptions from
    50 to 5,000 characters.
    """
    if not 50 <= len(description) <= 5000:
        raise ValueError(f"the description has {len(description)} characters; 50 to 5,000 are taken")
    downloads = [
        {"@type": "DataDownload", "name": label, "encodingFormat": content_type, "contentUrl": where}
        for label, (content_type, where) in files.items()
    ]
    data = {
        "@type": "Dataset",
        "@id": f"{address}#this",
        "name": name,
        "description": description,
        "url": address,
        "license": LICENCE_ADDRESS,
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": AUTHOR},
        "includedInDataCatalog": {"@type": "DataCatalog", "name": KNOWLEDGE_BASE},
        "dateModified": changed,
        "distribution": downloads,
    }
    return {"@context": CONTEXT, **filled(data)}


def json_ld(data: Mapping[str, Any]) -> str:
    """As a document of its own."""
    return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def item_list(name: str, address: str, total: int, items: Iterable[tuple[str, str]]) -> Data:
    """The part of a list that a page shows; `items` are (label, address), `total` is how long the whole list is."""
    listed = [
        {"@type": "ListItem", "position": position, "name": label, "url": where}
        for position, (label, where) in enumerate(items, start=1)
    ]
    told = {"@type": "ItemList", "@id": f"{address}#this", "name": name, "url": address}
    return {"@context": CONTEXT, **told, "numberOfItems": total, "itemListElement": listed}


def thing(record: Record, absolute: Absolute) -> str:
    """What a record tells of is called by its permanent id, which stays when names change."""
    return absolute(path_in(DATA_LANGUAGE, reverse("thing", args=[record.pid])))


def data_block(data: Mapping[str, Any]) -> SafeString:
    """A script element that holds data: browsers do not run it, and no policy of the site forbids it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False).translate(IN_MARKUP)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 - escaped above
