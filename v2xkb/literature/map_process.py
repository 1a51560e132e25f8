"""Asks the process apart for maps: publications are handed to it as they are read, what it makes is kept."""

import atexit
import json
from collections.abc import Iterator
from itertools import islice

from v2xkb.charts.drawing import NeverDrawn, Pen, Progress
from v2xkb.literature import map_store
from v2xkb.literature.corpora.documents import OF_TEXTS
from v2xkb.literature.keyword_maps import Question
from v2xkb.literature.map_parts import WHOLE, parted
from v2xkb.literature.map_refusals import Refusal

MAKER = ["-m", "v2xkb.literature.map_maker"]
# What the process is asked for; else the form of a file that a made map is turned into.
MAP = "map"
# For whoever waits for a page, and for the worker: how long the process may say nothing.
PEN = Pen(MAKER)
PATIENT = Pen(MAKER, seconds=600)
for pen in (PEN, PATIENT):
    atexit.register(pen.put_down)
AT_ONCE = 2_000


class Moved(Exception):
    """The publications changed while they were read: what was made of them is of another question."""


def make(question: Question, pen: Pen = PEN, progress: Progress | None = None) -> None:
    """Afterwards the map is kept, or why there is none; raises CannotDraw, Moved."""
    key = question.key
    try:
        parts = parted(pen.draw(text_of(question), MAP, handed(question, progress), progress))
    except NeverDrawn as error:
        refusal = read_refusal(question, str(error))
        parts = {}
    now = question.again()
    if now is None or now.key != key:
        raise Moved
    if parts:
        map_store.keep(key, parts)
    else:
        map_store.keep_refusal(key, refusal)


def text_of(question: Question) -> str:
    rule = question.rule
    asked = {
        "counting": rule.counting,
        "minimum": rule.minimum,
        "resolution": rule.resolution,
        "smallest": rule.smallest,
        "of_texts": rule.items in OF_TEXTS,
        "thesaurus": question.thesaurus.text if question.thesaurus else "",
        "title": f"v2xkb: {question.selection.name}",
        "description": f"items: {rule.items.value}",
    }
    return json.dumps(asked, ensure_ascii=False)


def handed(question: Question, progress: Progress | None) -> Iterator[bytes]:
    """The publications in parts; how many of them were read is told."""
    documents, read = question.selection.documents(question.rule.items), 0
    while batch := list(islice(documents, AT_ONCE)):
        read += len(batch)
        rows = [(one.key, one.title, one.year, one.cited_by, one.items) for one in batch if one.items]
        yield json.dumps(rows, ensure_ascii=False).encode()
        if progress:
            progress("counting", read, max(read, question.selection.size))


def read_refusal(question: Question, said: str) -> Refusal:
    try:
        told = json.loads(said)
    except ValueError:
        return Refusal(question.rule.items, "other", {"text": said})
    return Refusal(question.rule.items, told["kind"], told["values"])


def file(key: str, form: str) -> bytes:
    """A kept map as json, or in another form, made once; raises NotMade, CannotDraw."""
    try:
        return map_store.part(key, form)
    except map_store.NotMade:
        whole = map_store.part(key, WHOLE)
    content = PEN.draw("", form, [whole])
    map_store.keep(key, {form: content})
    return content
