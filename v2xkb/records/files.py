"""Documents in files: one folder per kind, one file per record."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from v2xkb.records import registry
from v2xkb.records.apply import Applied, apply_documents
from v2xkb.records.canonical import MAX_BYTES
from v2xkb.records.documents import Document
from v2xkb.records.models import Origin, Record
from v2xkb.records.problems import InvalidDocuments, Problem, nearest
from v2xkb.records.reading import read_document

Progress = Callable[[int, int], None]


def find_files(paths: Sequence[Path]) -> list[Path]:
    """Every document file at or below the paths, in order; raises InvalidDocuments for what is not there."""
    problems, files = [], []
    for path in paths:
        if path.is_dir():
            files += sorted(path.rglob("*.json"))
        elif path.is_file():
            files.append(path)
        else:
            problems.append(Problem(str(path), "", "there is no such file or folder", "Check the path."))
    if not problems and not files:
        problems.append(Problem(" ".join(map(str, paths)), "", "no *.json file is there", "Check the path."))
    if problems:
        raise InvalidDocuments(problems)
    return files


def read_files(files: Sequence[Path], progress: Progress) -> list[Document]:
    """All documents; raises InvalidDocuments with every problem of every file."""
    documents, problems = [], []
    for done, file in enumerate(files, start=1):
        try:
            documents.append(read_file(file))
        except InvalidDocuments as error:
            problems += error.problems
        progress(done, len(files))
    if problems:
        raise InvalidDocuments(problems)
    return documents


def read_file(file: Path) -> Document:
    """The document in one file; its folder says the kind and its name the slug."""
    kind = registry.kind_of_folder(file.parent.name)
    if kind is None:
        folders = [known.folder for known in registry.kinds()]
        remedy = nearest(file.parent.name, folders)
        raise InvalidDocuments([Problem(str(file), "", "the folder names no kind of record", remedy, file.parent.name)])
    try:
        with file.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise InvalidDocuments([Problem(str(file), "", f"the file cannot be read: {error.strerror}", "")]) from error
    document = read_document(raw, str(file), kind.name)
    if document.slug != file.stem:
        remedy = f"Rename the file to {document.slug}.json, or mend “slug”."
        problem = Problem(str(file), "slug", "the slug is not the file's name", remedy, document.slug)
        raise InvalidDocuments([problem])
    return document


def load(paths: Sequence[Path], progress: Progress = lambda done, total: None) -> Applied:
    """Make the documents in files live, all or none; records that curators changed since stay as they are."""
    documents = read_files(find_files(paths), progress)
    return apply_documents(documents, reason="Loaded from files", by="load", origin=Origin.FIXTURES)


def dump(folder: Path, records: Iterable[Record]) -> int:
    """Write each record's document below `folder`; returns how many."""
    written = 0
    for record in records:
        file = folder / registry.kind(record.kind).folder / f"{record.slug}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(record.document, encoding="utf-8", newline="\n")
        written += 1
    return written
