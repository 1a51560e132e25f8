"""The comparisons with peers: both get the same data, and nothing is measured where answers differ or fail."""

import json
import sqlite3
from pathlib import Path

import pytest
from django.http import QueryDict

from benchmarks.peers import facet_table, graphs, lists, measuring, relational, results
from projects.filtersets import ProjectFilterSet
from v2xkb.instance import BASE_DIR
from v2xkb.records.models import Record

ENVIRONMENTS = BASE_DIR / "benchmarks" / "peers" / "environments"


@pytest.fixture
def source(knowledge_base: None) -> sqlite3.Connection:
    """What the exports read of a database, whichever the test runs on."""
    made = sqlite3.connect(":memory:")
    made.execute("CREATE TABLE records_record (kind, slug, sort_key, document)")
    records = Record.objects.order_by("pk").values_list("kind", "slug", "sort_key", "document")
    made.executemany("INSERT INTO records_record VALUES (?, ?, ?, ?)", records)
    return made


def values_of(row: dict[str, object], name: str) -> list[str]:
    value = row[name]
    values = json.loads(str(value)) if name in facet_table.ARRAYS else [] if value is None else [value]
    return [str(one) for one in values]


def test_a_column_for_each_facet_holds_the_values_that_the_facet_counts(source: sqlite3.Connection) -> None:
    filters = ProjectFilterSet(QueryDict())
    assert {*facet_table.SINGLE, *facet_table.ARRAYS} == {facet.name for facet in filters.facet_filters}
    rows = [dict(row) for row in facet_table.rows(source)]
    assert [row["slug"] for row in sorted(rows, key=lambda row: row["sort_key"])] == [one.slug for one in filters.qs]
    for facet in filters.facets():
        counted = {one.value: one.count for one in facet.options if one.count and one.value != "not-reported"}
        held: dict[str, int] = {}
        for row in rows:
            for value in values_of(row, facet.name):
                held[value] = held.get(value, 0) + 1
        assert (facet.name, held) == (facet.name, counted)


def test_plain_tables_hold_every_part_of_the_documents(source: sqlite3.Connection) -> None:
    kinds = {kind: list(facet_table.documents(source, kind)) for kind in ("organisation", "barrier", "project")}
    tables = relational.tables(kinds, dict.fromkeys((one["slug"] for one in kinds["project"]), ""))
    for table, path in (("sites", "sites"), ("partners", "partners"), ("barrier_reports", "barriers_met")):
        assert len(tables[table]) == sum(len(one.get(path, [])) for one in kinds["project"]) > 0
    assert [len(tables[name]) for name in ("organisations", "barriers", "projects")] == [*map(len, kinds.values())]


def test_counts_that_differ_are_named() -> None:
    question = lists.Question("country", "DK", ("tier",))
    question.compare_counts("tier", {"V2X": 3}, {"V2X": 3})
    # What ours would find by choosing Norway instead is no question that Datasette was asked.
    question.compare_counts("country", {"DK": 3, "NO": 9}, {"DK": 3, "NO": 1})
    with pytest.raises(measuring.Failed, match=r"Counts of tier differ.*'V1G': \(None, 1\)"):
        question.compare_counts("tier", {"V2X": 3}, {"V2X": 3, "V1G": 1})


def test_graphs_that_differ_are_named() -> None:
    ours, theirs = ({"data": {"projects": [{"slug": slug}]}} for slug in ("parker", "scale"))
    assert graphs.agree(json.dumps(ours).encode(), json.dumps(ours).encode()) > 0
    with pytest.raises(measuring.Failed, match="at /data/projects/0/slug ours is parker, PostGraphile's scale"):
        graphs.agree(json.dumps(ours).encode(), json.dumps(theirs).encode())


def test_requests_that_failed_are_no_measurement() -> None:
    header = "response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read,status-code,offset\n"
    good, bad = (f"0.0520,0.0001,0.0,0.0,0.05,0.001,{status},0.0\n" for status in (200, 500))
    assert measuring.read_hey(header + good + good, 2) == [0.052, 0.052]
    assert measuring.read_hey(header + good, 1, measuring.FIRST_BYTE) == [0.05]
    for text in (header + good + bad, header + good):
        with pytest.raises(measuring.Failed):
            measuring.read_hey(text, 2)
    assert measuring.read_wrk('…\n{"replies": 300, "seconds": 2.0, "failed": 0}\n') == 150
    with pytest.raises(measuring.Failed):
        measuring.read_wrk('{"replies": 300, "seconds": 2.0, "failed": 1}')


def test_a_ratio_says_how_many_times_as_fast_ours_was_in_each_turn() -> None:
    waits = measuring.in_turn(lambda: [0.1], lambda: [0.5], turns=3)
    rates = measuring.in_turn(lambda: [500.0], lambda: [100.0], turns=3, more_is_better=True)
    assert (waits.ratio.median, rates.ratio.median) == (5, 5)
    assert measuring.Spread(1.234, 56.78, 1234.5).told() == "56.8 (1.23 to 1,234)"


def test_a_comparison_writes_its_own_section_only(tmp_path: Path) -> None:
    page = tmp_path / "RESULTS.md"
    page.write_text("# Measured\n\nHow.\n\n## One\n\nold\n\n## Two\n\nstays\n", encoding="utf-8")
    results.keep("## One\n\nnew\n", page)
    results.keep("## Three\n\nfirst\n", page)
    told = "# Measured\n\nHow.\n\n## One\n\nnew\n\n## Two\n\nstays\n\n## Three\n\nfirst\n"
    assert page.read_text(encoding="utf-8") == told


def test_the_lock_file_pins_by_digest_and_names_no_registry() -> None:
    lock = json.loads((ENVIRONMENTS / "postgraphile" / "package-lock.json").read_text(encoding="utf-8"))
    packages = [package for path, package in lock["packages"].items() if path]
    assert packages
    assert all("integrity" in package and "resolved" not in package for package in packages)
