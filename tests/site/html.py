"""A page as a reader's software takes it in: text, ids, links, headings, titles."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from urllib.parse import unquote

from django.test import Client

VOID = {"meta", "link", "input", "br", "img", "hr"}


def squeezed(text: str) -> str:
    return " ".join(text.split())


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]


@dataclass
class ReadPage:
    """What was read of a page; `machine` are the values that time and data elements carry for software."""

    status: int = 200
    title: str = ""
    text: str = ""
    canonical: str = ""
    ids: list[str] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    external: list[Element] = field(default_factory=list)
    machine: set[str] = field(default_factory=set)
    elements: list[Element] = field(default_factory=list)
    unclosed: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)

    @cached_property
    def markers(self) -> set[str]:
        """What the footnote markers behind values lead to."""
        marks = [element for element in self.elements if "mark-" in element.attributes.get("class", "")]
        return {element.attributes["href"][1:] for element in marks if element.tag == "a"}

    @property
    def fragments(self) -> set[str]:
        """Ids that links of the page itself lead to."""
        return {unquote(link[1:]) for link in self.links if link.startswith("#")}


def unsound(page: ReadPage) -> list[str]:
    """What is wrong with the headings, the ids and what refers to them, and the nesting of a page; empty if nothing."""
    named = {
        name: {one for e in page.elements for one in e.attributes.get(name, "").split()}
        for name in ("aria-labelledby", "aria-describedby")
    }
    levels = list(zip(page.headings, page.headings[1:], strict=False))
    return [
        *([f"{page.headings.count(1)} first headings"] if page.headings.count(1) != 1 else []),
        *(f"heading {after} after {before}" for before, after in levels if after - before > 1),
        *(f"id {name} twice" for name, count in sorted(Counter(page.ids).items()) if count > 1),
        *(f"{name} {found}" for name, ids in named.items() for found in sorted(ids - set(page.ids))),
        *(f"unclosed {tag}" for tag in page.unclosed),
    ]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = ReadPage()
        self.open: list[str] = []
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        element = Element(tag, attributes)
        self.page.elements.append(element)
        if tag not in VOID:
            self.open.append(tag)
        if "id" in attributes:
            self.page.ids.append(attributes["id"])
        if tag in ("h1", "h2", "h3", "h4"):
            self.page.headings.append(int(tag[1]))
        if tag == "a":
            self.page.links.append(attributes.get("href", ""))
            if attributes.get("href", "").startswith("http"):
                self.page.external.append(element)
        if tag == "link" and attributes.get("rel") == "canonical":
            self.page.canonical = attributes["href"]
        self.page.machine |= {attributes[name] for name in ("datetime", "value") if name in attributes}

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.page.unclosed.append(tag)

    def handle_data(self, data: str) -> None:
        if "title" in self.open:
            self.page.title += data
        if "script" in self.open:
            # Told to software, not to readers.
            self.page.scripts.append(data)
        else:
            self.parts.append(data)


def read(markup: str, status: int = 200) -> ReadPage:
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    reader.page.text = squeezed("".join(reader.parts))
    reader.page.status = status
    reader.page.unclosed += reader.open
    return reader.page


def get(address: str) -> ReadPage:
    response = Client().get(address)
    return read(response.content.decode(), response.status_code)
