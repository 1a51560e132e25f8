"""What each record is found by, kept beside it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.db import DatabaseError, connection, transaction

from v2xkb.records import registry
from v2xkb.records.chunking import BATCH, Span, chunks
from v2xkb.records.documents import Document
from v2xkb.records.languages import in_data_language
from v2xkb.records.models import Link, Record, SearchEntry, SearchPhrase
from v2xkb.records.problems import InvalidDocuments, Problem
from v2xkb.records.registry import Labels, SearchText, Tier
from v2xkb.records.tokens import names_of, same_tokens, tokens_of

# PostgreSQL's tsvector holds 1 MiB of tokens.
MOST_CHARACTERS = 1_000_000
# The texts whose tokens are kept: two thousand of them take about as many kilobytes.
LONGEST_KEPT = 60

Row = tuple[Any, ...]


def refresh(records: Sequence[Record], documents: Mapping[int, Document] | None = None) -> None:
    """Write the search entries of these records anew, and of those that name one whose label has changed.

    `documents` are those of records, by primary key, that are at hand and so are not read again.
    """
    keys = [record.pk for record in records]
    labels = {key: label for chunk in chunks(keys) for key, label in SearchEntry.objects.labels_of(chunk).items()}
    relabelled = [record.pk for record in records if labels.get(record.pk, record.label) != record.label]
    naming = {key for chunk in chunks(relabelled) for key in Link.objects.order_by().naming(chunk)} - set(keys)
    others = [record for chunk in chunks(sorted(naming)) for record in Record.objects.in_bulk(chunk).values()]
    entries, phrases = computed([*records, *others], linked_labels([*keys, *naming]), documents)
    for chunk in chunks([entry.pk for entry in entries]):
        SearchPhrase.objects.of(chunk).delete()
    SearchEntry.objects.bulk_create(
        entries,
        batch_size=BATCH,
        update_conflicts=True,
        update_fields=["label", "a", "b", "c"],
        unique_fields=["record"],
    )
    SearchPhrase.objects.bulk_create(phrases, batch_size=BATCH)


def rebuild(records: Sequence[Record]) -> None:
    """Write all entries anew, whatever state they and SQLite's index are in."""
    if connection.vendor == "sqlite":
        # First, for its triggers fail where the index does not hold what they take out.
        _index_command("INSERT INTO records_searchindex(records_searchindex) VALUES ('rebuild')")
    refresh(records)


def forget(records: Sequence[int]) -> None:
    """Drop the search entries of withdrawn records."""
    for chunk in chunks(records):
        SearchPhrase.objects.of(chunk).delete()
        SearchEntry.objects.of(chunk).delete()


def computed(
    records: Sequence[Record], labels: Mapping[int, Labels], documents: Mapping[int, Document] | None = None
) -> tuple[list[SearchEntry], list[SearchPhrase]]:
    """The entries and phrases that the documents give, with the labels of what each names.

    Raises InvalidDocuments for documents too long to be indexed.
    """
    entries, phrases, problems = [], [], []
    for record in records:
        text = text_of(record, labels.get(record.pk, {}), (documents or {}).get(record.pk))
        entry = entry_of(record, text)
        if len(entry.a) + len(entry.b) + len(entry.c) > MOST_CHARACTERS:
            remedy = "Split the record."
            problems.append(Problem(f"{record.kind}/{record.slug}", "", "more words than search can take", remedy))
        entries.append(entry)
        phrases += phrases_of(record.pk, text)
    if problems:
        raise InvalidDocuments(problems)
    return entries, phrases


def linked_labels(keys: Sequence[int]) -> dict[int, Labels]:
    labels: dict[int, dict[tuple[str, str], str]] = defaultdict(dict)
    for chunk in chunks(keys):
        for key, kind, slug, label in Link.objects.labels_named_by(chunk):
            labels[key][kind, slug] = label
    return dict(labels)


def texts_of(records: Sequence[Record]) -> dict[int, SearchText]:
    """What each record is found by, read off its document, whatever language asks; one query."""
    labels = linked_labels([record.pk for record in records])
    return {record.pk: text_of(record, labels.get(record.pk, {})) for record in records}


def text_of(record: Record, labels: Labels, document: Document | None = None) -> SearchText:
    kind = registry.kind(record.kind)
    with in_data_language():
        return kind.search_text(document or kind.document.model_validate_json(record.document), labels)


def entry_of(record: Record, text: SearchText) -> SearchEntry:
    """A record is also found by its kind's name and by its slug."""
    entry = SearchEntry(record_id=record.pk, label=record.label)
    if any(text.within(tier) for tier in Tier):
        tiers = tokens_by_tier(text, record.kind, record.slug)
        entry.a, entry.b, entry.c = (" ".join(sorted(tokens)) for tokens in tiers)
    return entry


def tokens_by_tier(text: SearchText, kind: str = "", slug: str = "") -> tuple[set[str], set[str], set[str]]:
    """A token stands in the best of its tiers only."""
    named, about, told = (text.within(tier) for tier in Tier)
    a = names_of(named).union(_tokens(kind), *map(tokens_of, named))
    b = tokens_of(slug).union(*map(_tokens, about)) - a
    c: set[str] = set().union(*map(_tokens, told)) - a - b
    return a, b, c


def _tokens(text: str) -> frozenset[str]:
    """Labels, countries and what is said of many come again and again; what is long is told but once."""
    return _tokens_again(text) if len(text) <= LONGEST_KEPT else frozenset(tokens_of(text))


@lru_cache(maxsize=2000)
def _tokens_again(text: str) -> frozenset[str]:
    return frozenset(tokens_of(text))


def phrases_of(key: int, text: SearchText) -> list[SearchPhrase]:
    """None where there is only one: it stands for itself anyway."""
    tokens = same_tokens(text.same)
    return [SearchPhrase(record_id=key, phrase=name, tokens=tokens[name]) for name in tokens if len(tokens) > 1]


class Examined:
    """Where stored entries and phrases differ from what the documents give, looked at a piece after the other."""

    def __init__(self) -> None:
        self._entries: dict[int, str] = {}
        self._phrases: dict[int, str] = {}

    def look_at(self, records: Sequence[Record], documents: Mapping[int, Document], labels: Labels, span: Span) -> None:
        """`labels` are those of all records; no other record's key lies in the span."""
        places = {record.pk: f"{record.kind}/{record.slug}" for record in records}
        entries, phrases = computed(records, dict.fromkeys(places, labels), documents)
        wanted: set[Row] = {(entry.pk, entry.label, entry.a, entry.b, entry.c) for entry in entries}
        stored = SearchEntry.objects.filter(**span.at("record")).values_list("record", "label", "a", "b", "c")
        self._entries |= _differing(places, wanted, set(stored))
        wanted = {(row.record_id, row.phrase, row.tokens) for row in phrases}
        named = SearchPhrase.objects.filter(**span.at("record")).values_list("record", "phrase", "tokens")
        self._phrases |= _differing(places, wanted, set(named))

    def problems(self) -> Iterator[Problem]:
        for place in (*self._entries.values(), *self._phrases.values()):
            yield Problem(place, "", "its search entry differs from its document", "Run doctor --repair.")
        if connection.vendor == "sqlite" and not _index_is_whole():
            yield Problem("search", "", "SQLite's index differs from the entries", "Run doctor --repair.")


def _differing(places: Mapping[int, str], wanted: set[Row], stored: set[Row]) -> dict[int, str]:
    """Keys and places of the records whose rows differ."""
    return {key: places.get(key, str(key)) for key in sorted({row[0] for row in wanted ^ stored})}


def _index_is_whole() -> bool:
    """FTS5's own check of its index against the table it indexes."""
    try:
        with transaction.atomic():
            _index_command("INSERT INTO records_searchindex(records_searchindex, rank) VALUES ('integrity-check', 1)")
    except DatabaseError:
        return False
    return True


def _index_command(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
