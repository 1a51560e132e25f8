"""How far two readers agree beyond chance: Cohen's kappa (Cohen 1960), unweighted."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

Pair = tuple[str, str]


@dataclass(frozen=True)
class Agreement:
    """`agreed` of `judged` judgements are the same; `by_chance` times `judged` squared would be if both only guessed.

    Each guesses as often as they gave each answer. Whole numbers, so that certainty is told from near certainty.
    """

    judged: int
    agreed: int
    by_chance: int

    @property
    def expected(self) -> float | None:
        """The share that would be the same by chance, where there are any."""
        return self.by_chance / self.judged**2 if self.judged else None

    @property
    def kappa(self) -> float | None:
        """1 is full agreement, 0 that of chance; not defined where chance alone would make both agree always."""
        possible = self.judged**2 - self.by_chance
        return (self.agreed * self.judged - self.by_chance) / possible if possible else None


def agreement(pairs: Iterable[Pair]) -> Agreement:
    """Of judgements that both made: what the first said, what the second said."""
    pairs = list(pairs)
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    by_chance = sum(count * second[answer] for answer, count in first.items())
    return Agreement(len(pairs), sum(one == other for one, other in pairs), by_chance)
