"""One word for each type of publication, whatever database names it."""

from v2xkb.literature.importers.texts import plain

SAME = {
    "journal article": "article",
    "article-journal": "article",
    "proceedings paper": "conference paper",
    "proceedings-article": "conference paper",
    "paper-conference": "conference paper",
    "inproceedings": "conference paper",
    "review-article": "review",
    "review article": "review",
    "book-chapter": "book chapter",
    "posted-content": "preprint",
    "dissertation": "thesis",
    "editorial material": "editorial",
    "article-newspaper": "news item",
}
LONGEST = 60


def document_type(text: str) -> str:
    """Of several types, such as “Article; Early Access”, the first."""
    word = plain(text.partition(";")[0]).lower()[:LONGEST]
    return SAME.get(word, word)
