"""Values under all their spellings, folded once, and what wrong values most likely mean."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as translated
from rapidfuzz import process
from rapidfuzz.distance import OSA

from v2xkb.records.folding import fold
from v2xkb.records.problems import LONGEST_COMPARED, likest

# Of two letters, one slip would make any other.
SHORT = 2
# Each is held against all that is known; of more, what is told is no help to anybody who writes by hand.
MOST_GUESSED = 3
LISTED = 12


class Spellings:
    """Values that are known, by all that may be written for them: themselves and their labels."""

    def __init__(self, labels: Mapping[str, Any]) -> None:
        self.meant = {fold(str(text)): value for value, label in labels.items() for text in (label, value)}
        self.folded = sorted(self.meant)
        self.listed = ", ".join(sorted(labels)[:LISTED]) + (", …" if len(labels) > LISTED else "")

    def likeliest(self, word: str) -> str:
        """The value that `word` most likely means; empty where none is like it.

        A whole name one slip away (a letter more, less or other, two changed over) comes before one that has it within.
        """
        asked = fold(word[:LONGEST_COMPARED])
        slip = process.extractOne(asked, self.folded, scorer=OSA.distance, score_cutoff=1) if len(asked) > SHORT else ()
        best = slip[0] if slip else likest(asked, self.folded)
        return self.meant[best] if best else ""

    def remedy(self, likely: str) -> str:
        """What to write instead, where this value is the likeliest; where none is, what there is."""
        if likely:
            return translated("Did you mean “{name}”?").format(name=likely)
        if self.listed:
            return translated("Known: {names}.").format(names=self.listed)
        return translated("There is none yet.")


class Guesses:
    """What the first few wrong values of one request most likely mean."""

    def __init__(self) -> None:
        # (parameter, value) -> what it most likely means, and the remedy.
        self.made: dict[tuple[str, str], tuple[str, str]] = {}

    def remedy(self, name: str, value: str, known: Callable[[], Spellings]) -> str:
        """What to write instead of a value of the parameter `name`."""
        if (name, value) not in self.made:
            if len(self.made) >= MOST_GUESSED:
                message = translated("What is meant is guessed for the first {number} faults only: mend them first.")
                return message.format(number=MOST_GUESSED)
            spellings = known()
            likely = spellings.likeliest(value)
            self.made[name, value] = likely, spellings.remedy(likely)
        return self.made[name, value][1]

    def likely(self, name: str, values: Iterable[str]) -> dict[str, str]:
        """Each of the values of which it was guessed -> what it most likely means."""
        guessed = {value: self.made[name, value][0] for value in values if (name, value) in self.made}
        return {value: likely for value, likely in guessed.items() if likely}


def nearest_value(word: str, labels: Mapping[str, Any]) -> str:
    """A remedy naming the value that `word` most likely means."""
    known = Spellings(labels)
    return known.remedy(known.likeliest(word))
