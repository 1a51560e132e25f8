"""What is wrong with somebody's input, said so that they can mend it: place, value, remedy."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

SHOWN_VALUE = 80
# Addresses give words of any length, and hardly anything known is longer.
LONGEST_COMPARED = 200
# Of more words a part is like too many others to mean any, and to look for it takes ten times as long.
MOST_COMPARED_IN_PARTS = 5_000


@dataclass(frozen=True, order=True)
class Problem:
    """One fault of one document; `place` is a file or `kind/slug`, `path` a document path."""

    place: str
    path: str
    message: str
    remedy: str
    value: str = ""

    def at(self, place: str) -> "Problem":
        return replace(self, place=place)

    def __str__(self) -> str:
        where = ": ".join(part for part in (self.place, self.path) if part)
        value = f" (value: {self.value})" if self.value else ""
        return f"{where}: {self.message}{value}. {self.remedy}"


class InvalidDocuments(Exception):
    """Nothing was applied; `problems` lists every fault found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def shown(value: object) -> str:
    """The value as a person would recognise it, cut to a line for display only."""
    text = value if isinstance(value, str) else repr(value)
    text = text.encode("unicode_escape").decode("ascii") if not text.isprintable() else text
    return text if len(text) <= SHOWN_VALUE else f"{text[:SHOWN_VALUE]}… ({len(text)} characters)"


def likest(word: str, known: Sequence[str]) -> str:
    """The first of the known words most like `word`, as they stand there; empty where none is like it."""
    scorer = fuzz.WRatio if len(known) <= MOST_COMPARED_IN_PARTS else fuzz.ratio
    best = process.extractOne(word[:LONGEST_COMPARED], known, scorer=scorer, score_cutoff=60)
    return best[0] if best else ""


def likeliest(word: str, known: Iterable[str]) -> str:
    """The known word most like `word`; empty where none is like it."""
    return likest(word, sorted(known))


def remedies(words: Iterable[str], known: Collection[str]) -> dict[str, str]:
    """Each word that is not known -> the one it most likely means; without those like nothing known."""
    found = {word: likeliest(word, known) for word in words if word not in known}
    return {word: best for word, best in found.items() if best}


def nearest(word: str, known: Iterable[str]) -> str:
    """A remedy that names the known word most like `word`."""
    choices = sorted(known)
    if not choices:
        return _("Nothing of that kind exists yet: add it first.")
    if best := likeliest(word, choices):
        return _("Did you mean “{name}”?").format(name=best)
    listed = ", ".join(choices[:12]) + (", …" if len(choices) > 12 else "")
    return _("Known: {names}.").format(names=listed)
