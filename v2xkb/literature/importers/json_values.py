"""Reads a text of JSON value by value, so that each is known by its line."""

import json
import re
from collections.abc import Iterator
from typing import Any

from v2xkb.literature.importers.parsed import ParsedReference, unreadable

SPACE = re.compile(r"\s*")


def values(text: str) -> Iterator[tuple[Any, int] | ParsedReference]:
    """(value, line in which it begins) of every item of a list, or of the one that the text is; what is no JSON."""
    decoder = json.JSONDecoder(object_pairs_hook=Pairs)
    position, line, counted = SPACE.match(text).end(), 1, 0  # type: ignore[union-attr]  # it matches always
    listed = text[position : position + 1] == "["
    if listed:
        position = SPACE.match(text, position + 1).end()  # type: ignore[union-attr]
    while position < len(text) and not (listed and text[position] == "]"):
        line, counted = line + text.count("\n", counted, position), position
        try:
            value, position = decoder.raw_decode(text, position)
        except json.JSONDecodeError as error:
            message = f"this is no JSON: {error.msg}"
            yield unreadable(
                error.lineno, message, "Mend it there; what follows was not read.", f"column {error.colno}"
            )
            return
        except (RecursionError, ValueError) as error:
            reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
            yield unreadable(line, f"this is no JSON: {reason}", "Mend it; what follows was not read.")
            return
        yield value, line
        position = SPACE.match(text, position).end()  # type: ignore[union-attr]
        if listed and text[position : position + 1] == ",":
            position = SPACE.match(text, position + 1).end()  # type: ignore[union-attr]
        elif text[position:] and not (listed and text[position] == "]"):
            line += text.count("\n", counted, position)
            remedy = "Mend it there; what follows was not read."
            yield unreadable(line, "a comma is missing, or something follows the end", remedy, text[position:][:80])
            return
    if listed and position >= len(text):
        yield unreadable(line, "the list does not end", "Paste it whole, to the closing “]”.")


class Pairs(dict[str, Any]):
    """A JSON object that knows which of its keys stood twice."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        names = set()
        self.twice = {name for name, _ in pairs if name in names or names.add(name)}  # type: ignore[func-returns-value]
