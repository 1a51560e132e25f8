"""Names to offer while somebody still writes what to search for."""

from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.translation import pgettext

from v2xkb.records.folding import sort_key
from v2xkb.records.models import Record
from v2xkb.records.search import SOURCES, Found, Search, read
from v2xkb.records.search_pages import pages_named

MOST = 10
# A name may be worn by several records, such as a project and the page about it; it is offered once.
READ = 30
OFFERED = 20


@dataclass(frozen=True)
class Name:
    """A name to offer, what has it, and where that is."""

    label: str
    kind: str
    address: str


def offered(text: str) -> list[Name]:
    """Names of records, each once, and of other pages: those of sources last, before them those of pages.

    Only names are offered, for browsers show of the offers those that hold what was written. Two queries, and one for
    each source of pages that has any to ask. Raises Unsearchable.
    """
    search = read(text) if text.strip() else None
    if search is None:
        return []
    names = [
        (record.kind == SOURCES, Name(record.label, kind_named(record.kind), record.get_absolute_url()))
        for record in suggested(search, text)
    ]
    pages = [Name(str(page.label), str(page.kind), str(page.address)) for page in pages_named(search)]
    mine, sources = ([name for last, name in names if last == is_last] for is_last in (False, True))
    return [*mine, *pages, *sources][:MOST]


def kind_named(kind: str) -> str:
    return pgettext("kind", kind.replace("-", " "))


def suggested(search: Search, text: str) -> list[Record]:
    """Records with all words, or beginnings of words, of the text in their names, each name once; one query.

    Names that begin with the text first, sources last.
    """
    held = Q(Found(search.name, "a")) | Q(Found(search.loose, "a"))
    begins = Case(When(sort_key__startswith=sort_key(text), then=0), default=1, output_field=IntegerField())
    source = Case(When(kind=SOURCES, then=Value(1)), default=Value(0), output_field=IntegerField())
    found = Record.objects.without_documents().filter(held).order_by(begins, source, "sort_key", "pid")[:READ]
    best_of: dict[str, Record] = {}
    for record in found:
        best_of.setdefault(record.sort_key, record)
    return list(best_of.values())[:MOST]


def offers(kind: str, text: str) -> list[Record]:
    """Records of a kind that a link may lead to, by words of their names or a piece of their slugs; two queries.

    Those that begin with the text come first. Records of one name are all offered: each has a slug of its own. Raises
    Unsearchable.
    """
    search = read(text) if text.strip() else None
    if search is None:
        return []
    written = sort_key(text)
    held = Q(Found(search.name, "a")) | Q(Found(search.loose, "a")) | Q(slug__contains=written.replace(" ", "-"))
    begins = Q(sort_key__startswith=written) | Q(slug__startswith=written.replace(" ", "-"))
    first = Case(When(begins, then=0), default=1, output_field=IntegerField())
    found = Record.objects.of_kind(kind).without_documents().filter(held)
    return list(found.order_by(first, "sort_key", "pid")[:OFFERED])
