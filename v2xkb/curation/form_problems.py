"""What the one validator says of a form's data, at the field where it can be mended."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from v2xkb.curation.form_shapes import Group, Many, Shape
from v2xkb.curation.form_state import BASES, item_names, joined, paths
from v2xkb.records.documents import Document
from v2xkb.records.problems import InvalidDocuments, Problem
from v2xkb.records.reading import NAMING_FIELDS, validated

# The validator speaks of JSON; whoever fills in a form sees none.
IN_A_FORM = {
    "Add the key.": "Fill it in.",
    "Write a text in quotes.": "Write a text.",
    "Write a whole number without quotes.": "Write a whole number, digits only.",
    "Write a number without quotes.": "Write a number, with a point before decimals.",
    "Write something, or leave the key out: absent means not reported.": "Write something.",
    "Mend the number, or leave the key out where it is not known.": "Mend the number, or empty the field.",
    "Write it in the form the schema asks for.": "Write it as the field's description says.",
    "Give one, or leave the path out.": "Add an entry.",
    "Leave the path out.": "Remove this basis.",
    "See the schema of this kind.": "See the field's description.",
}


def data_problems(data: Mapping[str, Any]) -> list[Problem]:
    """Every fault that reading the data as a document finds, with remedies for whoever fills in a form."""
    try:
        validated(data, "")
    except InvalidDocuments as error:
        return [_in_a_form(problem) for problem in error.problems]
    return []


def _in_a_form(problem: Problem) -> Problem:
    remedy = IN_A_FORM.get(problem.remedy, problem.remedy)
    return Problem(problem.place, problem.path, problem.message, remedy, problem.value)


class Places:
    """Finds the field that a problem's path means, or the nearest one above it."""

    def __init__(self, model: type[Document], data: Mapping[str, Any], strays: Sequence[str] = ()) -> None:
        self.model = model
        self.data = data
        self.strays = {path: f":stray.{at}" for at, path in enumerate(strays)}
        self.names = {path: name for name, path in reversed(list(paths(model, data)))}

    def name_of(self, path: str) -> str:
        """The field's name; empty for what concerns the whole document."""
        if path.startswith("basis/"):
            return self._of_basis(path.removeprefix("basis/"))
        return self.names.get(path) or _descend(Group(self.model), self.data, path, "")

    def _of_basis(self, path: str) -> str:
        bases = self.data.get("basis")
        known = bases if isinstance(bases, Mapping) else {}
        place = max((one for one in known if f"{path}/".startswith(f"{one}/")), key=len, default="")
        if not place:
            return self.name_of(path)
        name = self.names.get(place) or self.strays.get(place, "")
        rest = path[len(place) :].removeprefix("/")
        return _descend(BASES, known[place], rest, f"{name}:basis") if rest and name else name


def _descend(shape: Shape, value: Any, path: str, name: str) -> str:
    """The name of the deepest field that a path leads to from here."""
    if not path:
        return name
    match shape:
        case Group(fields=fields):
            step, _, rest = path.partition("/")
            if step in fields:
                below = value.get(step) if isinstance(value, Mapping) else None
                return _descend(fields[step].shape, below, rest, joined(name, step))
        case Many(item=item) if isinstance(value, list):
            for at, word in _words(item, value):
                if path == word or path.startswith(f"{word}/"):
                    return _descend(item, value[at], path[len(word) :].removeprefix("/"), joined(name, at))
    return name


def _words(item: Any, values: list[Any]) -> Iterator[tuple[int, str]]:
    """What problems call the items of a list: as paths do, by one of their fields, else by position."""
    yield from enumerate(item_names(item, values))
    for at, value in enumerate(values):
        if isinstance(value, Mapping):
            named = (value.get(name) for name in NAMING_FIELDS)
            yield from ((at, one) for one in named if isinstance(one, str) and one)
        elif isinstance(value, str) and value:
            yield at, value
    yield from ((at, str(at)) for at in range(len(values)))
