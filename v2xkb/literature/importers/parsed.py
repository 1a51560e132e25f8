"""What every format's reader hands on: the fields of a reference, what was wrong, and what was not taken over."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any, get_args

from pydantic import TypeAdapter, ValidationError

from v2xkb.literature.documents import Person, ReferenceDocument
from v2xkb.records.problems import Problem, shown
from v2xkb.records.reading import REMEDIES

# What the column of years holds.
YEARS = range(1500, 2201)
# Of one reference, which becomes a form: more would only hide what matters.
MOST_PROBLEMS = 50
MOST_LEFT = 200
MOST_ITEMS = 3_000
TWICE = "this stands twice"


@dataclass(frozen=True)
class ParsedReference:
    """One reference of a pasted text.

    `data` holds fields of a ReferenceDocument, each valid by itself, without kind, id and slug; `line` is where the
    reference begins, counted from 1; `key` is what the source calls it; `left` are the source's fields that have no
    place here, as (name, value) to be shown; `rest` has the values of many of them whole, as the source writes them.
    """

    data: dict[str, Any]
    line: int
    problems: tuple[Problem, ...] = ()
    key: str = ""
    left: tuple[tuple[str, str], ...] = ()
    rest: Mapping[str, list[str]] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return self.data.get("title", "")

    @property
    def not_taken_over(self) -> str:
        """One line that names what was left, so that nothing is lost silently."""
        return "; ".join(f"{name}: {value}" if value else name for name, value in self.left)


@dataclass
class Gathering:
    """Collects one reference: keeps values that fit the declaration, and says of each other one why it does not."""

    line: int
    key: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)
    rest: dict[str, list[str]] = field(default_factory=dict)
    named: set[tuple[str, str]] = field(default_factory=set)

    def put(self, name: str, value: Any, line: int = 0) -> bool:
        """Set a field unless it is set; whether its value fits."""
        if value in (None, ""):
            return False
        if name in self.data:
            if self.data[name] != value:
                self.leave(name, str(value))
            return False
        error = fault(adapter(name), value)
        if error:
            self.complain(name, *error, value=value, line=line)
            return False
        self.data[name] = value
        return True

    def add(self, name: str, value: Any, line: int = 0) -> None:
        """Add an item to a list, once."""
        if not value or self.is_full(name):
            return
        entry = (name, item_name(value))
        if entry in self.named:
            self.complain(name, TWICE, "It was taken once.", value=entry[1], line=line)
            return
        error = fault(item_adapter(name), value)
        if error:
            self.complain(name, *error, value=entry[1], line=line)
            return
        self.named.add(entry)
        self.data.setdefault(name, []).append(value)

    def is_full(self, name: str) -> bool:
        """Whether a list has as many items as are taken; said once."""
        if len(self.data.get(name, ())) < MOST_ITEMS:
            return False
        if (name, "") not in self.named:
            self.named.add((name, ""))
            self.complain(name, "there are too many of them", f"The first {MOST_ITEMS:,} were taken.")
        return True

    def leave(self, name: str, value: str = "") -> None:
        """Note what has no place in a reference."""
        if len(self.left) < MOST_LEFT:
            self.left.append((shown(name), shown(" ".join(value.split()))))
        else:
            self.left[-1] = ("and more", "")

    def keep(self, name: str, value: str) -> None:
        """What has no place in a reference, but may have one in a corpus."""
        self.rest.setdefault(name, []).append(value)

    def complain(self, name: str, message: str, remedy: str, *, value: Any = "", line: int = 0) -> None:
        if len(self.problems) == MOST_PROBLEMS:
            message, remedy, value = "there are more problems than are listed", "Mend these, then paste it again.", ""
        if len(self.problems) <= MOST_PROBLEMS:
            text = shown(value) if value != "" else ""
            self.problems.append(Problem(f"line {line or self.line}", name, message, remedy, text))

    def finished(self) -> ParsedReference:
        """The reference, its fields in the order of the declaration."""
        if "title" not in self.data and not any(problem.path == "title" for problem in self.problems):
            self.complain("title", "the reference has no title", "Add it: a reference is found by its title.")
        data = {name: self.data[name] for name in ReferenceDocument.model_fields if name in self.data}
        return ParsedReference(data, self.line, tuple(self.problems), self.key, tuple(self.left), self.rest)


def item_name(value: Any) -> str:
    """A person's name or the text itself, by which the items of a list are told apart."""
    if not isinstance(value, Mapping):
        return str(value)
    return value.get("literal") or ", ".join(value[part] for part in ("family", "given") if value.get(part))


def fault(checked: TypeAdapter[Any], value: Any) -> tuple[str, str] | None:
    """(what is wrong, remedy) where a value does not fit the declaration."""
    try:
        checked.validate_python(value)
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        message = detail["msg"][0].lower() + detail["msg"][1:]
        return f"it was left out: {message}", REMEDIES.get(detail["type"], "Mend it by hand.")
    return None


@cache
def adapter(name: str) -> TypeAdapter[Any]:
    declared = ReferenceDocument.model_fields[name]
    return TypeAdapter(Annotated[declared.annotation, declared])  # type: ignore[arg-type]  # read at run time


@cache
def item_adapter(name: str) -> TypeAdapter[Any]:
    return TypeAdapter(get_args(ReferenceDocument.model_fields[name].annotation)[0])


def person(parts: Mapping[str, str]) -> dict[str, str]:
    """A person's name parts in the order of the declaration, only what is filled."""
    return {name: parts[name] for name in Person.model_fields if parts.get(name)}


def unreadable(line: int, message: str, remedy: str, value: str = "") -> ParsedReference:
    """A piece of text that holds no reference."""
    return ParsedReference({}, line, (Problem(f"line {line}", "", message, remedy, shown(value) if value else ""),))
