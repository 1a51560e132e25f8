"""When two spellings are one keyword; loads nothing heavy, so that pages may ask too."""

import re
import unicodedata

DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")


def folded(keyword: str) -> str:
    """What spellings of one keyword have in common: no case, single spaces, one kind of dash."""
    # Nearly all are ASCII, which has no other forms of a letter or a dash.
    plain = keyword if keyword.isascii() else DASHES.sub("-", unicodedata.normalize("NFKC", keyword))
    return " ".join(plain.casefold().split())
