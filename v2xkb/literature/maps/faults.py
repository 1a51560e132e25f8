"""What is wrong with the input of a map, said so that it can be mended: place, value, remedy."""

SHOWN_VALUE = 80


class InvalidMap(ValueError):
    """Nothing was made; the message names the place, the value and the remedy."""

    def __init__(self, place: str, message: str, remedy: str, value: object = "") -> None:
        self.place, self.message, self.remedy = place, message, remedy
        self.value = shown(value) if value != "" else ""
        said = f" (value: {self.value})" if self.value else ""
        super().__init__(f"{place}: {message}{said}. {remedy}")


def shown(value: object) -> str:
    """The value as a person would recognise it, cut to a line for display only."""
    text = value if isinstance(value, str) else repr(value)
    begin = text[: SHOWN_VALUE + 1]
    begin = begin if begin.isprintable() else begin.encode("unicode_escape").decode("ascii")
    return begin if len(text) <= SHOWN_VALUE else f"{begin[:SHOWN_VALUE]}… ({len(text)} characters)"


def listed(words: list[str], most: int = 12) -> str:
    return ", ".join(words[:most]) + (f" and {len(words) - most} more" if len(words) > most else "")
