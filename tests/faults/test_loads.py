"""Loads that are killed, and two at once."""

from pathlib import Path

import pytest

from tests.faults.afterwards import Before, all_is_well
from tests.faults.brakes import Point, committing, writing
from tests.faults.sites import Site, kill
from tests.records.test_processes import folder_of_projects

MANY = 30
POINTS = (
    writing("records_revision"),
    writing("records_basisentry"),
    writing("records_searchentry"),
    committing("records_version"),
)


@pytest.mark.parametrize("point", POINTS, ids=str)
def test_a_killed_load_is_all_or_nothing_and_can_be_run_again(
    site: Site, before: Before, tmp_path: Path, point: Point
) -> None:
    folder = folder_of_projects(tmp_path / "documents", "As loaded.", MANY)
    with site.stopped_at(point) as brake:
        process = site.start("load", folder)
        brake.wait(process)
        kill(process)
    all_is_well(site, before)
    said = site.manage("load", folder)
    assert f"{MANY} new, 0 changed, 0 unchanged." in said or f"0 changes: 0 new, 0 changed, {MANY} unchanged." in said


def test_of_two_loads_at_once_the_second_waits_and_finds_the_first_ones_records(
    site: Site, before: Before, tmp_path: Path
) -> None:
    one, two = (folder_of_projects(tmp_path / name, name, MANY) for name in ("one", "two"))
    with site.stopped_at(writing("records_version")) as brake:
        first = site.start("load", one)
        brake.wait(first)
        second = site.start("load", two)
        brake.wait_for_two()
    said = [process.communicate(timeout=120)[0] for process in (first, second)]
    assert f"{MANY} new, 0 changed, 0 unchanged." in said[0]
    assert f"0 new, {MANY} changed, 0 unchanged." in said[1]
    assert [int(each.split()[1].rstrip(":")) for each in said] == [before.revision + 1, before.revision + 2]
