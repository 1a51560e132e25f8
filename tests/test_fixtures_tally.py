"""The fixtures hold every value, basis and disagreement that was collected: compared with a tally taken beforehand."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.tally import tally

ROOT = Path(__file__).parent.parent
EXPECTED: dict[str, Any] = json.loads((ROOT / "tests" / "data" / "tally.json").read_text(encoding="utf-8"))


def fixture_documents() -> Iterator[dict[str, Any]]:
    for path in sorted((ROOT / "fixtures").rglob("*.json")):
        yield json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def counted() -> dict[str, Any]:
    return tally(fixture_documents())


@pytest.mark.parametrize("name", sorted(EXPECTED.keys() - {"records_by_kind"}))
def test_the_fixtures_hold_what_was_collected(counted: dict[str, Any], name: str) -> None:
    assert counted[name] == EXPECTED[name]


@pytest.mark.parametrize("kind", sorted(EXPECTED["records_by_kind"]))
def test_no_record_of_the_first_collection_is_missing(counted: dict[str, Any], kind: str) -> None:
    assert counted["records_by_kind"][kind] == EXPECTED["records_by_kind"][kind]


def test_the_tally_notices_a_lost_value_basis_and_disagreement(counted: dict[str, Any]) -> None:
    documents = list(fixture_documents())
    parker = next(document for document in documents if (document["kind"], document["slug"]) == ("project", "parker"))
    del parker["findings"], parker["basis"]["findings"], parker["conflicts"]
    fewer = tally(documents)
    assert fewer["records_with_value"]["findings"] == counted["records_with_value"]["findings"] - 1
    assert fewer["basis_by_kind"]["cited"] == counted["basis_by_kind"]["cited"] - 1
    assert fewer["conflicts"] == counted["conflicts"] - 1
