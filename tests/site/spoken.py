"""What a page says in which language, as software that reads it aloud is told."""

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from tests.site.html import VOID, squeezed

SAID_BY_ATTRIBUTES = ("aria-label", "alt", "placeholder", "title")
# Nobody hears what stands there; code is no language.
UNSPOKEN = {"script", "style", "code", "pre", "title"}


@dataclass(frozen=True)
class Spoken:
    """A piece of text and the language that the nearest element around it names."""

    text: str
    language: str


class _Listener(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = [("", "")]
        self.heard: list[Spoken] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        language = attributes.get("lang") or self.open[-1][1]
        self.heard += [
            Spoken(squeezed(text), language) for name in SAID_BY_ATTRIBUTES if (text := attributes.get(name))
        ]
        if tag not in VOID:
            self.open.append((tag, language))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Elements of drawings that close themselves say nothing."""

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1][0] == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        tag, language = self.open[-1]
        if data.strip() and not UNSPOKEN & {name for name, _ in self.open[-2:]} and tag:
            self.heard.append(Spoken(squeezed(data), language))


def spoken(markup: str) -> list[Spoken]:
    listener = _Listener()
    listener.feed(markup)
    listener.close()
    return listener.heard


def in_language(markup: str, language: str) -> Iterator[str]:
    """The texts of a page that it says to be in a language."""
    return (piece.text for piece in spoken(markup) if piece.language == language)
