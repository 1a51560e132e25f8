"""Terms in schema.org's words."""

from django.urls import reverse

from v2xkb.records.languages import DATA_LANGUAGE, path_in
from v2xkb.records.linked_data import Absolute, Data
from v2xkb.records.pages import Page
from v2xkb.taxonomy.choices import Scheme


def term_data(page: Page, absolute: Absolute) -> Data:
    """A term of one of our vocabularies; a term of several senses has a description for each."""
    doc = page.tree
    scheme = Scheme(page.record.subtype)
    senses = [f"{sense['label'].raw}: {sense['definition'].raw}" for sense in doc["senses"]]
    definition = [doc["definition"].raw] if doc["definition"] else []
    return {
        "@type": "DefinedTerm",
        "name": doc["label"].raw,
        "alternateName": [node.raw for node in doc["alt_labels"]],
        "description": [*definition, *senses],
        "termCode": page.record.slug,
        "inDefinedTermSet": {
            "@type": "DefinedTermSet",
            "name": scheme.value.replace("-", " "),
            "url": absolute(path_in(DATA_LANGUAGE, reverse("taxonomy:tree"))),
        },
    }
