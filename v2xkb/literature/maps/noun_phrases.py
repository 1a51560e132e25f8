"""Finds the noun phrases of an English text: what term maps join."""

import html
import re
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import lru_cache

from v2xkb.literature.maps.spellings import DASHES
from v2xkb.literature.maps.tagging import lemma, tags

# Latin and Greek letters; other scripts have no noun phrases here.
LETTERS = "A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u03ff"
LETTER = re.compile(f"[{LETTERS}]")
WORD = re.compile(f"[{LETTERS}0-9]+(?:[-&][{LETTERS}0-9]+)*|[^{LETTERS}0-9\\s]+")
SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+")
# Emphasis stands inside words, such as in CO<sub>2</sub>; any other element ends a phrase.
EMPHASIS = re.compile(r"</?(?:sub|sup|i|b|em|strong|inf)\b[^<>]*>", re.IGNORECASE)
ELEMENT = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
# No word of a language; and more words are no name of anything.
LONGEST_WORD, MOST_WORDS = 40, 8
# Fewer words in capitals alone may all be abbreviations.
FEWEST_CAPITALS = 4
# What is tagged at once; a text without any full stop takes no more memory than others.
MOST_TAGGED = 200
# Words that tags have for verbs, and this field for things, where they follow a noun or an adjective.
CHARGING = {"charging", "discharging"}
# Plurals that have no singular, or it is another word.
UNCHANGED = ("ics", "series", "species", "apparatus")
# By so many letters a regular plural may differ from its singular.
LETTERS_OF_PLURAL = 3
# Up to so many letters singulars may end as movie does.
LONGEST_MOVIES = 7


class Kind(Enum):
    NOUN = "noun"
    PLURAL = "plural"
    ADJECTIVE = "adjective"
    OTHER = "other"


NOUNS = (Kind.NOUN, Kind.PLURAL)
Word = tuple[str, Kind]


def noun_phrases(text: str) -> tuple[str, ...]:
    """Words in sequence, each a noun or an adjective, the last a noun, in the order of the text.

    In lower case but for abbreviations, the last word in the singular.
    """
    text = ELEMENT.sub(" ; ", EMPHASIS.sub("", html.unescape(DASHES.sub("-", text))))
    if text.isupper() and len(text.split()) >= FEWEST_CAPITALS:
        text = text.lower()
    return tuple(phrase for sentence in SENTENCE_END.split(text) for phrase in of_sentence(sentence))


def of_sentence(sentence: str) -> Iterator[str]:
    words = WORD.findall(sentence)
    for begin in range(0, len(words), MOST_TAGGED):
        part = words[begin : begin + MOST_TAGGED]
        run: list[Word] = []
        for word in [*kinds(part), ("", Kind.OTHER)] if any(map(is_word, part)) else []:
            if word[1] is not Kind.OTHER:
                run.append(word)
                continue
            while run and run[-1][1] is Kind.ADJECTIVE:
                run.pop()
            if 1 <= len(run) <= MOST_WORDS:
                yield written(run)
            run = []


def kinds(words: Sequence[str]) -> list[Word]:
    """Each word with its kind: by what it looks like, else by its tag."""
    told = tags([word if is_word(word) else word[0] for word in words])
    found: list[Word] = []
    before = Kind.OTHER
    for place, word in enumerate(words):
        after = told[place + 1] if place + 1 < len(words) else ""
        before = kind(word, told[place], before, after)
        found.append((word, before))
    return found


def kind(word: str, tag: str, before: Kind, after: str) -> Kind:
    """`before` is the kind of the word before, `after` the tag of the one after."""
    if not is_word(word):
        return Kind.OTHER
    if is_abbreviation(word):
        return Kind.PLURAL if word.endswith("s") else Kind.NOUN
    if "-to-" in word or (word.lower() in CHARGING and before is not Kind.OTHER):
        return Kind.NOUN
    if tag.startswith("N"):
        return Kind.PLURAL if tag == "NN2" else Kind.NOUN
    is_participle = tag == "VVN" and before not in NOUNS and after.startswith(("N", "AJ"))
    return Kind.ADJECTIVE if tag.startswith("AJ") or is_participle else Kind.OTHER


def is_word(token: str) -> bool:
    return 1 < len(token) <= LONGEST_WORD and LETTER.search(token) is not None


def is_abbreviation(word: str) -> bool:
    """EV, V2G, PEVs, EV-based: a part of it has two capitals, or one and a digit."""
    for part in word.split("-"):
        capitals = sum(map(str.isupper, part))
        if capitals > 1 or (capitals and any(map(str.isdigit, part))):
            return True
    return False


def written(run: Sequence[Word]) -> str:
    words = [word if is_abbreviation(word) else word.lower() for word, _kind in run]
    if run[-1][1] is Kind.PLURAL:
        words[-1] = singular(words[-1])
    return " ".join(words)


@lru_cache(maxsize=100_000)
def singular(word: str) -> str:
    if is_abbreviation(word):
        return word.removesuffix("s")
    if word.endswith(UNCHANGED):
        return word
    regular = f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")
    found = lemma(word)
    # Of plurals it does not know, its singular is at times a mere beginning, or taxonomie.
    is_unlike = len(word) - len(found) > LETTERS_OF_PLURAL or (len(word) > LONGEST_MOVIES and found.endswith("ie"))
    return regular if is_unlike else found
