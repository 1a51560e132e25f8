"""OpenAlex' table of works: nested fields are columns with dots, several values stand between bars."""

from v2xkb.literature.importers.document_types import document_type
from v2xkb.literature.importers.entries import MOST_AUTHORS, MOST_KEYWORDS, Entry, once, split
from v2xkb.literature.importers.openalex import bare_id
from v2xkb.literature.importers.tables import Cells, Layout
from v2xkb.literature.importers.texts import plain

BAR = "|"


def fill(entry: Entry, cells: Cells) -> None:
    entry.take_title(cells.get("title") or cells.get("display_name", ""))
    entry.take_year(cells["publication_year"])
    entry.venue = plain(cells.get("primary_location.source.display_name", ""))
    entry.type = document_type(cells.get("type", ""))
    entry.take_language(cells.get("language", ""))
    entry.take_cited_by(cells.get("cited_by_count", ""))
    entry.take_abstract(cells.get("abstract", ""))
    entry.take_doi(cells.get("doi", ""))
    entry.take_identifier("openalex", bare_id(cells["id"]))
    entry.take_identifier("pmid", bare_id(cells.get("ids.pmid", "")))
    entry.index_keywords = split(cells.get("keywords.display_name", ""), BAR, MOST_KEYWORDS)
    names = split(cells.get("authorships.author.display_name", ""), BAR, MOST_AUTHORS)
    entry.authors = [{"name": name} for name in names]
    codes = cells.get("authorships.countries", "").replace(",", BAR).split(BAR)
    entry.countries = once(code.strip().upper() for code in codes if len(code.strip()) == 2)


OPENALEX_CSV = Layout("OpenAlex CSV", frozenset({"id", "publication_year"}), fill)
