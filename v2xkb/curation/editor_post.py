"""What a sent form asks for: which button was pressed, what it does to the form, and where the eye goes next."""

from collections.abc import Sequence
from dataclasses import dataclass

from v2xkb.curation import form_actions as actions
from v2xkb.curation.editor import used_keys
from v2xkb.curation.form_shapes import KEY_FIELD, Group, Many
from v2xkb.curation.form_state import FormState, joined, position_in, shape_at
from v2xkb.curation.models import ProposedDocument

SAVE = "save"
CITE = "cite"
MAKE = "make"


@dataclass(frozen=True)
class Button:
    """`word` says what to do, `name` with which field; of a basis also with which entry."""

    word: str
    name: str = ""
    position: str = ""

    @classmethod
    def read(cls, text: str) -> "Button":
        """From what a button sends, such as `remove-basis:sites.0:1`; anything else saves."""
        word, _, rest = text.partition(" ")
        name, _, position = rest.partition(" ")
        return cls(word, name, position) if word in WORDS else cls(SAVE)


def pressed(state: FormState, button: Button, document: ProposedDocument) -> str:
    """Do to a form what a button says; returns the id of what to look at next. Raises KeyError for unknown places."""
    name = button.name
    match button.word:
        case "add":
            return _added(state, name, document)
        case "remove":
            actions.remove_item(state, name)
            return f"add:{name.rpartition('.')[0]}"
        case "up" | "down":
            return _moved(state, name, button.word)
        case "add-basis":
            return f"{name}:basis.{actions.add_basis(state, name)}.references.0"
        case "remove-basis":
            actions.remove_basis(state, name, position_in(button.position))
            return f"add-basis:{name}"
    return ""


def _moved(state: FormState, name: str, word: str) -> str:
    """At either end only the button for the way back is there."""
    moved = actions.move_item(state, name, -1 if word == "up" else 1)
    above, _, position = moved.rpartition(".")
    is_first, is_last = int(position) == 0, int(position) == len(actions.items_at(state, above)) - 1
    word = "down" if is_first and not is_last else "up" if is_last and not is_first else word
    return f"{word}:{moved}"


def _added(state: FormState, name: str, document: ProposedDocument) -> str:
    shape = shape_at(state.model, name)
    if ":basis." in name:
        return _next_in_basis(state, name)
    if not isinstance(shape, Many):
        raise KeyError(name)
    if not isinstance(shape.item, Group):
        # The next empty row is always there.
        filled = [text for text in actions.items_at(state, name) if text]
        return joined(name, len(filled))
    made = actions.add_item(state, name, used_keys(document, name))
    first = next(key for key in shape.item.fields if key != KEY_FIELD)
    return joined(made, first)


def _next_in_basis(state: FormState, name: str) -> str:
    """The empty row behind the items of a list within a basis."""
    owner, _, rest = name.partition(":basis.")
    position, _, key = rest.partition(".")
    entry = actions.entries_at(state, owner)[position_in(position)]
    return joined(name, sum(1 for text in entry[key] if text))


def cite(state: FormState, names: Sequence[str], reference: str, place: str, read: str) -> int:
    """How many of the named values got the source as an entry of their basis."""
    return len(actions.cite(state, names, reference, place, read))


WORDS = frozenset({"add", "remove", "up", "down", "add-basis", "remove-basis", SAVE, CITE, MAKE})
