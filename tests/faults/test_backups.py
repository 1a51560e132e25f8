"""Backups that are killed, on a full disk, and two at once."""

from pathlib import Path

import pytest

from tests.faults.afterwards import Before
from tests.faults.brakes import Point, reading
from tests.faults.sites import Site, kill

POINTS = (reading("auth_user"), reading("records_version"), reading("releases_releasefile"))


def files(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


@pytest.mark.parametrize("point", POINTS, ids=str)
def test_a_killed_backup_leaves_none_of_its_name_and_what_it_had_begun_goes_with_the_next(
    site: Site, before: Before, tmp_path: Path, point: Point
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    with site.stopped_at(point) as brake:
        process = site.start("backup", folder / "first.zip")
        brake.wait(process)
        kill(process)
    assert [name.endswith(".part") for name in files(folder)] == [True]
    (folder / ".another.part").touch()
    site.manage("backup", folder / "second.zip")
    assert files(folder) == [".another.part", "second.zip"]
    assert "second.zip is whole" in site.manage("backup", "--check", folder / "second.zip")


def test_of_two_backups_at_once_each_is_whole_and_neither_takes_the_others_draft(
    site: Site, before: Before, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    with site.stopped_at(reading("records_version")) as brake:
        first = site.start("backup", folder / "first.zip")
        brake.wait(first)
        second = site.start("backup", folder / "second.zip")
        brake.wait_for_two()
    for process in (first, second):
        said, _ = process.communicate(timeout=120)
        assert process.returncode == 0, said
    assert files(folder) == ["first.zip", "second.zip"]
    for name in files(folder):
        assert "is whole" in site.manage("backup", "--check", folder / name)
