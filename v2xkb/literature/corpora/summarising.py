"""What the public sees of a corpus: its publications counted. Made when they change, as counting them takes seconds."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from v2xkb.literature.corpus_models import Corpus, Publication
from v2xkb.literature.maps.spellings import folded

MOST_KEYWORDS = 50
COLUMNS = ("year", "type", "author_keywords", "index_keywords")
# What maps are made of beside these; JSON as the database holds it, since nothing of it is counted here.
MAPPED = ("pk", "title", "cited_by", "authors_text", "countries_text")


@dataclass
class Summary:
    """Counts of publications; pairs are (what, how many), years in order, all else the most frequent first."""

    publications: int = 0
    without_year: int = 0
    with_author_keywords: int = 0
    with_index_keywords: int = 0
    years: list[tuple[int, int]] = field(default_factory=list)
    types: list[tuple[str, int]] = field(default_factory=list)
    author_keywords: list[tuple[str, int]] = field(default_factory=list)
    index_keywords: list[tuple[str, int]] = field(default_factory=list)


class Words:
    """Keywords counted once a publication, folded as on maps; the commonest spelling stands for all."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.spellings: dict[str, Counter[str]] = defaultdict(Counter)
        self.publications = 0

    def take(self, words: Iterable[str]) -> None:
        spelled = {folded(word): word for word in words}
        self.publications += bool(spelled)
        self.counts.update(spelled.keys())
        for key, word in spelled.items():
            self.spellings[key][word] += 1

    def commonest(self) -> list[tuple[str, int]]:
        found = sorted(self.counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_KEYWORDS]
        return [(min(self.spellings[key].items(), key=lambda pair: (-pair[1], pair[0]))[0], n) for key, n in found]


def summary_of(corpus: Corpus) -> Summary:
    """As it was counted last."""
    return Summary(**corpus.summary)


def refresh(corpus: Corpus) -> None:
    """Both are what the publications are now: whatever is kept by the digest holds until they change."""
    digest = hashlib.sha256()
    rows = Publication.objects.of_corpus(corpus).with_texts().columns(*COLUMNS, *MAPPED)
    corpus.summary = asdict(counted(digested(rows, digest)))
    corpus.content = digest.hexdigest()
    corpus.save(update_fields=["summary", "content"])


def digested(rows: Iterable[dict[str, Any]], digest: "hashlib._Hash") -> Iterator[dict[str, Any]]:
    for row in rows:
        digest.update(repr([row[name] for name in (*COLUMNS, *MAPPED)]).encode())
        yield row


def counted(rows: Iterable[dict[str, Any]]) -> Summary:
    years: Counter[int | None] = Counter()
    types: Counter[str] = Counter()
    authors, index = Words(), Words()
    for row in rows:
        years[row["year"]] += 1
        types[row["type"]] += 1
        authors.take(row["author_keywords"])
        index.take(row["index_keywords"])
    return Summary(
        publications=years.total(),
        without_year=years[None],
        with_author_keywords=authors.publications,
        with_index_keywords=index.publications,
        years=sorted((year, count) for year, count in years.items() if year is not None),
        types=sorted(types.items(), key=lambda pair: (-pair[1], pair[0])),
        author_keywords=authors.commonest(),
        index_keywords=index.commonest(),
    )
