"""How long the search for duplicates takes among ten thousand records.

V2XKB_BENCH_PROJECTS sets another number of made-up projects.
"""

from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.test_facets import MANY
from projects.generation import made_up
from tests.curation.pairs import fixture, profiles
from v2xkb.curation.duplicates import Candidate, candidates
from v2xkb.curation.profiles import profile
from v2xkb.records import registry


def test_duplicates_among_many_projects(benchmark: BenchmarkFixture) -> None:
    real = [fixture("project", one.slug) for one in profiles("project")]
    kind = registry.kind("project")
    documents = [made_up(number, 0, real) for number in range(1, MANY + 1)]

    def search() -> list[Candidate]:
        return candidates([profile(kind, document) for document in documents])

    benchmark.pedantic(search, rounds=1)
