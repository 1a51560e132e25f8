"""Published corpora in a release: what was searched for and found, counted; publications where they may be passed on.

Corpora are workspaces, filled by exports that no release holds: another instance with the same records has others. So
they stand beside the canonical files and are no part of the identity.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from v2xkb.literature.corpora_plain import plain
from v2xkb.literature.corpus_models import Corpus
from v2xkb.literature.publications_plain import plain_publication, released_of
from v2xkb.records.canonical import dump
from v2xkb.releases.verifying import digest

FOLDER = "corpora"
# Of larger corpora a release, which the database keeps whole, holds the counts.
MOST_PUBLICATIONS = 20_000
# Numbers are this site's own.
UNTOLD = "number"


@dataclass(frozen=True)
class FrozenCorpus:
    """A corpus as it is told of, and the publications that are passed on."""

    told: Mapping[str, Any]
    publications: Sequence[Mapping[str, Any]] = ()

    @property
    def slug(self) -> str:
        return str(self.told["slug"])

    @property
    def left_out(self) -> int:
        return int(self.told["publications"]) - len(self.publications)


def frozen() -> list[FrozenCorpus]:
    """All that are published, in the order of slugs."""
    return [FrozenCorpus(plain(corpus), list(listed(corpus))) for corpus in Corpus.objects.published().with_files()]


def listed(corpus: Corpus) -> Iterator[Mapping[str, Any]]:
    for publication in released_of(corpus, MOST_PUBLICATIONS):
        told = plain_publication(publication)
        yield {name: value for name, value in told.items() if name != UNTOLD}


def corpus_files(corpora: Sequence[FrozenCorpus]) -> dict[str, str]:
    """`corpora/<slug>.json` of each, its publications as JSON Lines, and the data package that describes them."""
    files = {}
    for corpus in corpora:
        counts = {"listed": len(corpus.publications), "left_out": corpus.left_out}
        files[f"{FOLDER}/{corpus.slug}.json"] = dump({**corpus.told, **counts})
        if corpus.publications:
            lines = (json.dumps(one, ensure_ascii=False, allow_nan=False) + "\n" for one in corpus.publications)
            files[f"{FOLDER}/{corpus.slug}.publications.jsonl"] = "".join(lines)
    if files:
        files[f"{FOLDER}/datapackage.json"] = package(files)
    return files


def package(files: Mapping[str, str]) -> str:
    """Frictionless; what a corpus found is described by its own JSON."""
    return dump(
        {
            "profile": "data-package",
            "name": "v2xkb-corpora",
            "title": "What searches of literature databases found",
            "resources": [
                {
                    "name": path.removeprefix(f"{FOLDER}/").replace(".", "-").lower(),
                    "path": path.removeprefix(f"{FOLDER}/"),
                    "format": path.rpartition(".")[2],
                    "encoding": "utf-8",
                    "bytes": len(text.encode()),
                    "hash": f"sha256:{digest(text.encode())}",
                }
                for path, text in sorted(files.items())
            ],
        }
    )


def readme_lines(corpora: Sequence[FrozenCorpus]) -> Iterator[str]:
    if not corpora:
        return
    total, left_out = (sum(numbers) for numbers in zip(*map(counts_of, corpora), strict=True))
    yield from (
        "",
        f"Beside the records stand corpora, in `{FOLDER}/`: what {len(corpora)} searches of literature databases",
        f"found, counted. Of their publications {total - left_out} are listed (`.publications.jsonl`), {left_out}",
        "are left out: nobody established that the databases allow lists, or a corpus has more than",
        f"{MOST_PUBLICATIONS:,}. The identity does not depend on them.",
    )


def counts_of(corpus: FrozenCorpus) -> tuple[int, int]:
    return int(corpus.told["publications"]), corpus.left_out


def numbers_of(corpora: Sequence[FrozenCorpus]) -> dict[str, dict[str, int]]:
    """For `release.json`: of each how many publications it has, and how many are left out."""
    return {one.slug: {"publications": counts_of(one)[0], "left_out": one.left_out} for one in corpora}
