"""Authors' names as databases write them, split as references keep them."""

import re

from v2xkb.literature.importers.parsed import Gathering, person

# Words that show that a name is a body's; such a name is never split.
BODY = re.compile(
    r"\b(?:agency|association|authority|bank|board|bureau|cent(?:er|re)|commission|committee|company|consortium|"
    r"consulting|corporation|council|department|energy|federation|forum|foundation|gmbh|group|inc|institute?|"
    r"laborator(?:y|ies)|limited|llc|ltd|ministry|network|office|organi[sz]ation|partners|platform|power|programme|"
    r"project|society|team|union|universit(?:y|à|ät|é))\b",
    re.IGNORECASE,
)
SUFFIX = re.compile(r"^(?:jr|sr|[ivx]{1,4})\.?$", re.IGNORECASE)


def split_name(text: str) -> dict[str, str]:
    """A name with a comma is family and given name; one without is kept whole, as nobody split it."""
    parts = [part.strip() for part in text.split(",")]
    parts = [part for part in parts if part]
    if not parts:
        return {}
    if len(parts) == 1:
        return person({"literal": parts[0]})
    if len(parts) == 3:
        # Both `Family, Jr., Given` and `Family, Given, Jr.` are in use.
        family, second, third = parts
        suffix, given = (second, third) if SUFFIX.match(second) else (third, second)
        return person({"family": f"{family} {suffix}", "given": given} if SUFFIX.match(suffix) else {"literal": text})
    if len(parts) > 3 or (BODY.search(text) and len(parts[0].split()) > 1):
        return person({"literal": text})
    return person({"family": parts[0], "given": parts[1]})


def take_author(into: Gathering, name: dict[str, str], line: int = 0) -> None:
    into.add("author", name, line)


def cut_short(into: Gathering, line: int = 0) -> None:
    """The list of authors ends with `and others`."""
    into.complain(
        "author", "the source cuts the list of authors short", "Add the others where you know them.", line=line
    )
