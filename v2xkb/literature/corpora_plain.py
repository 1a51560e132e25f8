"""A corpus as plain data, and what that is declared to be, for every interface."""

from dataclasses import asdict
from typing import Any

from v2xkb.literature.corpora.summarising import summary_of
from v2xkb.literature.corpus_models import Corpus, CorpusFile
from v2xkb.records.openapi import COUNT, TEXT, or_none, rows_of, titled, told

FILE_COUNTS = {
    "read": "Rows of the file.",
    "new": "Publications that no corpus had.",
    "merged": "Rows of publications that some corpus had.",
    "refused": "Rows that are no publication.",
}


def plain(corpus: Corpus) -> dict[str, Any]:
    """Of one that was read with its files."""
    summary = asdict(summary_of(corpus))
    return {
        "slug": corpus.slug,
        "name": corpus.name,
        "query": corpus.query,
        "database": corpus.database,
        "searched_on": corpus.searched_on.isoformat() if corpus.searched_on else None,
        "note": corpus.note,
        "is_passed_on": corpus.is_passed_on,
        "files": [plain_file(file) for file in corpus.files.all()],
        **{name: summary[name] for name in COUNTS},
        **{name: [{"value": value, "publications": count} for value, count in summary[name]] for name in TABLES},
    }


def plain_file(file: CorpusFile) -> dict[str, Any]:
    counts = {name: getattr(file, name) for name in FILE_COUNTS}
    return {"name": file.name, "format": file.format, "sha256": file.sha256, "bytes": file.size, **counts}


OF_YEAR = titled(
    "PublicationsOfYear",
    "A year and its publications.",
    {"value": told(COUNT, "The year."), "publications": told(COUNT, "How many are of it.")},
)
WITH_WORD = titled(
    "PublicationsWith",
    "A word and the publications with it.",
    {"value": told(TEXT, "The word, in its commonest spelling."), "publications": told(COUNT, "How many have it.")},
)
COUNTS = {
    "publications": {**COUNT, "description": "How many publications the corpus has, each once."},
    "without_year": told(COUNT, "How many of them tell no year."),
    "with_author_keywords": told(COUNT, "How many of them have keywords of their authors."),
    "with_index_keywords": told(COUNT, "How many of them have keywords of a database."),
}
TABLES = {
    "years": rows_of(OF_YEAR, "Publications by year."),
    "types": rows_of(WITH_WORD, "Publications by type; empty where none is told."),
    "author_keywords": rows_of(WITH_WORD, "Of authors, those that most publications have, at most 50, case folded."),
    "index_keywords": rows_of(WITH_WORD, "The same of the keywords that databases give."),
}
FILE = titled(
    "CorpusFile",
    "An export that a corpus was loaded from: read is new, merged and refused together.",
    {
        "name": told(TEXT, "The file's name, as it was given."),
        "format": told(TEXT, "Whose export it is, and how it is written."),
        "sha256": told(TEXT, "The checksum of its bytes."),
        # More than GraphQL's integers may be.
        "bytes": told({"type": "number", "minimum": 0}, "Its size."),
        **{name: told(COUNT, description) for name, description in FILE_COUNTS.items()},
    },
)
CORPUS = titled(
    "Corpus",
    "What one search of a literature database found.",
    {
        "slug": told(TEXT, "Its name in addresses."),
        "name": told(TEXT, "Its name."),
        "query": told(TEXT, "What was searched for, as typed."),
        "database": told(TEXT, "Where it was searched for; empty where nobody said."),
        "searched_on": or_none({**TEXT, "format": "date"}, "When; nothing where that is not known."),
        "note": told(TEXT, "What else is to be known of it."),
        "is_passed_on": told(
            {"type": "boolean"}, "Whether its publications are listed; else they are only counted, and behind its maps."
        ),
        "files": rows_of(FILE, "The exports it was loaded from: read is new, merged and refused together."),
        **COUNTS,
        **TABLES,
    },
)
