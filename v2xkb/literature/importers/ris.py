"""RIS, the line format of publishers' and libraries' export buttons: a tag of two characters, a hyphen, a value."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from v2xkb.literature.importers.addresses import complete_doi, take_doi, take_url
from v2xkb.literature.importers.dates import take_date
from v2xkb.literature.importers.languages import language_code
from v2xkb.literature.importers.names import cut_short, split_name, take_author
from v2xkb.literature.importers.parsed import MOST_ITEMS, Gathering, ParsedReference, unreadable
from v2xkb.literature.importers.texts import plain

TAGGED = re.compile(r"^\s{0,3}([A-Z][A-Z0-9])  ?-(?: (.*)|\s*)$")
TYPES = {
    "JOUR": "article-journal",
    "EJOUR": "article-journal",
    "ABST": "article-journal",
    "INPR": "article-journal",
    "MGZN": "article-newspaper",
    "NEWS": "article-newspaper",
    "CONF": "paper-conference",
    "CPAPER": "paper-conference",
    "RPRT": "report",
    "GOVDOC": "report",
    "THES": "thesis",
    "BOOK": "book",
    "EBOOK": "book",
    "EDBOOK": "book",
    "ELEC": "webpage",
    "BLOG": "webpage",
    "ICOMM": "webpage",
    "STAND": "standard",
    "STAT": "legislation",
    "LEGAL": "legislation",
    "BILL": "legislation",
    "UNPB": "preprint",
}
# Where one tag is missing, the next of a row says the same.
TITLES = ("TI", "T1", "CT")
CONTAINERS = ("T2", "JF", "JO", "BT", "JA", "J2")
DATES = ("DA", "PY", "Y1")
FIRST_AUTHORS = ("AU", "A1")


@dataclass
class Tagged:
    """The lines of one reference: tag, number of the line, and its value with the lines that go on with it."""

    line: int
    lines: list[tuple[str, int, list[str]]] = field(default_factory=list)

    def of(self, *tags: str) -> Iterator[tuple[str, int, str]]:
        """Value, line and tag of each of the tags, tag by tag."""
        for tag in tags:
            for name, line, pieces in self.lines:
                if name == tag and (value := " ".join(pieces).strip()):
                    yield value, line, tag


def read(text: str) -> Iterator[ParsedReference]:
    """Every reference, whether it is closed by ER or not."""
    current: Tagged | None = None
    stray = False
    for line, raw in enumerate(text.split("\n"), start=1):
        found = TAGGED.match(raw)
        tag = found[1] if found else ""
        if tag in ("TY", "ER"):
            if current:
                yield reference(current)
            current, stray = Tagged(line) if tag == "TY" else None, False
        if current and found:
            current.lines.append((tag, line, [(found[2] or "").strip()]))
        elif current and raw.strip():
            # A value that goes on in the next line.
            current.lines[-1][2].append(raw.strip())
        elif raw.strip() and tag != "ER" and not stray:
            stray = True
            yield unreadable(line, "text between references was skipped", "A reference begins with “TY  - ”.", raw)
    if current:
        yield reference(current)


def reference(tagged: Tagged) -> ParsedReference:
    into = Gathering(tagged.line, key=next((value for value, *_ in tagged.of("ID")), ""))
    take_type(into, tagged)
    for name, tags in {"title": TITLES, "container_title": CONTAINERS, "publisher": ("PB",)}.items():
        values = [(plain(value), line, tag) for value, line, tag in tagged.of(*tags)]
        for value, line, _ in values[:1]:
            into.put(name, value, line)
        for value, _, tag in values[1:]:
            if value != values[0][0]:
                into.leave(tag, value)
    take_authors(into, tagged)
    take_issued(into, tagged)
    for value, line, _ in list(tagged.of("DO"))[:1]:
        take_doi(into, plain(value), line)
    take_urls(into, tagged)
    for value, line, _ in tagged.of("KW"):
        for word in value.split(";"):
            into.add("author_keywords", plain(word), line)
    for value, line, _ in tagged.of("LA"):
        if code := language_code(value):
            into.put("language", code, line)
        else:
            into.leave("LA", value)
    leave_rest(into, tagged)
    complete_doi(into)
    return into.finished()


def take_type(into: Gathering, tagged: Tagged) -> None:
    code, line, _ = next(tagged.of("TY"), ("", tagged.line, ""))
    if code.strip().upper() in TYPES:
        into.put("type", TYPES[code.strip().upper()], line)
    else:
        kind = "book" if code.upper() in ("CHAP", "ECHAP") else "webpage"
        into.put("type", kind, line)
        remedy = f"“{kind}” was taken: choose another type if that is wrong."
        into.complain("type", "the reference's type says little of what it is", remedy, value=code, line=line)


def take_authors(into: Gathering, tagged: Tagged) -> None:
    names = list(tagged.of(*FIRST_AUTHORS))
    if len(names) > MOST_ITEMS:
        remedy = f"The first {MOST_ITEMS:,} were taken."
        into.complain("author", "there are too many authors", remedy, value=len(names))
    for value, line, _ in names[:MOST_ITEMS]:
        if plain(value).lower().rstrip(".") in ("et al", "others"):
            cut_short(into, line)
        else:
            take_author(into, split_name(plain(value)), line)


def take_issued(into: Gathering, tagged: Tagged) -> None:
    """The most precise of the tags that give a date, as DA often stands beside PY."""
    dates = sorted(tagged.of(*DATES), key=lambda found: -len(re.findall(r"\d+", found[0])[:3]))
    for value, line, _ in dates[:1]:
        take_date(into, plain(value), line)


def take_urls(into: Gathering, tagged: Tagged) -> None:
    addresses = [
        (part.strip(), line) for value, line, _ in tagged.of("UR") for part in re.split(r";\s*(?=https?:)", value)
    ]
    for address, line in addresses[:1]:
        take_url(into, address, line)
    for address, _ in addresses[1:]:
        into.leave("UR", address)


def leave_rest(into: Gathering, tagged: Tagged) -> None:
    """What has no place here, pages as one range."""
    taken = {"TY", "ID", "DO", "UR", "KW", "LA", "PB", *TITLES, *CONTAINERS, *DATES, *FIRST_AUTHORS}
    first, last = (next((value for value, *_ in tagged.of(tag)), "") for tag in ("SP", "EP"))
    if first or last:
        into.leave("pages", "–".join(part for part in (first, last) if part))
    for tag, _, pieces in tagged.lines:
        if tag not in taken and tag not in ("SP", "EP") and (value := " ".join(pieces)):
            into.keep(tag, value)
            into.leave(tag, plain(value[:500]))
    for value, *_ in list(tagged.of("DO"))[1:]:
        into.leave("DO", value)
