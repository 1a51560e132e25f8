"""The steps from answers to classes in words, each with its place in the paper, as one reading of it takes them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

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
    Target.GRID: "the electric grid",
    Target.BUILDING: "a building's meter",
    Target.HOME: "a home",
    Target.LOAD: "an electric load",
    Target.VEHICLE: "another vehicle",
}

ON_TARIFFS = "section 2.2, on static time-of-use tariffs"
ON_CONTROL = "section 2.2, on binary control and rate adjustments"
ON_V1G = "section 2.2, on V1G"
SMART_DEFINED = "section 2.2, definition of smart charging"
ADVANCED_DEFINED = "section 2.2, definition of advanced smart charging"
TWO_WAY_DEFINED = "section 2.2, definition of bidirectional charging"
AND_V2X = f"{TWO_WAY_DEFINED}; section 1.3, on V2X"


class Reading(StrEnum):
    """A way of taking the paper's words."""

    DEFINITIONS = "definitions"
    RUNNING_TEXT = "running-text"
    FLOW = "flow"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Reading.DEFINITIONS: "the definitions that close section 2.2, every condition required",
    Reading.RUNNING_TEXT: "the running text of section 2.2, which calls all direct control advanced",
    Reading.FLOW: "the direction of flow, which marks bidirectional charging in its definition",
}


@dataclass(frozen=True)
class Step:
    """One step: the question it rests on, what follows, where the paper says so, the terms it speaks of."""

    question: str
    text: str
    place: str
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
            besides = answers.tariff in (Tariff.STATIC, Tariff.DYNAMIC)
            text = "A mechanism controls the charging cycle directly: this is smart charging."
            text += " That a tariff is in force besides changes nothing." if besides else ""
            return Step("direct", text, SMART_DEFINED, (SMART,))
        case Answer.NO:
            return of_tariff(answers, reading)
    text = (
        "Whether a mechanism controls the charging cycle directly is not known, so it is open whether this is smart "
        "charging. If nothing does, "
    )
    terms: tuple[str, ...]
    match answers.tariff:
        case Tariff.STATIC:
            end, terms = "it is charging by a static tariff, which the paper leaves out.", (SMART, STATIC_TARIFF)
        case Tariff.DYNAMIC:
            end, terms = "only the dynamic tariff guides it, of which the paper says nothing.", (SMART,)
        case Tariff.NONE:
            end, terms = "it is uncontrolled charging.", (SMART, UNCONTROLLED)
        case _:
            end = "it is uncontrolled, or guided by a tariff only."
            terms = (SMART, UNCONTROLLED, STATIC_TARIFF)
    return Step("direct", text + end, SMART_DEFINED, terms)


def of_tariff(answers: Answers, reading: Reading) -> Step:
    """Where nothing controls the charging cycle directly."""
    strict = reading == Reading.DEFINITIONS
    match answers.tariff:
        case Tariff.STATIC:
            text = "Only a static time-of-use tariff guides charging, and the user is free to follow it. For want of "
            text += "direct control the paper leaves that out of smart charging."
            return Step("tariff", text, ON_TARIFFS, (STATIC_TARIFF, SMART))
        case Tariff.DYNAMIC if strict:
            text = "Only a dynamic tariff guides charging. The definition asks for direct control of the charging "
            text += "cycle, so this is not smart charging."
            return Step("tariff", text, SMART_DEFINED, (SMART,))
        case Tariff.DYNAMIC:
            text = "Only a dynamic tariff guides charging. The running text leaves out static tariffs and says nothing "
            text += "of dynamic ones, so it is open whether this is smart charging."
            return Step("tariff", text, ON_TARIFFS, (SMART,))
        case Tariff.NONE:
            text = "Nothing controls the charging cycle directly and no tariff guides it: not smart charging. "
            text += "“Uncontrolled” is this vocabulary's word for it, not the paper's."
            return Step("direct", text, SMART_DEFINED, (UNCONTROLLED, SMART))
    text = "Nothing controls the charging cycle directly, so this is not smart charging: it is uncontrolled, or guided "
    text += "by a tariff only."
    text += "" if strict else " Of dynamic tariffs the running text says nothing, so they stay open."
    return Step("direct", text, SMART_DEFINED if strict else ON_TARIFFS, (UNCONTROLLED, STATIC_TARIFF, SMART))


def of_rate(answers: Answers, reading: Reading) -> Iterator[Step]:
    match answers.rate:
        case Answer.YES:
            yield of_adjustable_rate(answers, reading)
        case Answer.NO if may_be_controlled(answers, reading):
            yield of_switching(answers, reading)
        case Answer.UNKNOWN if reading == Reading.RUNNING_TEXT and answers.direct != Answer.YES:
            text = "Whether the rate can be adjusted is not known. If it can, the running text takes that for direct "
            text += "control, and calls all direct control advanced smart charging, binary control too."
            yield Step("rate", text, ON_CONTROL, (SMART, ADVANCED, BINARY))
        case Answer.UNKNOWN if may_be_controlled(answers, reading):
            yield of_unknown_rate(answers, reading)


def may_be_controlled(answers: Answers, reading: Reading) -> bool:
    """Whether the answers leave direct control open, or what the reading may take for it."""
    open_tariff = answers.tariff in (Tariff.DYNAMIC, Tariff.UNKNOWN)
    return answers.direct != Answer.NO or (reading == Reading.RUNNING_TEXT and open_tariff)


def of_adjustable_rate(answers: Answers, reading: Reading) -> Step:
    if rate_tells_control(answers, reading):
        text = "The charging rate can be adjusted. The running text counts that as direct control, so by it this is "
        text += "smart charging, and advanced, whatever else is said of control."
        return Step("rate", text, ON_CONTROL, (SMART, ADVANCED))
    match answers.direct:
        case Answer.YES:
            text = "The charging rate can be adjusted: this is advanced smart charging."
        case Answer.NO:
            text = "The charging rate can be adjusted, but only smart charging can be advanced, and this is not smart."
        case _:
            text = "The charging rate can be adjusted. If this is smart charging, it is advanced."
    return Step("rate", text, ADVANCED_DEFINED, (ADVANCED,))


def of_switching(answers: Answers, reading: Reading) -> Step:
    text = "The rate cannot be adjusted: what control there is can only switch on and off, which is binary control. "
    if reading == Reading.DEFINITIONS:
        text += "Advanced smart charging is defined by rate adjustments, so this is not advanced."
        return Step("rate", text, ADVANCED_DEFINED, (BINARY, ADVANCED))
    text += "The running text calls all direct control advanced smart charging, binary control too"
    text += "." if answers.direct == Answer.YES else ": if this is smart charging, it is advanced."
    return Step("rate", text, ON_CONTROL, (BINARY, ADVANCED))


def of_unknown_rate(answers: Answers, reading: Reading) -> Step:
    text = "Whether the rate can be adjusted is not known"
    if reading == Reading.RUNNING_TEXT:
        text += ", and decides nothing: the running text calls all direct control advanced, binary control too."
        return Step("rate", text, ON_CONTROL, (ADVANCED, BINARY))
    condition = "If" if answers.direct == Answer.YES else "If this is smart charging and"
    text += f". {condition} it can, this is advanced smart charging; if not, binary control, which is not advanced."
    return Step("rate", text, ADVANCED_DEFINED, (ADVANCED, BINARY))


def of_flow(answers: Answers, advanced: Answer) -> Iterator[Step]:
    match answers.back, advanced:
        case Answer.YES, Answer.YES:
            text = "Power can flow both ways: this is bidirectional charging, whose scenarios together are V2X."
            yield Step("back", text, AND_V2X, (TWO_WAY, V2X))
        case Answer.YES, Answer.UNKNOWN:
            text = "Power can flow both ways. If this is advanced smart charging, it is bidirectional charging, whose "
            yield Step("back", f"{text}scenarios together are V2X.", AND_V2X, (TWO_WAY, V2X))
        case Answer.YES, _:
            text = "Power can flow back, yet bidirectional charging is defined as a form of advanced smart charging, "
            yield Step("back", f"{text}which this is not.", TWO_WAY_DEFINED, (TWO_WAY,))
        case Answer.NO, Answer.NO:
            text = "One-way V1G and bidirectional charging are both forms of advanced smart charging, which this is "
            yield Step("back", f"{text}not: the direction of flow names nothing.", ON_V1G, (V1G, TWO_WAY))
        case Answer.NO, Answer.YES:
            text = "Power flows into the vehicle only: this is V1G, which the paper counts as advanced smart charging."
            yield Step("back", text, ON_V1G, (V1G,))
        case Answer.NO, _:
            text = "Power flows into the vehicle only. If this is advanced smart charging, it is V1G."
            yield Step("back", text, ON_V1G, (V1G,))
        case _ if advanced != Answer.NO:
            condition = "If" if advanced == Answer.YES else "If this is advanced smart charging and"
            text = f"Whether power can flow back is not known. {condition} it can, this is bidirectional charging, "
            text += "whose scenarios together are V2X; if not, V1G."
            yield Step("back", text, f"{AND_V2X}; {ON_V1G}", (TWO_WAY, V2X, V1G))


def of_flow_alone(answers: Answers) -> Iterator[Step]:
    """Where the direction of flow decides by itself."""
    then = "this is bidirectional charging, and so by definition advanced and smart, whatever is known of control"
    if answers.back == Answer.YES:
        text = f"Power can flow both ways. Taken by that mark alone, {then}. Its scenarios together are V2X."
        yield Step("back", text, AND_V2X, (TWO_WAY, ADVANCED, SMART, V2X))
    else:
        text = f"Whether power can flow back is not known. If it can, then by that mark alone {then}; its scenarios "
        yield Step("back", f"{text}together are V2X.", AND_V2X, (TWO_WAY, ADVANCED, SMART, V2X))
        text = "If it cannot, the direction of flow tells nothing more, and the definitions apply: the class depends "
        text += "on direct control and on the rate."
        others = (SMART, BINARY, ADVANCED, V1G, UNCONTROLLED, STATIC_TARIFF)
        yield Step("back", text, f"{SMART_DEFINED}; {ADVANCED_DEFINED}", others)
    if answers.direct != Answer.NO and answers.rate != Answer.YES:
        text = "Where control can only switch charging on and off, it is binary control too."
        yield Step("rate", text, ON_CONTROL, (BINARY,))


def of_target(answers: Answers, two_way: Answer) -> Iterator[Step]:
    target = answers.to
    if answers.back == Answer.NO or two_way == Answer.NO:
        if target != Target.UNKNOWN:
            text = "What the charger is connected to tells the scenarios of bidirectional charging apart. This is not "
            yield Step("to", f"{text}bidirectional, so it plays no part.", TWO_WAY_DEFINED)
        return
    is_certain = two_way == Answer.YES and answers.back == Answer.YES
    if target == Target.UNKNOWN:
        text = "What the charger is connected to is not known. "
        text += "The scenario is" if is_certain else "If this is bidirectional, the scenario is"
        text += " V2G, V2B or V2H, or one of the less common V2L and V2V."
        yield Step("to", text, TWO_WAY_DEFINED, tuple(SCENARIOS.values()))
    else:
        text = f"When power flows back, the charger is connected to {CONNECTED_TO[target]}. "
        text += "The scenario is" if is_certain else "If this is bidirectional, the scenario is"
        less_common = ", one of the less common" if target in (Target.LOAD, Target.VEHICLE) else ""
        text += f" {SCENARIOS[target].upper()}{less_common}."
        yield Step("to", text, TWO_WAY_DEFINED, (SCENARIOS[target],))
