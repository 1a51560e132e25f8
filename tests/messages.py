"""Keeps the catalogues of the interface's texts: `make messages` writes them, `--check` finds what is amiss.

Reads templates and Python by itself, as gettext's own programs are on few machines. A catalogue holds each text once,
sorted, without dates and places, so that it changes where texts change and nowhere else. Nothing is guessed: what has
no translation stays without one, and what is no longer in use goes.
"""

import ast
import io
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize
from pydantic import BaseModel

from v2xkb.records import registry
from v2xkb.records.paths import inner_model

ROOM = Path(__file__).parent.parent
CODE = ("v2xkb", "projects", "barriers")
SUFFIXES = (".html", ".svg", ".txt", ".xml")
# Function -> how many texts it is given: context, text, plural.
TEXTS = {"_": 1, "gettext": 1, "ngettext": 2, "pgettext": 2, "npgettext": 3}
TEXTS |= {f"{name}_lazy": number for name, number in TEXTS.items() if name != "_"}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd%]|\{\w*\}")
MOST_SHOWN = 60
TAG = re.compile(r"<[^<>]+>")


@dataclass(frozen=True, order=True)
class Text:
    """One text of the interface; `plural` where it has another form for several."""

    text: str
    context: str = ""
    plural: str = ""

    def __str__(self) -> str:
        return f"“{self.text}”" + (f" ({self.context})" if self.context else "")


class PlainCatalog(Catalog):
    """A catalogue whose head says nothing that changes by itself."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", str(self.locale)),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=UTF-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", self.plural_forms),
        ]


HEAD = "# Texts of the interface. `make messages` keeps this file; only the translations are written by hand."


def texts() -> set[Text]:
    """Every text that can be shown; where one has a plural anywhere, it has it."""
    found = set(of_declarations())
    for name in CODE:
        for file in sorted((ROOM / name).rglob("*")):
            place = file.relative_to(ROOM)
            if file.suffix == ".py" and "migrations" not in place.parts:
                found |= set(of_python(file.read_text(encoding="utf-8"), str(place)))
            elif file.suffix in SUFFIXES and "templates" in place.parts:
                found |= set(of_template(file.read_text(encoding="utf-8"), str(place)))
    plurals = {(text.text, text.context) for text in found if text.plural}
    return {text for text in found if text.plural or (text.text, text.context) not in plurals}


def of_python(code: str, place: str) -> Iterator[Text]:
    """Raises ValueError where a text is put together before it is looked up: no catalogue would ever hold it."""
    tree = ast.parse(code)
    functions = dict(imported(tree))
    for node in ast.walk(tree):
        name = functions.get(getattr(node.func, "id", ""), "") if isinstance(node, ast.Call) else ""
        if name not in TEXTS or not isinstance(node, ast.Call):
            continue
        given = node.args[: TEXTS[name]]
        if any(isinstance(argument, ast.JoinedStr | ast.BinOp) for argument in given):
            raise ValueError(f"{place}:{node.lineno}: {name}() gets a text put together. Fill placeholders afterwards.")
        strings = [argument.value for argument in given if isinstance(argument, ast.Constant)]
        # Anything else is a variable, whose text is declared elsewhere.
        if len(strings) == TEXTS[name] and all(isinstance(string, str) for string in strings):
            yield text_of(name, [str(string) for string in strings])


def imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """What each of gettext's functions is called in a file, and which one it is."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            yield from ((name.asname or name.name, name.name) for name in node.names)


def of_template(template: str, place: str) -> Iterator[Text]:
    # On one line, since what is not to be translated comes out as words without any grammar.
    code = templatize(template, origin=place).replace("\n", " ")
    for _, name, found, _ in extract_python(io.BytesIO(code.encode()), dict.fromkeys(TEXTS), [], {"encoding": "utf-8"}):
        yield text_of(str(name), [string for string in forms_of(found) if string])


def text_of(function: str, strings: Sequence[str]) -> Text:
    if "pgettext" not in function:
        return Text(strings[0], plural="".join(strings[1:2]))
    return Text(strings[1], strings[0], "".join(strings[2:3]))


def of_declarations() -> Iterator[Text]:
    """Names of kinds and of fields, which pages show as words."""
    for kind in registry.kinds():
        yield Text(kind.name.replace("-", " "), "kind")
        yield Text(str(kind.plural), "kind")
        for name in field_names(kind.document):
            yield Text(name.replace("_", " "), "field")


def field_names(model: type[BaseModel]) -> Iterator[str]:
    for name, info in model.model_fields.items():
        yield name
        if below := inner_model(info.annotation)[0]:
            yield from field_names(below)


def catalogue(language: str, wanted: Iterable[Text], known: Catalog) -> PlainCatalog:
    """The wanted texts with the translations that are known; those of another form of the same text don't fit."""
    made = PlainCatalog(locale=language, fuzzy=False, header_comment=HEAD)
    for text in sorted(wanted):
        old = known.get(text.text, text.context or None)
        translation: Any = old.string if old and bool(text.plural) == isinstance(old.string, tuple) else None
        made.add((text.text, text.plural) if text.plural else text.text, translation, context=text.context or None)
    return made


def faults(found: Catalog) -> Iterator[str]:
    """What is wrong with translations: missing, or with other placeholders, tags or outer blanks than the text."""
    for message in found:
        if not message.id:
            continue
        originals, forms = forms_of(message.id), forms_of(message.string)
        name = f"“{originals[0]}”" + (f" ({message.context})" if message.context else "")
        if not all(forms):
            yield f"{name} has no translation"
        elif not all(fits(form, originals) for form in forms):
            yield f"{name} has other placeholders, tags or outer blanks than its translation"


def forms_of(text: Any) -> tuple[str, ...]:
    """One text, or one for each number, as Babel gives it."""
    return tuple(text) if isinstance(text, tuple | list) else (text or "",)


def fits(form: str, originals: Sequence[str]) -> bool:
    return any(skeleton(form) == skeleton(original) for original in originals)


def skeleton(text: str) -> tuple[Any, ...]:
    """What a translation must have in common with its text."""
    return set(PLACEHOLDER.findall(text)), Counter(TAG.findall(text)), text[:1].isspace(), text[-1:].isspace()


def as_po(found: Catalog) -> bytes:
    written = io.BytesIO()
    write_po(written, found, width=0, sort_output=True)
    return written.getvalue()


def as_mo(found: Catalog) -> bytes:
    written = io.BytesIO()
    write_mo(written, found)
    return written.getvalue()


def files(language: str) -> tuple[Path, Path]:
    """Where a language's catalogue stands: to be read by people, to be read by programs."""
    folder = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES"
    return folder / "django.po", folder / "django.mo"


def read(file: Path) -> Catalog:
    return read_po(io.BytesIO(file.read_bytes() if file.exists() else b""))


def amiss(language: str, wanted: Iterable[Text]) -> Iterator[str]:
    """What keeps a catalogue from being complete and up to date."""
    po, mo = files(language)
    made = catalogue(language, wanted, read(po))
    up_to_date = po.exists() and mo.exists() and (po.read_bytes(), mo.read_bytes()) == (as_po(made), as_mo(made))
    if not up_to_date:
        yield "the catalogue is not up to date. Run `make messages`."
    yield from faults(made)


def main(arguments: Sequence[str]) -> int:
    wanted = texts()
    status = 0
    for language in (code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE):
        if "--check" not in arguments:
            po, mo = files(language)
            made = catalogue(language, wanted, read(po))
            po.parent.mkdir(parents=True, exist_ok=True)
            po.write_bytes(as_po(made))
            mo.write_bytes(as_mo(made))
        found = list(amiss(language, wanted))
        for line in [*found[:MOST_SHOWN], *["…"][: len(found) > MOST_SHOWN]]:
            print(f"{language}: {line}")
        print(f"{language}: {len(wanted)} texts, {len(found)} to see to.")
        status |= bool(found) and "--check" in arguments
    return status


if __name__ == "__main__":
    django.setup()
    sys.exit(main(sys.argv[1:]))
