"""How to cite a record, and the publication that a record may describe."""

from collections.abc import Callable
from dataclasses import dataclass

from v2xkb.records import citation_text, registry
from v2xkb.records.citation_text import Item
from v2xkb.records.models import Record

# The same name as in CITATION.cff: the knowledge base has no other author.
AUTHOR = "The v2xkb contributors"
KNOWLEDGE_BASE = "v2xkb, a knowledge base of V2X projects, barriers, terms and literature"
LICENCE = "CC BY 4.0"
LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class Form:
    """A file format of citations."""

    name: str
    label: str
    extension: str
    content_type: str
    write: Callable[[Item], str]


FORMS = (
    Form("bibtex", "BibTeX", "bib", "application/x-bibtex; charset=utf-8", citation_text.bibtex),
    Form("ris", "RIS", "ris", "application/x-research-info-systems; charset=utf-8", citation_text.ris),
    Form("csl-json", "CSL-JSON", "json", "application/vnd.citationstyles.csl+json", citation_text.csl_json),
    Form("text", "text", "txt", "text/plain; charset=utf-8", citation_text.sentence),
)


@dataclass(frozen=True)
class Download:
    """A citation in one form; `name` asks for it in the page's address."""

    name: str
    form: Form
    item: Item

    @property
    def content(self) -> str:
        return self.form.write(self.item)

    @property
    def file_name(self) -> str:
        return f"{self.item['id']}.{self.form.extension}"


@dataclass(frozen=True)
class Citation:
    """One thing that can be cited from a page: the record itself, or the publication that it describes."""

    item: Item
    prefix: str = ""

    @property
    def is_publication(self) -> bool:
        return bool(self.prefix)

    @property
    def text(self) -> str:
        return citation_text.sentence(self.item)

    @property
    def bibtex(self) -> str:
        return citation_text.bibtex(self.item)

    @property
    def downloads(self) -> list[Download]:
        return [Download(self.prefix + form.name, form, self.item) for form in FORMS]


def citations(record: Record, address: str, publication: Item | None = None) -> list[Citation]:
    """What a record's page offers to cite; `address` is the absolute address of that page."""
    described = [Citation(publication, "publication-")] if publication else []
    return [Citation(record_item(record, address)), *described]


def record_item(record: Record, address: str) -> Item:
    """The record as it stands: the version says which, the permanent id stays through renames."""
    kind = registry.kind(record.kind).name.replace("-", " ")
    changed = record.revision.at.date().isoformat()
    return {
        "id": f"v2xkb-{record.pid}-{record.version}",
        "type": "webpage",
        "title": record.label,
        "author": [{"literal": AUTHOR}],
        "container-title": KNOWLEDGE_BASE,
        "issued": citation_text.issued(changed),
        "version": str(record.version),
        "license": LICENCE,
        "note": f"Record of a {kind}, permanent id {record.pid}, version {record.version}, "
        f"last changed {changed}, {LICENCE}",
        "URL": address,
    }
