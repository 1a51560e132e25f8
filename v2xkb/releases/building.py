"""Makes the files of a release: the same state of the records gives the same files, wherever and whenever."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from v2xkb.records.dictionary import as_markdown
from v2xkb.records.feeds import entry_id
from v2xkb.records.graphs import as_turtle
from v2xkb.records.languages import in_data_language
from v2xkb.releases import archive, dcat, sqlite_file
from v2xkb.releases.changes import Comparison, Plains, changelog, compared, plains
from v2xkb.releases.contents import Role
from v2xkb.releases.corpora import corpus_files
from v2xkb.releases.csv_files import csv_files, data_package
from v2xkb.releases.linked_data import rdf_files
from v2xkb.releases.states import State, document_files
from v2xkb.releases.texts import RELEASE, About, citation_cff, licence, numbers, readme
from v2xkb.releases.verifying import MANIFEST, SUMS, identity_of, manifest

Files = Mapping[str, bytes]
# Is told what is being made now, and how many of how many steps are done.
Progress = Callable[[str, int, int], None]


def silent(what: str, done: int, total: int) -> None:
    """Tells nobody."""


STEPS = ("documents", "tables", "linked data", "texts", "archive", "database")


@dataclass(frozen=True)
class Former:
    """The release before: its version and its documents."""

    version: str = ""
    documents: Plains = field(default_factory=dict)


@dataclass(frozen=True)
class Built:
    """All files of a release by role, and what changed since the one before."""

    identity: str
    files: Mapping[Role, Files]
    comparison: Comparison

    def __iter__(self) -> Iterator[tuple[Role, str, bytes]]:
        for role, files in self.files.items():
            for path, content in files.items():
                yield role, path, content


def canonical_files(state: State, version: str, progress: Progress = silent) -> Files:
    """The text files whose manifest is the identity: no time, no place, no number of a revision is in them."""
    made: dict[str, str] = {}
    with in_data_language():
        progress(STEPS[0], 0, len(STEPS))
        made |= document_files(state)
        progress(STEPS[1], 1, len(STEPS))
        made |= csv_files(state)
        made |= {"datapackage.json": data_package(version), "dictionary.md": as_markdown(), "LICENSE": licence()}
        progress(STEPS[2], 2, len(STEPS))
        made |= rdf_files(state)
    return {path: text.encode() for path, text in made.items()}


def build(
    state: State, version: str, notes: str = "", former: Former | None = None, progress: Progress = silent
) -> Built:
    former = former or Former()
    canonical = canonical_files(state, version, progress)
    about = About(version, notes, state, identity_of(canonical), former.version)
    comparison = compared(former.documents, plains(state.documents)) if former.version else Comparison()
    progress(STEPS[3], 3, len(STEPS))
    with in_data_language():
        beside = files_beside(about, canonical, changelog(version, former.version, comparison, state))
    progress(STEPS[4], 4, len(STEPS))
    name = f"v2xkb-{version}"
    derived = {f"{name}.zip": archive.packed(name, {**canonical, **beside})}
    progress(STEPS[5], 5, len(STEPS))
    derived[f"{name}.sqlite3"] = sqlite_file.packed(state, about)
    progress("", len(STEPS), len(STEPS))
    return Built(about.identity, {Role.CANONICAL: canonical, Role.BESIDE: beside, Role.DERIVED: derived}, comparison)


def files_beside(about: About, canonical: Files, changed: str) -> Files:
    """What is told of the release; unlike the canonical files these may name it, its identity and its day."""
    texts = {
        **corpus_files(about.state.corpora),
        "README.md": readme(about),
        "CITATION.cff": citation_cff(about),
        "CHANGELOG.md": changed,
        "dcat.ttl": dcat_file(about, [*canonical, *corpus_files(about.state.corpora)]),
        RELEASE: numbers(about),
        MANIFEST: manifest(canonical),
    }
    files = {path: text.encode() for path, text in texts.items()}
    return {**files, SUMS: manifest(files).encode()}


def dcat_file(about: About, paths: list[str]) -> str:
    """`dcat.ttl`: addresses are relative to where the file stands."""
    listed = [path for path in sorted(paths) if not path.startswith("documents/")]
    files = [(path, path) for path in (*listed, *(f"v2xkb-{about.version}.{kind}" for kind in ("zip", "sqlite3")))]
    name = entry_id(f"release {about.version} {about.identity}")
    return as_turtle({"@graph": [dcat.dataset(name, about.version, about.day, files, about.notes)]})
