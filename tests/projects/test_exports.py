"""A project's row in a table says what its document reports, in documented columns."""

import re
from typing import Any

import pytest
from django.conf import settings

from projects.exports import COLUMNS, row

PAGE = "http://testserver/projects/parker/"
WHOLE = {
    "id": "r38ramenw",
    "slug": "parker",
    "name": "PARKER",
    "tier": "V2X",
    "record_type": "pilot",
    "start": {"value": "2016-08", "kind": "launch"},
    "countries": ["DK", "SE"],
    "scenarios": [{"term": "v2g", "state": "demonstrated"}, {"term": "v2h"}],
    "chargers": {
        "kw": [{"key": "k1", "value": 10}, {"key": "k2", "value": 7.4, "note": "AC"}],
        "counts": [{"key": "c1", "value": 10, "unit": "charger", "state": "installed", "direction": "two-way"}],
    },
    "vehicles": {"counts": [{"key": "c1", "value": 0, "state": "planned"}], "models": ["Nissan e-NV200"]},
    "partners": [{"key": "p1", "organisation": "dtu", "role": "coordinator-partner"}],
    "barriers_met": [{"key": "b1", "barrier": "user-adoption", "stance": "overcome", "note": "Told."}],
}


def cells(document: dict[str, Any]) -> dict[str, str]:
    return dict(zip(COLUMNS, row(document, PAGE), strict=True))


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("name", "PARKER"),
        ("start", "2016-08"),
        ("end", ""),
        ("countries", "DK; SE"),
        ("scenarios", "v2g (demonstrated); v2h"),
        ("charger_kw", "10; 7.4"),
        ("charger_counts", "10 (charger, installed, two-way)"),
        ("vehicle_counts", "0 (planned)"),
        ("vehicle_models", "Nissan e-NV200"),
        ("vehicle_segments", ""),
        ("partners", "dtu (coordinator-partner)"),
        ("barriers", "user-adoption (overcome)"),
        ("page", PAGE),
    ],
)
def test_a_cell_holds_the_values_of_its_fact(column: str, text: str) -> None:
    assert cells(WHOLE)[column] == text


def test_the_columns_are_documented_in_their_order() -> None:
    text = (settings.BASE_DIR / "docs/interfaces.md").read_text(encoding="utf-8")
    table = text.partition("| column | holds |")[2].partition("\n\n")[0]
    assert tuple(re.findall(r"^\| `(\w+)` \| \S", table, flags=re.MULTILINE)) == COLUMNS
