"""The steps from answers to classes in words, each with its place in the paper, as one reading of it takes them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from v2xkb.taxonomy.questions import Answer, Answers, Target, Tariff

SMART, BINARY, ADVANCED, V1G = "smart-charging", "binary-control", "advanced-smart-charging", "v1g"
TWO_WAY, V2X = "bidirectional-charging", "v2x"
STATIC_TARIFF, UNCONTROLLED = "static-tou-charging", "uncontrolled-charging"
SCENARIOS = {
    Target.GRID: "v2g",
    Target.BUILDING: "v2b",
    Target.HOME: "v2h",
    Target.LOAD: "v2l",
    Target.VEHICLE: "v2v",
}
CONNECTED_TO = {
    Target.GRID: gettext_lazy("When power flows back, the charger is connected to the electric grid."),
    Target.BUILDING: gettext_lazy("When power flows back, the charger is connected to a building's meter."),
    Target.HOME: gettext_lazy("When power flows back, the charger is connected to a home."),
    Target.LOAD: gettext_lazy("When power flows back, the charger is connected to an electric load."),
    Target.VEHICLE: gettext_lazy("When power flows back, the charger is connected to another vehicle."),
}

ON_TARIFFS = gettext_lazy("section 2.2, on static time-of-use tariffs")
ON_CONTROL = gettext_lazy("section 2.2, on binary control and rate adjustments")
ON_V1G = gettext_lazy("section 2.2, on V1G")
SMART_DEFINED = gettext_lazy("section 2.2, definition of smart charging")
ADVANCED_DEFINED = gettext_lazy("section 2.2, definition of advanced smart charging")
TWO_WAY_DEFINED = gettext_lazy("section 2.2, definition of bidirectional charging")
AND_V2X = format_lazy("{}; {}", TWO_WAY_DEFINED, gettext_lazy("section 1.3, on V2X"))


class Reading(StrEnum):
    """A way of taking the paper's words."""

    DEFINITIONS = "definitions"
    RUNNING_TEXT = "running-text"
    FLOW = "flow"

    @property
    def label(self) -> str:
        return str(LABELS[self])


LABELS = {
    Reading.DEFINITIONS: gettext_lazy("the definitions that close section 2.2, every condition required"),
    Reading.RUNNING_TEXT: gettext_lazy("the running text of section 2.2, which calls all direct control advanced"),
    Reading.FLOW: gettext_lazy("the direction of flow, which marks bidirectional charging in its definition"),
}


@dataclass(frozen=True)
class Step:
    """One step: the question it rests on, what follows, where the paper says so, the terms it speaks of."""

    question: str
    text: str
    place: str | Promise
    terms: tuple[str, ...] = ()


Standing = Callable[[str], Answer]


def reasoning(answers: Answers, reading: Reading, is_a: Standing) -> Iterator[Step]:
    """`is_a` says whether a class holds by this reading."""
    if reading == Reading.FLOW:
        yield from of_flow_alone(answers)
        yield from of_target(answers, Answer.YES)
        return
    if not rate_tells_control(answers, reading):
        yield of_control(answers, reading)
    yield from of_rate(answers, reading)
    yield from of_flow(answers, is_a(ADVANCED))
    yield from of_target(answers, is_a(TWO_WAY))


def rate_tells_control(answers: Answers, reading: Reading) -> bool:
    """Whether the running text concludes direct control from an adjustable rate."""
    return reading == Reading.RUNNING_TEXT and answers.rate == Answer.YES and answers.direct != Answer.YES


def of_control(answers: Answers, reading: Reading) -> Step:
    match answers.direct:
        case Answer.YES:
            text = _("A mechanism controls the charging cycle directly: this is smart charging.")
            if answers.tariff in (Tariff.STATIC, Tariff.DYNAMIC):
                text = together(text, _("That a tariff is in force besides changes nothing."))
            return Step("direct", text, SMART_DEFINED, (SMART,))
        case Answer.NO:
            return of_tariff(answers, reading)
    terms: tuple[str, ...]
    match answers.tariff:
        case Tariff.STATIC:
            terms = (SMART, STATIC_TARIFF)
            end = _("If nothing does, it is charging by a static tariff, which the paper leaves out.")
        case Tariff.DYNAMIC:
            terms = (SMART,)
            end = _("If nothing does, only the dynamic tariff guides it, of which the paper says nothing.")
        case Tariff.NONE:
            terms = (SMART, UNCONTROLLED)
            end = _("If nothing does, it is uncontrolled charging.")
        case _:
            terms = (SMART, UNCONTROLLED, STATIC_TARIFF)
            end = _("If nothing does, it is uncontrolled, or guided by a tariff only.")
    text = _(
        "Whether a mechanism controls the charging cycle directly is not known, so it is open whether this is smart "
        "charging."
    )
    return Step("direct", together(text, end), SMART_DEFINED, terms)


def of_tariff(answers: Answers, reading: Reading) -> Step:
    """Where nothing controls the charging cycle directly."""
    strict = reading == Reading.DEFINITIONS
    match answers.tariff:
        case Tariff.STATIC:
            text = _(
                "Only a static time-of-use tariff guides charging, and the user is free to follow it. For want of "
                "direct control the paper leaves that out of smart charging."
            )
            return Step("tariff", text, ON_TARIFFS, (STATIC_TARIFF, SMART))
        case Tariff.DYNAMIC if strict:
            text = _(
                "Only a dynamic tariff guides charging. The definition asks for direct control of the charging cycle, "
                "so this is not smart charging."
            )
            return Step("tariff", text, SMART_DEFINED, (SMART,))
        case Tariff.DYNAMIC:
            text = _(
                "Only a dynamic tariff guides charging. The running text leaves out static tariffs and says nothing of "
                "dynamic ones, so it is open whether this is smart charging."
            )
            return Step("tariff", text, ON_TARIFFS, (SMART,))
        case Tariff.NONE:
            text = _(
                "Nothing controls the charging cycle directly and no tariff guides it: not smart charging. "
                "“Uncontrolled” is this vocabulary's word for it, not the paper's."
            )
            return Step("direct", text, SMART_DEFINED, (UNCONTROLLED, SMART))
    text = _(
        "Nothing controls the charging cycle directly, so this is not smart charging: it is uncontrolled, or guided by "
        "a tariff only."
    )
    if not strict:
        text = together(text, _("Of dynamic tariffs the running text says nothing, so they stay open."))
    return Step("direct", text, SMART_DEFINED if strict else ON_TARIFFS, (UNCONTROLLED, STATIC_TARIFF, SMART))


def of_rate(answers: Answers, reading: Reading) -> Iterator[Step]:
    match answers.rate:
        case Answer.YES:
            yield of_adjustable_rate(answers, reading)
        case Answer.NO if may_be_controlled(answers, reading):
            yield of_switching(answers, reading)
        case Answer.UNKNOWN if reading == Reading.RUNNING_TEXT and answers.direct != Answer.YES:
            text = _(
                "Whether the rate can be adjusted is not known. If it can, the running text takes that for direct "
                "control, and calls all direct control advanced smart charging, binary control too."
            )
            yield Step("rate", text, ON_CONTROL, (SMART, ADVANCED, BINARY))
        case Answer.UNKNOWN if may_be_controlled(answers, reading):
            yield of_unknown_rate(answers, reading)


def may_be_controlled(answers: Answers, reading: Reading) -> bool:
    """Whether the answers leave direct control open, or what the reading may take for it."""
    open_tariff = answers.tariff in (Tariff.DYNAMIC, Tariff.UNKNOWN)
    return answers.direct != Answer.NO or (reading == Reading.RUNNING_TEXT and open_tariff)


def of_adjustable_rate(answers: Answers, reading: Reading) -> Step:
    if rate_tells_control(answers, reading):
        text = _(
            "The charging rate can be adjusted. The running text counts that as direct control, so by it this is smart "
            "charging, and advanced, whatever else is said of control."
        )
        return Step("rate", text, ON_CONTROL, (SMART, ADVANCED))
    match answers.direct:
        case Answer.YES:
            text = _("The charging rate can be adjusted: this is advanced smart charging.")
        case Answer.NO:
            text = _(
                "The charging rate can be adjusted, but only smart charging can be advanced, and this is not smart."
            )
        case _:
            text = _("The charging rate can be adjusted. If this is smart charging, it is advanced.")
    return Step("rate", text, ADVANCED_DEFINED, (ADVANCED,))


def of_switching(answers: Answers, reading: Reading) -> Step:
    text = _("The rate cannot be adjusted: what control there is can only switch on and off, which is binary control.")
    if reading == Reading.DEFINITIONS:
        end = _("Advanced smart charging is defined by rate adjustments, so this is not advanced.")
        return Step("rate", together(text, end), ADVANCED_DEFINED, (BINARY, ADVANCED))
    if answers.direct == Answer.YES:
        end = _("The running text calls all direct control advanced smart charging, binary control too.")
    else:
        end = _(
            "The running text calls all direct control advanced smart charging, binary control too: if this is smart "
            "charging, it is advanced."
        )
    return Step("rate", together(text, end), ON_CONTROL, (BINARY, ADVANCED))


def of_unknown_rate(answers: Answers, reading: Reading) -> Step:
    if reading == Reading.RUNNING_TEXT:
        text = _(
            "Whether the rate can be adjusted is not known, and decides nothing: the running text calls all direct "
            "control advanced, binary control too."
        )
        return Step("rate", text, ON_CONTROL, (ADVANCED, BINARY))
    text = _("Whether the rate can be adjusted is not known.")
    if answers.direct == Answer.YES:
        end = _("If it can, this is advanced smart charging; if not, binary control, which is not advanced.")
    else:
        end = _(
            "If this is smart charging and it can, this is advanced smart charging; if not, binary control, which is "
            "not advanced."
        )
    return Step("rate", together(text, end), ADVANCED_DEFINED, (ADVANCED, BINARY))


def of_flow(answers: Answers, advanced: Answer) -> Iterator[Step]:
    match answers.back, advanced:
        case Answer.YES, Answer.YES:
            text = _("Power can flow both ways: this is bidirectional charging, whose scenarios together are V2X.")
            yield Step("back", text, AND_V2X, (TWO_WAY, V2X))
        case Answer.YES, Answer.UNKNOWN:
            text = _(
                "Power can flow both ways. If this is advanced smart charging, it is bidirectional charging, whose "
                "scenarios together are V2X."
            )
            yield Step("back", text, AND_V2X, (TWO_WAY, V2X))
        case Answer.YES, Answer.NO:
            text = _(
                "Power can flow back, yet bidirectional charging is defined as a form of advanced smart charging, "
                "which this is not."
            )
            yield Step("back", text, TWO_WAY_DEFINED, (TWO_WAY,))
        case Answer.NO, Answer.NO:
            text = _(
                "One-way V1G and bidirectional charging are both forms of advanced smart charging, which this is not: "
                "the direction of flow names nothing."
            )
            yield Step("back", text, ON_V1G, (V1G, TWO_WAY))
        case Answer.NO, Answer.YES:
            text = _(
                "Power flows into the vehicle only: this is V1G, which the paper counts as advanced smart charging."
            )
            yield Step("back", text, ON_V1G, (V1G,))
        case Answer.NO, Answer.UNKNOWN:
            text = _("Power flows into the vehicle only. If this is advanced smart charging, it is V1G.")
            yield Step("back", text, ON_V1G, (V1G,))
        case Answer.UNKNOWN, Answer.YES | Answer.UNKNOWN:
            yield of_unknown_flow(advanced)


def of_unknown_flow(advanced: Answer) -> Step:
    text = _("Whether power can flow back is not known.")
    if advanced == Answer.YES:
        end = _("If it can, this is bidirectional charging, whose scenarios together are V2X; if not, V1G.")
    else:
        end = _(
            "If this is advanced smart charging and it can, this is bidirectional charging, whose scenarios together "
            "are V2X; if not, V1G."
        )
    return Step("back", together(text, end), format_lazy("{}; {}", AND_V2X, ON_V1G), (TWO_WAY, V2X, V1G))


def of_flow_alone(answers: Answers) -> Iterator[Step]:
    """Where the direction of flow decides by itself."""
    if answers.back == Answer.YES:
        text = _(
            "Power can flow both ways. Taken by that mark alone, this is bidirectional charging, and so by definition "
            "advanced and smart, whatever is known of control. Its scenarios together are V2X."
        )
        yield Step("back", text, AND_V2X, (TWO_WAY, ADVANCED, SMART, V2X))
    else:
        text = _(
            "Whether power can flow back is not known. If it can, then by that mark alone this is bidirectional "
            "charging, and so by definition advanced and smart, whatever is known of control; its scenarios together "
            "are V2X."
        )
        yield Step("back", text, AND_V2X, (TWO_WAY, ADVANCED, SMART, V2X))
        text = _(
            "If it cannot, the direction of flow tells nothing more, and the definitions apply: the class depends on "
            "direct control and on the rate."
        )
        others = (SMART, BINARY, ADVANCED, V1G, UNCONTROLLED, STATIC_TARIFF)
        yield Step("back", text, format_lazy("{}; {}", SMART_DEFINED, ADVANCED_DEFINED), others)
    if answers.direct != Answer.NO and answers.rate != Answer.YES:
        text = _("Where control can only switch charging on and off, it is binary control too.")
        yield Step("rate", text, ON_CONTROL, (BINARY,))


def of_target(answers: Answers, two_way: Answer) -> Iterator[Step]:
    target = answers.to
    if answers.back == Answer.NO or two_way == Answer.NO:
        if target != Target.UNKNOWN:
            text = _(
                "What the charger is connected to tells the scenarios of bidirectional charging apart. This is not "
                "bidirectional, so it plays no part."
            )
            yield Step("to", text, TWO_WAY_DEFINED)
        return
    is_certain = two_way == Answer.YES and answers.back == Answer.YES
    if target == Target.UNKNOWN:
        text = _("What the charger is connected to is not known.")
        if is_certain:
            end = _("The scenario is V2G, V2B or V2H, or one of the less common V2L and V2V.")
        else:
            end = _("If this is bidirectional, the scenario is V2G, V2B or V2H, or one of the less common V2L and V2V.")
        yield Step("to", together(text, end), TWO_WAY_DEFINED, tuple(SCENARIOS.values()))
        return
    if target in (Target.LOAD, Target.VEHICLE):
        certain, open_yet = (
            _("The scenario is {name}, one of the less common."),
            _("If this is bidirectional, the scenario is {name}, one of the less common."),
        )
    else:
        certain, open_yet = _("The scenario is {name}."), _("If this is bidirectional, the scenario is {name}.")
    end = (certain if is_certain else open_yet).format(name=SCENARIOS[target].upper())
    yield Step("to", together(str(CONNECTED_TO[target]), end), TWO_WAY_DEFINED, (SCENARIOS[target],))


def together(*sentences: str) -> str:
    """Sentences are translated whole; only whole ones are joined."""
    return " ".join(sentences)
