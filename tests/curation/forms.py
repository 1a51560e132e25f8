"""What a browser would send of a form: every field of a page as it stands, and the button that is pressed."""

import re
from html.parser import HTMLParser
from typing import Any

# All that is read of a page; a long form's other elements take much longer.
CONTROLS = re.compile(r"<(?:form|input|button|select|option)\b[^>]*>|</select>|<textarea\b.*?</textarea>", re.DOTALL)


class _Fields(HTMLParser):
    """Reads the successful controls of the page's last form that posts, and all buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self.buttons: list[str] = []
        self.select = self.textarea = ""
        self.chosen: str | None = None
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        match tag:
            case "form":
                self.fields = {}
            case "input" if name and given.get("type") in ("checkbox", "radio"):
                if "checked" in given:
                    self.add(name, given.get("value", "on"))
            case "input" if name:
                self.add(name, given.get("value", ""))
            case "button" if name:
                self.buttons.append(given.get("value", ""))
            case "select":
                self.select, self.chosen = name, None
            case "option" if self.select and ("selected" in given or self.chosen is None):
                self.chosen = given.get("value", "")
            case "textarea":
                self.textarea, self.text = name, ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self.select:
            self.add(self.select, self.chosen or "")
            self.select = ""
        elif tag == "textarea":
            self.add(self.textarea, self.text.removeprefix("\n"))
            self.textarea = ""

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.text += data

    def add(self, name: str, value: str) -> None:
        self.fields.setdefault(name, []).append(value)


def fields_of(reply: Any) -> dict[str, list[str]]:
    """Name -> texts of all that the page's form would send, no button pressed."""
    return _read(reply.text).fields


def buttons_of(reply: Any) -> list[str]:
    return _read(reply.text).buttons


def _read(page: str) -> _Fields:
    reader = _Fields()
    reader.feed("".join(CONTROLS.findall(page)))
    return reader
