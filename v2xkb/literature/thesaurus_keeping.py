"""Keeps the thesaurus of a corpus, or of our own references, once it can be followed to its end."""

import hashlib
from typing import Any

from django.db import transaction

from v2xkb.literature.corpus_models import Corpus
from v2xkb.literature.maps.faults import InvalidMap
from v2xkb.literature.maps.files.texts import decoded
from v2xkb.literature.maps.thesauri import Thesaurus, read_thesaurus
from v2xkb.literature.thesaurus_models import MapThesaurus
from v2xkb.records.apply import note_change
from v2xkb.records.problems import InvalidDocuments, Problem, shown

NAME_LENGTH = 200
MOST_BYTES = 5_000_000


def read(name: str, raw: bytes) -> tuple[str, Thesaurus]:
    """The text of a thesaurus file and what it says; raises InvalidDocuments with the line of the fault."""
    if len(raw) > MOST_BYTES:
        remedy = f"A thesaurus has at most {MOST_BYTES:,} bytes."
        raise InvalidDocuments([Problem(name, "", "the file is too large", remedy, f"{len(raw):,} bytes")])
    try:
        text = decoded(raw, name)
        if "\x00" in text:
            line = text[: text.index("\x00")].count("\n") + 1
            raise InvalidMap(f"{name}, line {line}", "a text has no NUL character", "Take it out.", "\x00")
        return text, read_thesaurus(text, name)
    except InvalidMap as error:
        raise InvalidDocuments([Problem(error.place, "", error.message, error.remedy, shown(error.value))]) from error


@transaction.atomic
def keep(corpus: Corpus | None, name: str, raw: bytes, *, by: Any, signed: str) -> MapThesaurus:
    """In place of the one that is there; raises InvalidDocuments. `signed` is how history names `by`."""
    name = name[-NAME_LENGTH:]
    text, _ = read(name, raw)
    told = {"name": name, "text": text, "sha256": hashlib.sha256(text.encode()).hexdigest(), "by": by}
    held, _ = MapThesaurus.objects.update_or_create(corpus=corpus, defaults=told)
    tell(corpus, "another", signed)
    return held


@transaction.atomic
def drop(corpus: Corpus | None, *, signed: str) -> None:
    held = MapThesaurus.objects.of(corpus)
    if held:
        held.delete()
        tell(corpus, "no", signed)


def tell(corpus: Corpus | None, what: str, signed: str) -> None:
    """Whatever was kept of public pages holds no longer."""
    if corpus is None or corpus.is_published:
        of = f"Corpus {corpus.slug}" if corpus else "Our references"
        note_change(f"{of}: {what} thesaurus for maps.", signed)
