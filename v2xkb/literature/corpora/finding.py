"""What lists find publications of corpora by: tokens of titles and keys of keywords, as one text each.

They are looked for as pieces of these texts, alike on every database. That reads all publications of the corpus; an
index would cost imports more than it saves.
"""

from collections.abc import Iterable

from v2xkb.literature.corpora.merging import key_of
from v2xkb.records.tokens import STOP_WORDS, joined, stem, words_of

BETWEEN_TOKENS, BETWEEN_KEYS = " ", "\n"


def title_tokens(title: str) -> str:
    """The stems of a title's words, compounds apart and joined, each between blanks."""
    words = words_of(title)
    stems = dict.fromkeys(stem(part) for word in words for part in (*word, *joined(word)))
    return surrounded(stems, BETWEEN_TOKENS)


def keyword_keys(*lists: Iterable[str]) -> str:
    """The keys of keywords, each between line breaks."""
    return surrounded(dict.fromkeys(keyword_key(word) for words in lists for word in words), BETWEEN_KEYS)


def keyword_key(word: str) -> str:
    return " ".join(key_of(word).split())


def asked_of_titles(text: str) -> list[list[list[str]]]:
    """For each word of the text, the ways in which a title can have it: pieces that must all be among its tokens.

    A compound is found apart and joined: “bi-directional” is “bidirectional” too. Stop words count only where there
    is no other word.
    """
    words = words_of(text)
    telling = [word for word in words if not STOP_WORDS.issuperset(word)] or words
    readings = [list(dict.fromkeys((word, joined(word)))) for word in telling]
    return [[[piece(stem(part), BETWEEN_TOKENS) for part in parts] for parts in ways] for ways in readings]


def asked_of_keywords(keyword: str) -> str:
    return piece(keyword_key(keyword), BETWEEN_KEYS)


def piece(text: str, mark: str) -> str:
    return f"{mark}{text}{mark}"


def surrounded(pieces: Iterable[str], mark: str) -> str:
    """With a mark before, between and behind; nothing where there are no pieces."""
    text = mark.join(pieces)
    return piece(text, mark) if text else ""
