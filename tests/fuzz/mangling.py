"""Makes of true samples what their parsers were not written for: cut, doubled, swapped, nested, in other encodings."""

import codecs
import itertools
import re
from collections.abc import Sequence

from hypothesis import strategies as st

# So much may be pasted at once; what takes more than its share of time or memory shows it well before.
LARGEST = 300_000
MOST_EDITS = 5
# What is rarely meant and often met: ends, controls, marks of other encodings, lone surrogates (as bytes that are no
# UTF-8, and as JSON escapes); characters that look like others or turn the line; numbers beyond every type; markup.
BYTES = (
    *(b"\x00", b"\x01", b"\x0b", b"\x0c", b"\x1a", b"\x1b[31m", b"\x7f", b"\x85", b"\xff", b"\xc3\x28", b"\xc2\xa0"),
    *(
        codecs.BOM_UTF8,
        codecs.BOM_UTF16_LE,
        codecs.BOM_UTF16_BE,
        codecs.BOM_UTF32_LE,
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
    ),
    *(b"\r", b"\n", b"\t", b" ", b"  ", b"9" * 30, b"9" * 400, b"9" * 5_000, b"x" * 600, b"a" * 6_000),
)
WORDS = (
    "\\ud800 \\udc00\\ud800 \\u0000 \\ \\\\ \\u \u202e \u200f \u200b \ufeff \ufffe \U0010ffff e\u0301\u0301\u0301 "
    "ﬀ ß ١٢ ² ½ Ⅳ ２０１９ −1 1e308 1e999 -1e999 1E400 NaN Infinity -0 0x1F -1 1_000 1,5 2019-02-30 0000 9999-12-31 "
    'null true [] {} " "" \' { } [ ] ( ) , ; | : # % & = @ $ ~ - -- .. =1+1 @SUM(A1) ../../etc/passwd <script> '
    "&amp; &#0; </i> 10.1/x https:// javascript:1"
)
ODD = [*BYTES, *map(str.encode, WORDS.split()), "\u2028".encode()]
# What opens and, told so often, is deeper than a parser that calls itself may go.
OPENING = (b"[", b"{", b"(", b'{"a":', b'[{"a":[', b"<a>", b'"', b"\\textbf{", b"{\\'", b"((", b"$")
# What most formats write a value as: a text in quotes, a number, a word.
VALUE = re.compile(rb'"(?:[^"\\\n]|\\.)*"|-?\d[\d.eE+-]*|\w+')
MOST_VALUES = 1_000
DEPTHS = (3, 60, 400, 990, 3_000, 40_000)
CODECS = ("utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32", "cp1252", "latin-1", "utf-7")
LINE_ENDS = (b"\r\n", b"\r", b"\n\n", b"\x0b", b"\xe2\x80\xa8", b"")


def samples_and(*tokens: str) -> list[bytes]:
    """Words of a format's own grammar, with all that is odd in every one."""
    return [*map(str.encode, tokens), *ODD]


@st.composite
def mangled(draw: st.DrawFn, samples: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    """One of the samples after some edits; `words` are what is written into it."""
    raw = draw(st.sampled_from(samples))
    for _ in range(draw(st.integers(0, MOST_EDITS))):
        edit = draw(st.sampled_from(EDITS))
        raw = edit(draw, raw, samples, words)[:LARGEST]
    return raw


@st.composite
def mangled_text(draw: st.DrawFn, samples: Sequence[str], words: Sequence[bytes]) -> str:
    """The same where what comes is text already; a text from a form has no lone surrogates, but may have all else."""
    raw = draw(mangled([sample.encode() for sample in samples], words))
    return raw.decode("utf-8", "replace" if draw(st.booleans()) else "ignore")


def place(draw: st.DrawFn, raw: bytes) -> int:
    return draw(st.integers(0, len(raw)))


def stretch(draw: st.DrawFn, raw: bytes) -> tuple[int, int]:
    """Mostly a short one, as most of what is mistaken is; at times all that follows."""
    start = place(draw, raw)
    return start, min(len(raw), start + draw(st.sampled_from((1, 2, 3, 8, 40, 200, LARGEST))))


def cut(draw: st.DrawFn, raw: bytes, samples: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    start, end = stretch(draw, raw)
    return raw[:start] + raw[end:]


def doubled(draw: st.DrawFn, raw: bytes, samples: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    start, end = stretch(draw, raw)
    return raw[:end] + raw[start:end] + raw[end:]


def swapped(draw: st.DrawFn, raw: bytes, samples: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    start, middle = stretch(draw, raw)
    end = min(len(raw), 2 * middle - start)
    return raw[:start] + raw[middle:end] + raw[start:middle] + raw[end:]


def written_over(draw: st.DrawFn, raw: bytes, samples: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    start, end = stretch(draw, raw)
    return raw[:start] + draw(st.sampled_from(words)) + raw[end:]


def inserted(draw: st.DrawFn, raw: bytes, samples: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    at = place(draw, raw)
    return raw[:at] + draw(st.sampled_from(words)) + raw[at:]


def another_value(draw: st.DrawFn, raw: bytes, samples: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    """One value, or the name of one, of which the format is made: another that is well written."""
    values = list(itertools.islice(VALUE.finditer(raw), MOST_VALUES))
    if not values:
        return raw
    found = draw(st.sampled_from(values))
    quote = b'"' if found[0].startswith(b'"') and draw(st.booleans()) else b""
    return raw[: found.start()] + quote + draw(st.sampled_from(words)) + quote + raw[found.end() :]


def random_bytes(draw: st.DrawFn, raw: bytes, samples: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    at = place(draw, raw)
    return raw[:at] + draw(st.binary(min_size=1, max_size=12)) + raw[at + draw(st.integers(0, 12)) :]


def a_character(draw: st.DrawFn, raw: bytes, samples: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    at = place(draw, raw)
    return raw[:at] + draw(st.characters()).encode("utf-8", "surrogatepass") + raw[at:]


def repeated(draw: st.DrawFn, raw: bytes, samples: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    """A word or a piece so often that whatever looks at all of it for each of it takes long."""
    at = place(draw, raw)
    start, end = stretch(draw, raw)
    piece = raw[start:end] if draw(st.booleans()) else draw(st.sampled_from(words))
    times = draw(st.sampled_from((2, 10, 100, 1_000, LARGEST)))
    return raw[:at] + piece * min(times, LARGEST // max(1, len(piece))) + raw[at:]


def nested(draw: st.DrawFn, raw: bytes, samples: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    at = place(draw, raw)
    return raw[:at] + draw(st.sampled_from(OPENING)) * draw(st.sampled_from(DEPTHS)) + raw[at:]


def spliced(draw: st.DrawFn, raw: bytes, samples: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    other = draw(st.sampled_from(samples))
    return raw[: place(draw, raw)] + other[place(draw, other) :]


def encoded(draw: st.DrawFn, raw: bytes, samples: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    return raw.decode("utf-8", "ignore").encode(draw(st.sampled_from(CODECS)), "replace")


def with_ends(draw: st.DrawFn, raw: bytes, samples: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    return raw.replace(b"\n", draw(st.sampled_from(LINE_ENDS)))


# Those that leave most as it is come often, as what is refused at its first byte tries little.
EDITS = tuple(
    itertools.chain.from_iterable(
        [edit] * times
        for edit, times in {
            another_value: 8,
            written_over: 6,
            inserted: 6,
            cut: 4,
            doubled: 3,
            swapped: 3,
            random_bytes: 3,
            a_character: 3,
            spliced: 2,
            repeated: 1,
            nested: 1,
            encoded: 1,
            with_ends: 1,
        }.items()
    )
)
