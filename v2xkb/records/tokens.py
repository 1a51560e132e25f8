"""Text as search compares it: folded, split and stemmed here, so that no database does any of it in its own way."""

import re
import threading
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import snowballstemmer

from v2xkb.records.folding import SPELLED_OUT

# A word is one or more parts: “V2G” is one, “bi-directional”, “SDG&E”, “E.ON”, “CCS2” and “10kW” are two.
Word = tuple[str, ...]

LONGEST_PART = 64
LONGEST_JOINED = 40
LONGEST_PHRASE = 1000
# Marks that no part has in it: before a word as written, before a whole name, between neighbours.
WRITTEN, WHOLE, BETWEEN = "_", "__", "_"

POSSESSIVE = re.compile(r"(?<=\w)['’ʼ]s?(?!\w)")
WORD = re.compile(r"[^\W_]+(?:[-‐.&+'’_][^\W_]+)*")
PART = re.compile(r"[^\W_]+")
LETTERS_AND_NUMBER = re.compile(r"([a-z]{2,})([0-9]+)|([0-9]+)([a-z]{2,})")
ARTICLE = re.compile(r"^(?:a|an|the)_")
FILLING = (
    "a about against an and any are as at be been between by can could did do does during for from had has have "
    "how i if in into is its many may much of on or our per should so than that the their there these they this "
    "those through to toward towards using versus via vs was we were what when where whether which while who why "
    "will with within would"
)
STOP_WORDS = frozenset(FILLING.split())
IRREGULAR = {"analyses": "analysis", "buses": "bus", "busses": "bus", "gases": "gas", "programme": "program"}
AMERICAN = (
    (re.compile(r"(?<=[a-z]{3})(?<![cv])is(e|ed|es|er|ers|ing|ation|ations|ational)$"), r"iz\1"),
    (re.compile(r"(?<=[a-z]{3})ys(e|ed|er|ers|ing)$"), r"yz\1"),
    (re.compile(r"(?<=[a-z]{3})our(s|ed|ing|al|able|hood|hoods)?$"), r"or\1"),
    (re.compile(r"^(cent|fib|lit|theat|(?:kilo|milli|centi)?met)re(s)?$"), r"\1er\2"),
    (re.compile(r"^programmes$"), "programs"),
    (re.compile(r"^(def|lic|off)enc(e|es|ed|ing)$"), r"\1ens\2"),
)
SINGULAR = (
    (re.compile(r"(?<=[a-z]{2})ies$"), "y"),
    (re.compile(r"(?<=ss|ch|sh)es$|(?<=x)es$"), ""),
    (re.compile(r"(?<=[a-z]{2})(?<![isu])s$"), ""),
)


class Stemmer(threading.local):
    """One for each thread, as it holds the word that it is at: shared by two, it made up words, and fell over them."""

    def __init__(self) -> None:
        self.of = snowballstemmer.stemmer("english").stemWord


_stemmer = Stemmer()


def words_of(text: str) -> list[Word]:
    """The words in their order, each as its parts: lower-case letters of a to z and digits."""
    return list(map(_parts, WORD.findall(_folded(text))))


@dataclass(frozen=True)
class PlacedWord:
    """A word and where it stands in the text as it was written: from `start` up to, not including, `end`."""

    parts: Word
    start: int
    end: int


def placed_words(text: str) -> list[PlacedWord]:
    """What `words_of` gives, each with its place."""
    pieces = [unicodedata.normalize("NFKD", character.translate(SPELLED_OUT)) for character in text]
    origins = [position for position, piece in enumerate(pieces) for _ in piece]
    # Lower case of the whole, for a sigma at a word's end has a form of its own; decomposed text keeps its length.
    characters = zip("".join(pieces).lower(), origins, strict=True)
    kept = [(character, at) for character, at in characters if not unicodedata.category(character).startswith("M")]
    folded = "".join(character for character, _ in kept)
    left_out = {position for match in POSSESSIVE.finditer(folded) for position in range(*match.span())}
    left = [pair for position, pair in enumerate(kept) if position not in left_out]
    words = WORD.finditer("".join(character for character, _ in left))
    return [PlacedWord(_parts(word[0]), left[word.start()][1], left[word.end() - 1][1] + 1) for word in words]


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(SPELLED_OUT)).lower()
    if not decomposed.isascii():
        decomposed = "".join(char for char in decomposed if not unicodedata.category(char).startswith("M"))
    return POSSESSIVE.sub("", decomposed)


@lru_cache(maxsize=100_000)
def _parts(word: str) -> Word:
    """Each of at most 64 characters; a letter that has no Latin form is spelled as its number."""
    parts: list[str] = []
    for part in PART.findall(word):
        if not part.isascii():
            part = "".join(char if char.isascii() else f"u{ord(char):05x}" for char in part)
        mixed = LETTERS_AND_NUMBER.fullmatch(part)
        parts += filter(None, mixed.groups()) if mixed else [part]
    return tuple(part[:LONGEST_PART] for part in parts)


@lru_cache(maxsize=100_000)
def joined(word: Word) -> Word:
    """“bi-directional” read as “bidirectional”; numbers such as 15118-20 stay apart, as do very long words."""
    whole = "".join(word)
    return word if len(word) == 1 or whole.isdigit() or len(whole) > LONGEST_JOINED else (whole,)


def readings(words: Sequence[Word]) -> list[list[str]]:
    """The parts one after the other, and, where that differs, with compounds joined."""
    apart = [part for word in words for part in word]
    together = [part for word in words for part in joined(word)]
    return [apart] if apart == together else [apart, together]


def spelled(part: str) -> str:
    """British and American spellings as one, irregular plurals as their singular."""
    return replaced(IRREGULAR.get(part, part), AMERICAN)


def replaced(part: str, rules: Iterable[tuple[re.Pattern[str], str]]) -> str:
    for pattern, replacement in rules:
        part = pattern.sub(replacement, part)
    return part


@lru_cache(maxsize=100_000)
def stem(part: str) -> str:
    """The English stem; what has a digit in it, such as V2G, stays."""
    return str(_stemmer.of(spelled(part))) if part.isalpha() else part


def written(part: str) -> str:
    """The token of the word as it is written: what prefixes are looked for among."""
    return WRITTEN + part


@lru_cache(maxsize=100_000)
def singular(part: str) -> str:
    """The word in one spelling and without a plural's ending: “regulators” is “regulator”, “regulation” is not."""
    return replaced(spelled(part), SINGULAR) if part.isalpha() else part


def phrase(parts: Sequence[str]) -> str:
    """A phrase as one string, to compare whole phrases by."""
    return BETWEEN.join(map(singular, parts))


def whole(name: str) -> str:
    """The token of a whole name: its phrase without a leading article."""
    return WHOLE + ARTICLE.sub("", name)


def adjacent(parts: Sequence[str]) -> list[str]:
    """The tokens that all stand in a text where the parts follow each other.

    Pairs of neighbours, and triples around a stop word, so that “vehicle to home” next to “to grid” is not “vehicle to
    grid”. No positions are stored: PostgreSQL keeps at most 256 for a word, and would differ from SQLite in long texts.
    """
    if len(parts) == 1:
        return [stem(parts[0])]
    tokens, start = [], 0
    while start < len(parts) - 1:
        size = 3 if parts[start + 1] in STOP_WORDS and start + 2 < len(parts) else 2
        tokens.append(BETWEEN.join(map(stem, parts[start : start + size])))
        start += size - 1
    return tokens


def tokens_of(text: str) -> set[str]:
    """All that a text is found by: stems, words as written, and neighbours, in both readings."""
    tokens: set[str] = set()
    for parts in readings(words_of(text)):
        stems = list(map(stem, parts))
        tokens.update(stems)
        tokens.update(map(written, parts))
        tokens.update(map(BETWEEN.join, pairwise(stems)))
        around = zip(stems, stems[1:], stems[2:], parts[1:], strict=False)
        tokens.update(f"{a}_{b}_{c}" for a, b, c, middle in around if middle in STOP_WORDS)
    return tokens


def names_of(texts: Iterable[str]) -> set[str]:
    """The tokens of whole names."""
    names = {whole(phrase(parts)) for text in texts for parts in readings(words_of(text)) if parts}
    return {name for name in names if len(name) <= LONGEST_PHRASE}


def same_tokens(names: Iterable[str]) -> dict[str, str]:
    """Each phrase that the names are written as -> the tokens of a text that holds it; too long ones are left out."""
    tokens = {phrase(parts): " ".join(adjacent(parts)) for name in names for parts in readings(words_of(name))}
    return {text: tokens[text] for text in sorted(tokens) if 0 < len(text) <= LONGEST_PHRASE}
