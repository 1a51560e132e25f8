"""Which of the paper's classes a way of charging belongs to, why, and every reading where the paper is of two minds.

The source is section 2.2 of the paper. Answers may be unknown: then some classes are certain and others stay possible.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from v2xkb.taxonomy.questions import UNKNOWN, Answer, Answers, Tariff
from v2xkb.taxonomy.reasoning import (
    ADVANCED,
    BINARY,
    SCENARIOS,
    SMART,
    STATIC_TARIFF,
    TWO_WAY,
    UNCONTROLLED,
    V1G,
    V2X,
    Reading,
    Step,
    reasoning,
)

# The slug of the paper, whose statements and barriers are weighed here too.
PAPER = "drive2x-cired-2024"
# The widest first.
TERMS = (UNCONTROLLED, STATIC_TARIFF, SMART, BINARY, ADVANCED, V1G, TWO_WAY, V2X, *SCENARIOS.values())

Classes = frozenset[str]
Outcome = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True)
class Result:
    """What follows by one or more readings that agree: slugs of terms, the widest first."""

    readings: tuple[Reading, ...]
    certain: tuple[str, ...]
    possible: tuple[str, ...]
    steps: tuple[Step, ...]

    @property
    def is_smart(self) -> Answer:
        return self.is_a(SMART)

    def is_a(self, term: str) -> Answer:
        return standing(term, (self.certain, self.possible))

    @property
    def headline(self) -> str:
        """The narrowest of the paper's classes that is certain, or what is open."""
        if self.is_a(TWO_WAY) == Answer.YES:
            scenario = next((f", {term.upper()}" for term in SCENARIOS.values() if term in self.certain), "")
            return f"{_('Bidirectional charging')}{scenario}"
        if self.is_a(V1G) == Answer.YES:
            return _("Advanced smart charging, V1G")
        match self.is_smart, self.is_a(ADVANCED):
            case Answer.YES, Answer.YES:
                return _("Advanced smart charging")
            case Answer.YES, Answer.NO:
                return _("Smart charging, not advanced")
            case Answer.YES, _:
                return _("Smart charging, perhaps advanced")
            case Answer.NO, _:
                return _("Not smart charging")
        return _("Open whether it is smart charging")


@dataclass(frozen=True)
class Disagreement:
    """Why readings differ: the paper contradicts itself or is silent."""

    name: str
    kind: str
    text: str | Promise
    applies: Callable[[Answers], bool]

    @property
    def label(self) -> str:
        return _("contradiction") if self.kind == "contradiction" else _("silence")


@dataclass(frozen=True)
class Doubt:
    """A disagreement that bears on the answers; `depends` says whether only some of the open answers lead into it."""

    disagreement: Disagreement
    depends: bool


@dataclass(frozen=True)
class Classification:
    """One result where all readings agree, else several; `worth_asking` names open questions that would tell more."""

    answers: Answers
    results: tuple[Result, ...]
    doubts: tuple[Doubt, ...]
    worth_asking: tuple[str, ...]


DISAGREEMENTS = (
    Disagreement(
        "binary-control",
        "contradiction",
        gettext_lazy(
            "Section 2.2 contradicts itself on control that can only switch charging on and off. The running text "
            "counts it among the direct controls, all of which it calls advanced smart charging; the definition of "
            "advanced smart charging asks for adjustments of the rate."
        ),
        lambda answers: answers.direct == Answer.YES and answers.rate == Answer.NO,
    ),
    Disagreement(
        "rate-without-control",
        "contradiction",
        gettext_lazy(
            "Section 2.2 does not foresee a rate that can be adjusted without direct control. For the running text "
            "adjusting the rate is itself direct control; the definitions ask for direct control first and for the "
            "adjustable rate besides."
        ),
        lambda answers: answers.direct == Answer.NO and answers.rate == Answer.YES,
    ),
    Disagreement(
        "flow-without-control",
        "contradiction",
        gettext_lazy(
            "Section 2.2 does not foresee power that flows back without direct control. It defines bidirectional "
            "charging as a form of advanced smart charging, which is under direct control; yet what marks it is the "
            "two-way flow, and its scenarios are told by what the charger is connected to."
        ),
        lambda answers: answers.direct == Answer.NO and answers.back == Answer.YES,
    ),
    Disagreement(
        "dynamic-tariff",
        "silence",
        gettext_lazy(
            "The paper says nothing of dynamic tariffs without direct control. It leaves static time-of-use tariffs "
            "out of smart charging for want of direct control. That reason fits dynamic tariffs too, but they are not"
            " named."
        ),
        lambda answers: answers.direct == Answer.NO and answers.tariff == Tariff.DYNAMIC,
    ),
)


def classify(answers: Answers) -> Classification:
    results = tuple(agreeing(answers))
    doubts = tuple(doubts_about(answers)) if len(results) > 1 else ()
    worth_asking = tuple(name for name in answers.unknown if would_tell_more(answers, name))
    return Classification(answers, results, doubts, worth_asking)


def doubts_about(answers: Answers) -> Iterator[Doubt]:
    for disagreement in DISAGREEMENTS:
        cases = list(map(disagreement.applies, answers.completions()))
        if any(cases):
            yield Doubt(disagreement, depends=not all(cases))


def agreeing(answers: Answers) -> Iterator[Result]:
    """The results of all readings that have something to say, those that agree as one."""
    found: dict[Outcome, list[Reading]] = {}
    for reading in readings_of(answers):
        found.setdefault(outcome(answers, reading), []).append(reading)
    for result, readings in found.items():
        steps = reasoning(answers, readings[0], lambda term, result=result: standing(term, result))  # type: ignore[misc]
        yield Result(tuple(readings), *result, tuple(steps))


def readings_of(answers: Answers) -> list[Reading]:
    """The direction of flow says nothing of its own where no power flows back."""
    return [reading for reading in Reading if reading != Reading.FLOW or answers.back != Answer.NO]


def outcome(answers: Answers, reading: Reading) -> Outcome:
    """The classes that hold whatever the unknown answers are, and those that hold for some of them only."""
    cases = [case for complete in answers.completions() for case in CASES[reading](complete)]
    certain, any_of_them = frozenset.intersection(*cases), frozenset.union(*cases)
    return in_order(certain), in_order(any_of_them - certain)


def in_order(classes: Classes) -> tuple[str, ...]:
    return tuple(term for term in TERMS if term in classes)


def standing(term: str, result: Outcome) -> Answer:
    """Whether a class holds."""
    certain, possible = result
    if term in certain:
        return Answer.YES
    return Answer.UNKNOWN if term in possible else Answer.NO


def would_tell_more(answers: Answers, name: str) -> bool:
    """Whether some answer to an open question would change what any reading says."""
    present = [outcome(answers, reading) for reading in readings_of(answers)]
    choices = [value for value in type(getattr(answers, name)) if value != UNKNOWN]
    others = [replace(answers, **{name: value}) for value in choices]
    return any([outcome(other, reading) for reading in readings_of(other)] != present for other in others)


# What each reading makes of complete answers: one set of classes, or several that it leaves open.


def by_definitions(answers: Answers) -> list[Classes]:
    if answers.direct == Answer.NO:
        return [outside(answers)]
    return [controlled(answers, is_advanced=answers.rate == Answer.YES)]


def by_running_text(answers: Answers) -> list[Classes]:
    under_control = controlled(answers, is_advanced=True)
    if Answer.YES in (answers.direct, answers.rate):
        return [under_control]
    # Silent on dynamic tariffs: either no smart charging, or what it would be if they counted as control.
    return [outside(answers), under_control] if answers.tariff == Tariff.DYNAMIC else [outside(answers)]


def by_flow(answers: Answers) -> list[Classes]:
    if answers.back == Answer.NO:
        return by_definitions(answers)
    binary = {BINARY} if answers.direct == Answer.YES and answers.rate == Answer.NO else set()
    return [frozenset({SMART, ADVANCED, *two_way(answers), *binary})]


CASES: Mapping[Reading, Callable[[Answers], list[Classes]]] = {
    Reading.DEFINITIONS: by_definitions,
    Reading.RUNNING_TEXT: by_running_text,
    Reading.FLOW: by_flow,
}


def outside(answers: Answers) -> Classes:
    """Without direct control; the vocabulary has no term for a dynamic tariff alone."""
    named = {Tariff.NONE: {UNCONTROLLED}, Tariff.STATIC: {STATIC_TARIFF}}
    return frozenset(named.get(answers.tariff, set()))


def controlled(answers: Answers, *, is_advanced: bool) -> Classes:
    classes = {SMART} | ({BINARY} if answers.rate == Answer.NO else set())
    if is_advanced:
        classes |= {ADVANCED, *(two_way(answers) if answers.back == Answer.YES else {V1G})}
    return frozenset(classes)


def two_way(answers: Answers) -> set[str]:
    return {TWO_WAY, V2X, SCENARIOS[answers.to]}
