"""Opens a file for reading line by line: its checksum and encoding first, and no line longer than can be held."""

import codecs
import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from v2xkb.records.encodings import SAMPLE, encoding_of
from v2xkb.records.problems import InvalidDocuments, Problem

LONGEST_LINE = 10_000_000
PIECE = 1 << 20
PROGRESS_EVERY = 2_000
LINE_END = b"\n"


@dataclass(frozen=True)
class Source:
    """A file that can be read as text; `encoding` is the codec, `encoding_name` what people call it."""

    path: Path
    sha256: str
    bytes: int
    encoding: str
    encoding_name: str

    def opening(self) -> str:
        """As much of the text as shows what it is."""
        with self.path.open(encoding=self.encoding, newline="") as file:
            return file.read(65_536)

    def text(self) -> str:
        """The whole text, with one kind of line end."""
        return self.path.read_text(encoding=self.encoding)

    def lines(self, progress: Callable[[int, int], None] | None = None) -> Iterator[str]:
        """Every line with its end; `progress` is told bytes read and bytes in all."""
        with self.path.open("rb") as raw, io.TextIOWrapper(raw, encoding=self.encoding, newline="") as file:
            number = 0
            while line := file.readline(LONGEST_LINE + 1):
                number += 1
                if len(line) > LONGEST_LINE:
                    remedy = f"At most {LONGEST_LINE:,} characters are read: see whether the file is what it should be."
                    raise InvalidDocuments([Problem(f"line {number}", "", "the line is too long", remedy)])
                if progress and number % PROGRESS_EVERY == 0:
                    progress(raw.tell(), self.bytes)
                yield line


def examine(path: Path, encoding: str = "") -> Source:
    """Read the file once: checksum, encoding (as declared, else as found), no NUL; raises InvalidDocuments."""
    name, codec = (encoding, declared(encoding)) if encoding else ("", "")
    digest, size, line = hashlib.sha256(), 0, 1
    decoder: codecs.IncrementalDecoder | None = None
    with path.open("rb") as file:
        while True:
            piece = file.read(PIECE)
            digest.update(piece)
            size += len(piece)
            if decoder is None:
                name, codec = (name, codec) if codec else encoding_of(piece[:SAMPLE])
                if not codec:
                    raise wrong("", f"the file is in {name}", "Save it as UTF-8.")
                decoder = codecs.getincrementaldecoder(codec)()
            text = decoded(decoder, piece, line, name)
            if "\x00" in text:
                where = f"line {line + text.count(chr(10), 0, text.index(chr(0)))}"
                raise wrong(where, "the file holds a NUL character", "Remove it, or save the file anew.")
            line += text.count("\n")
            if not piece:
                return Source(path, digest.hexdigest(), size, codec, name)


def declared(encoding: str) -> str:
    try:
        # Refuses what is known but gives no text, such as base64.
        io.TextIOWrapper(io.BytesIO(), encoding=encoding)
        return codecs.lookup(encoding).name
    except (LookupError, ValueError):
        raise wrong("", "this is no encoding that is known", "Name one such as cp1252.", encoding) from None


def decoded(decoder: codecs.IncrementalDecoder, piece: bytes, line: int, name: str) -> str:
    try:
        return decoder.decode(piece, final=not piece)
    except UnicodeError as error:
        where, byte = f"line {line}", ""
        # Codecs that are made for names of hosts do not say where.
        if isinstance(error, UnicodeDecodeError):
            where = f"line {line + error.object.count(LINE_END, 0, error.start)}"
            byte = f"byte 0x{error.object[error.start]:02X}"
        remedy = "Save it as UTF-8, or say which encoding it is in, such as cp1252."
        raise wrong(where, f"the file is not {name}", remedy, byte) from error


def wrong(place: str, message: str, remedy: str, value: str = "") -> InvalidDocuments:
    return InvalidDocuments([Problem(place, "", message, remedy, value)])
