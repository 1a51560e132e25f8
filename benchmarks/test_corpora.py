"""How long a Scopus export takes to become publications of a corpus, and how much memory at most.

V2XKB_BENCH_PUBLICATIONS sets another number of rows, such as 200000. The peak is what the process had grown by since
the measurement began. Loading the same rows again, in another file, measures merging.
"""

import os
import resource
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.scopus_exports import write
from v2xkb.literature.corpora.definitions import Definition
from v2xkb.literature.corpora.importing import import_file

pytestmark = pytest.mark.django_db

ROWS = int(os.environ.get("V2XKB_BENCH_PUBLICATIONS", "20000"))


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "scopus.csv"
    write(path, ROWS)
    return path


def test_loading_new_publications(benchmark: BenchmarkFixture, export: Path) -> None:
    before = peak()
    loaded = benchmark.pedantic(import_file, args=(export, Definition("measured")), rounds=1)
    assert (loaded.file.read, loaded.file.refused) == (ROWS, 0)
    benchmark.extra_info["MB more"] = peak() - before


def test_loading_the_same_publications_from_another_file(benchmark: BenchmarkFixture, export: Path) -> None:
    import_file(export, Definition("measured"))
    with export.open("a", encoding="utf-8", newline="") as file:
        file.write("\r\n")
    loaded = benchmark.pedantic(import_file, args=(export, Definition("measured")), rounds=1)
    assert (loaded.file.merged, loaded.file.new) == (ROWS, 0)
