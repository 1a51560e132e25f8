"""Exports of databases and of reference managers, and references that are pasted."""

import itertools
import tempfile
from collections.abc import Iterator
from pathlib import Path

from hypothesis import strategies as st

from tests.fuzz.judging import check_shown, check_storable, check_told, refusing
from tests.fuzz.mangling import mangled, mangled_text, samples_and
from tests.fuzz.trying import Target
from tests.literature.corpora.exporting import EXPORTS
from v2xkb.literature.documents import ReferenceDocument
from v2xkb.literature.importers.detecting import read_references
from v2xkb.literature.importers.entries import Refusal
from v2xkb.literature.importers.exports import export_of
from v2xkb.literature.importers.lines import examine
from v2xkb.literature.importers.parsed import ParsedReference

# Pieces of each format's grammar, one a line.
GRAMMARS = {
    ".csv": """
Authors
;
","
Year,Source title
2-s2.0-8500
10.1/x
|
doi:10.1/y;eid:1
DK;XX
""",
    ".bib": """
@article{k,
@string{a = b # b}
 # a #
author = {
and others
 and
\\'{e}
\\textbf{
$x^2$
year = 2019,
""",
    ".ris": """
TY  - JOUR
ER  -
DA  - 2019/13/41/
KW  -
AU  - , , ,
N1  - Cited By: 99999999999
""",
    ".txt": """
ER
PT J
FN
EF
C1 [A, B; C] X
AU
UT WOS:1
PY 2019
""",
    ".json": """
"issued": {"date-parts": [[2019, 99, 99]]},
"author": [[]],
"title": 1,
[[2019,
"abstract_inverted_index": {"a": [1, -1]},
{"meta": {}, "results": [
1e5
"type": [],
""",
    ".jsonl": """
"authorships": [{"countries": [1, "DKK"]}],
"keywords": [null],
{}
"publication_year": 1e3,
"id": 7,
""",
}
# What somebody may name who is asked for an encoding; some of them Python knows, though no text is in them.
LISTED = (
    "cp1252 latin-1 utf-16 utf-7 utf-8 ascii shift_jis gb18030 big5 iso2022_jp hz koi8-r idna punycode unicode_escape "
    "raw_unicode_escape undefined rot13 base64 zlib mbcs utf_8_sig utf-32 ../x cp65001 charmap palmos é"
)
ENCODINGS = [*LISTED.split(), "", " ", "x" * 500, "utf-8\x00"]
PASTED = ("scopus.bib", "wos.bib", "scopus.ris", "csl.json")


def words_of(name: Path) -> list[bytes]:
    """The pieces also as lines of their own, as formats of lines want them."""
    pieces = GRAMMARS[name.suffix].strip("\n").split("\n")
    return samples_and(*pieces, *(f"\n{piece} \n" for piece in pieces))


def read_export(raw: bytes) -> None:
    with tempfile.NamedTemporaryFile() as file, refusing(is_placed=False):
        Path(file.name).write_bytes(raw)
        source = examine(Path(file.name))
        for row in export_of(source).read(source, None):
            if isinstance(row, Refusal):
                check_told(row.problem)
                continue
            for remark in row.remarks:
                check_told(remark)
            assert row.title
            check_storable([row.title, row.venue, row.type, row.language, row.abstract, row.countries])
            check_storable([row.identifiers, row.authors, row.author_keywords, row.index_keywords])


def read_declared(made_up: tuple[bytes, str]) -> None:
    """An export whose encoding somebody names."""
    raw, encoding = made_up
    with tempfile.NamedTemporaryFile() as file, refusing(is_placed=False):
        Path(file.name).write_bytes(raw)
        source = examine(Path(file.name), encoding)
        list(export_of(source).read(source, None))


def read_pasted(text: str) -> None:
    with refusing():
        for found in itertools.islice(read_references(text), 100):
            check_reference(found)


def check_reference(found: ParsedReference) -> None:
    for problem in found.problems:
        check_told(problem)
    check_shown([found.key, found.left])
    check_storable(found.data)
    assert set(found.data) <= set(ReferenceDocument.model_fields)
    assert found.title or found.problems


def targets() -> Iterator[Target]:
    files = sorted(EXPORTS.iterdir())
    for file in files:
        yield Target(f"export {file.name}", mangled([file.read_bytes()], words_of(file)), read_export)
    encodings = st.sampled_from(ENCODINGS)
    named = st.tuples(mangled([(EXPORTS / "scopus.bib").read_bytes()], samples_and()), encodings)
    yield Target("export in a declared encoding", named, read_declared)
    for name in PASTED:
        texts = mangled_text([(EXPORTS / name).read_text("utf-8")], words_of(EXPORTS / name))
        yield Target(f"pasted {name}", texts, read_pasted, share=1.5)
