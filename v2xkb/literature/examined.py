"""What the doctor looks at of corpora: what their publications are found by, and what the public sees of them."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from v2xkb.literature.corpora.finding import keyword_keys, title_tokens
from v2xkb.literature.corpora.summarising import COLUMNS, Summary, counted, refresh
from v2xkb.literature.corpora.writing import FOUND_BY
from v2xkb.literature.corpus_models import Corpus, Publication
from v2xkb.records.doctor import REPAIRED, Examination, register
from v2xkb.records.problems import Problem

AT_ONCE = 500


def problems() -> Iterator[Problem]:
    if lagging := sum(1 for _ in not_found_by_what_they_say()):
        yield Problem("publications", "", f"{lagging} are not found by what they say", REPAIRED)
    for corpus in Corpus.objects.published():
        stored, counts = as_stored(Summary(**corpus.summary)), seen(corpus)
        # The digest of what maps are made of says the same in other words on the other database, so it is not compared.
        if stored != counts or (counts["publications"] and not corpus.content):
            yield Problem(f"corpus {corpus.slug}", "", "what is shown of it differs from its publications", REPAIRED)


def repair() -> None:
    changed: list[Publication] = []
    for one in not_found_by_what_they_say():
        changed.append(one)
        if len(changed) == AT_ONCE:
            write(changed)
            changed = []
    write(changed)
    for corpus in Corpus.objects.published():
        refresh(corpus)


def write(publications: Sequence[Publication]) -> None:
    Publication.objects.bulk_update(publications, FOUND_BY)


def not_found_by_what_they_say() -> Iterator[Publication]:
    """Each with what it should be found by."""
    names = ("title", "author_keywords", "index_keywords", *FOUND_BY)
    for one in Publication.objects.only(*names).order_by("pk").iterator(chunk_size=AT_ONCE):
        wanted = title_tokens(one.title), keyword_keys(one.author_keywords, one.index_keywords)
        if (one.title_tokens, one.keyword_keys) != wanted:
            one.title_tokens, one.keyword_keys = wanted
            yield one


def seen(corpus: Corpus) -> Any:
    return as_stored(counted(Publication.objects.of_corpus(corpus).with_texts().columns(*COLUMNS)))


def as_stored(summary: Summary) -> Any:
    """Pairs are lists there."""
    return json.loads(json.dumps(asdict(summary)))


register(Examination(problems, repair))
