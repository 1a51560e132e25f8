"""What tells that two rows of exports are one publication, apart from identifiers."""

import hashlib
import re

from v2xkb.literature.corpora.merging import Told
from v2xkb.literature.duplicates import title_key

# Initials as databases write them behind a family name: J.C., J.-C., JC.
INITIALS = re.compile(r"(?:[^\W\d_]\.-?)+|[A-Z]{1,3}")
KEY_BYTES = 12


def match_key(told: Told) -> str:
    """Title, year and first author, folded; where year or author is not told, the venue stands in."""
    author = surname(told.authors[0]["name"]) if told.authors else ""
    parts = [title_key(told.title), str(told.year or ""), author]
    if not all(parts):
        parts.append(f"in {title_key(told.venue)}")
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=KEY_BYTES).hexdigest()


def surname(name: str) -> str:
    """The last word of a family name: of `Doe, J.`, `Doe J.` and `Jane Doe` the same."""
    family, comma, _ = name.partition(",")
    words = family.split()
    while not comma and len(words) > 1 and INITIALS.fullmatch(words[-1]):
        words.pop()
    return title_key(" ".join(words)).rpartition(" ")[2]
