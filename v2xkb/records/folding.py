"""Text as it is compared: folded to lower-case ASCII, the same on every database."""

import re
import unicodedata

SPELLED_OUT = str.maketrans(
    {
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "ß": "ss",
        "ẞ": "SS",
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
        "đ": "d",
        "Đ": "D",
        "ð": "d",
        "Ð": "D",
        "þ": "th",
        "Þ": "Th",
        "ı": "i",
    }
)
SORT_KEY_LENGTH = 200
# What XML 1.0 has no place for, and so no feed, drawing or map: most control characters, halves of a pair, U+FFFE and
# U+FFFF.
UNWRITABLE = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def fold(text: str) -> str:
    """Lower-case ASCII: compatibility decomposition, marks dropped, letters that do not decompose spelled out."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.translate(SPELLED_OUT))
    return decomposed.encode("ascii", "ignore").decode("ascii").lower()


def sort_key(text: str) -> str:
    """Folded words with single spaces; text with no Latin letter or digit sorts by its code points, after the rest."""
    words = " ".join(re.findall(r"[a-z0-9]+", fold(text)))
    return (words or "~" + text.encode("unicode_escape").decode("ascii"))[:SORT_KEY_LENGTH]
