"""What a record said and what that rested on, in words or as a conflict: where one value must stand beside another."""

from collections.abc import Mapping, Sequence
from typing import Any

LONGEST_TEXT = 5000
LONGEST_LINE = 500


def conflict_of(
    path: str, value: Any, entries: Sequence[Any], whose: str, required: str = ""
) -> tuple[dict[str, Any] | None, list[str]]:
    """(the other value as a conflict, where references say it; notes for what a conflict has no place for).

    `required` names the one value that a group cannot be without, such as a date's.
    """
    references = list(dict.fromkeys(slug for entry in entries for slug in entry.get("references", [])))
    if not references:
        told = [f"For {path}, {whose}, says: {said(value)}{_stop(said(value))}", *map(told_basis, entries)]
        return None, notes_of(" ".join(told))
    # Of a single entry the conflict itself lists the references.
    told = [told_basis(entries[0], without="references")] if len(entries) == 1 else list(map(told_basis, entries))
    text = said(value, required)
    note, *more = notes_of(" ".join([f"So says {whose}.", *told]))
    if more:
        note, more = (
            f"So says {whose}; the notes tell what that rests on.",
            notes_of(f"For {path}, {whose}: {' '.join(told)}"),
        )
    typed = value.get(required) if required and isinstance(value, Mapping) else value
    conflict = {"path": path, "value": typed if isinstance(typed, str | int | float) else text, "text": _line(text)}
    return {**conflict, "references": references, "note": note}, more


def said(value: Any, required: str = "") -> str:
    """A value in one line; of a group, each name with its value, but for the required one, which comes bare."""
    if isinstance(value, Mapping):
        return "; ".join(
            said(item) if name == required else f"{name} {said(item)}" for name, item in value.items() if name != "key"
        )
    if isinstance(value, list):
        return " | ".join(map(said, value))
    return str(value)


def told_basis(entry: Mapping[str, Any], without: str = "") -> str:
    """All that an entry of a basis says, in one sentence."""
    named = {"references": "from", "place": "at", "read": "read", "rule": "by the rule", "also_rules": "and by",
             "reason": "because:", "note": "remark:"}  # fmt: skip
    parts = [f"{word} {', '.join(entry[name]) if isinstance(entry[name], list) else entry[name]}"
             for name, word in named.items() if entry.get(name) and name != without]  # fmt: skip
    sentence = f"Basis: {' '.join([str(entry['kind']), *parts])}"
    return sentence + _stop(sentence)


def _stop(sentence: str) -> str:
    return "" if sentence.endswith(".") else "."


def notes_of(text: str) -> list[str]:
    """The text in pieces short enough for a note, cut at spaces where there are any."""
    pieces = []
    while len(text) > LONGEST_TEXT:
        cut = text.rfind(" ", LONGEST_TEXT // 2, LONGEST_TEXT)
        cut = cut if cut > 0 else LONGEST_TEXT
        pieces.append(text[:cut].strip())
        text = text[cut:].strip()
    return [*pieces, text]


def _line(text: str) -> str:
    return text if len(text) <= LONGEST_LINE else text[: LONGEST_LINE - 1].rstrip() + "…"
