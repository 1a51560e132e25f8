"""The questions by which a way of charging is classified, asked by page and REST alike, and the answers to them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from itertools import product

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from v2xkb.records.problems import nearest, shown

UNKNOWN = "unknown"


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Tariff(StrEnum):
    """What guides charging besides, or instead of, direct control."""

    NONE = "none"
    STATIC = "static"
    DYNAMIC = "dynamic"
    UNKNOWN = "unknown"


class Target(StrEnum):
    """What the charger is connected to when power flows back."""

    GRID = "grid"
    BUILDING = "building"
    HOME = "home"
    LOAD = "load"
    VEHICLE = "vehicle"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Answers:
    """What is known of one way of charging."""

    direct: Answer = Answer.UNKNOWN
    tariff: Tariff = Tariff.UNKNOWN
    rate: Answer = Answer.UNKNOWN
    back: Answer = Answer.UNKNOWN
    to: Target = Target.UNKNOWN

    @property
    def unknown(self) -> list[str]:
        """The names of the questions that are open."""
        return [name for name, value in asdict(self).items() if value == UNKNOWN]

    def completions(self) -> Iterator["Answers"]:
        """Every way in which the open questions could be answered."""
        choices = []
        for field in fields(self):
            value = getattr(self, field.name)
            choices.append([member for member in type(value) if member != UNKNOWN] if value == UNKNOWN else [value])
        for values in product(*choices):
            yield Answers(*values)


@dataclass(frozen=True)
class Question:
    """One question in plain words; `options` are its answers by value, «not known» last."""

    name: str
    text: str | Promise
    help_text: str | Promise
    options: Mapping[str, str | Promise]


NOT_KNOWN = _("not known")

QUESTIONS = (
    Question(
        "direct",
        _("Is the charging cycle controlled directly?"),
        _("Some mechanism, not the driver, starts, stops or steers the charge."),
        {"yes": _("yes"), "no": _("no"), UNKNOWN: NOT_KNOWN},
    ),
    Question(
        "tariff",
        _("Does a tariff guide when to charge?"),
        _("Static: the price periods are fixed in advance. Dynamic: prices change from day to day or hour to hour."),
        {"none": _("no tariff"), "static": _("a static tariff"), "dynamic": _("a dynamic tariff"), UNKNOWN: NOT_KNOWN},
    ),
    Question(
        "rate",
        _("Can the charging rate be adjusted?"),
        _("By a mechanism, in steps or smoothly. Switching on and off alone adjusts no rate."),
        {"yes": _("yes"), "no": _("no, at most on and off"), UNKNOWN: NOT_KNOWN},
    ),
    Question(
        "back",
        _("Can power flow back out of the vehicle?"),
        "",
        {"yes": _("yes"), "no": _("no"), UNKNOWN: NOT_KNOWN},
    ),
    Question(
        "to",
        _("What is the charger connected to when power flows back?"),
        _("If it can be several, ask once for each."),
        {
            "grid": _("the electric grid"),
            "building": _("a building's meter"),
            "home": _("a home"),
            "load": _("an electric load"),
            "vehicle": _("another vehicle"),
            UNKNOWN: _("not known, or no power flows back"),
        },
    ),
)


class WrongAnswers(Exception):
    """Answers that cannot be read; `faults` has messages with a remedy by parameter."""

    def __init__(self, faults: Mapping[str, list[str]]) -> None:
        self.faults = faults
        super().__init__(" ".join(f"{name}: {text}" for name, texts in faults.items() for text in texts))


def read_answers(given: Mapping[str, Sequence[str]]) -> Answers:
    """The answers that parameters give, a blank one being none; raises WrongAnswers."""
    questions = {question.name: question for question in QUESTIONS}
    faults: dict[str, list[str]] = {}
    answers: dict[str, Answer | Tariff | Target] = {}
    for name, texts in given.items():
        values = [text.strip() for text in texts if text.strip()]
        if name not in questions:
            faults[name] = [f"{gettext('There is no such parameter.')} {nearest(name, questions)}"]
        elif len(values) > 1:
            faults[name] = [gettext("It is given {number} times. Give it once.").format(number=len(values))]
        elif values and values[0] not in questions[name].options:
            fault = gettext("“{value}” is no answer to it.").format(value=shown(values[0]))
            faults[name] = [f"{fault} {nearest(values[0], questions[name].options)}"]
        elif values:
            answers[name] = type(getattr(Answers(), name))(values[0])
    if faults:
        raise WrongAnswers(faults)
    return Answers(**answers)  # type: ignore[arg-type] # each was made of its own field's type
