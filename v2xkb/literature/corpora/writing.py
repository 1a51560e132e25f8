"""Writes what a batch of rows told: new publications, completed ones, identifiers, members of the corpus."""

import json
from collections.abc import Sequence
from typing import Any

from v2xkb.literature.corpora.finding import keyword_keys, title_tokens
from v2xkb.literature.corpora.matching import Held
from v2xkb.literature.corpus_models import CorpusFile, Identifier, Membership, Publication
from v2xkb.records.bulk import insert, new_keys

PLAIN = ("title", "year", "venue", "type", "language", "cited_by", "abstract")
TEXT_OF = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
JSON = ("authors", "countries", "author_keywords", "index_keywords")
# What lists are searched by.
FOUND_BY = ("title_tokens", "keyword_keys")
# What an export completes; titles stay as they were first told.
COMPLETED = ("match_key", *PLAIN[1:], *JSON, "keyword_keys")


def write(file: CorpusFile, told: Sequence[Held]) -> list[int]:
    """Publications are new or completed; the keys of the new ones, in order."""
    new = [held for held in told if held.pk is None]
    keys = new_keys(Publication, len(new))
    for held, pk in zip(new, keys, strict=True):
        held.pk = pk
    names = ("id", "match_key", *PLAIN, *JSON, *FOUND_BY)
    insert(Publication, names, [(held.pk, held.key, *columns(held)) for held in new])
    complete(told)
    for held in told:
        for old in held.absorbed:
            give_way(old, held)
    called = [(held.pk, scheme, value) for held in told for scheme, value in held.added]
    insert(Identifier, ("publication", "scheme", "value"), called)
    members = set(Membership.objects.among(file.corpus_id, [held.pk for held in told if held.pk is not None]))
    added = [(file.corpus_id, held.pk, file.pk) for held in told if held.pk not in members]
    insert(Membership, ("corpus", "publication", "file"), added)
    return keys


def columns(held: Held) -> list[Any]:
    told = held.publication
    plain = [getattr(told, name) for name in PLAIN]
    found_by = [title_tokens(told.title), keyword_keys(told.author_keywords, told.index_keywords)]
    return plain + [TEXT_OF(getattr(told, name)) for name in JSON] + found_by


def complete(told: Sequence[Held]) -> None:
    changed = []
    for held in told:
        if held.is_changed and isinstance(held.publication, Publication):
            one = held.publication
            one.match_key, one.keyword_keys = held.key, keyword_keys(one.author_keywords, one.index_keywords)
            changed.append(one)
    if changed:
        Publication.objects.bulk_create(changed, update_conflicts=True, unique_fields=["id"], update_fields=COMPLETED)


def give_way(old: int, held: Held) -> None:
    """Hand over what a stored publication had that turned out to be another, and let it go."""
    if held.pk is not None:
        Identifier.objects.pass_on(old, held.pk)
        Membership.objects.pass_on(old, held.pk)
    Publication.objects.get(pk=old).delete()
