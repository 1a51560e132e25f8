"""Releases: a command that is killed, and two at once."""

import pytest

from tests.backups.databases import on
from tests.faults.afterwards import Before, all_is_well
from tests.faults.brakes import Point, committing, reading, writing
from tests.faults.sites import Site, kill
from v2xkb.releases.models import Release

POINTS = (reading("records_record"), writing("releases_releasefile"), committing("releases_releasefile"))


@pytest.mark.parametrize("point", POINTS, ids=str)
def test_a_killed_release_is_whole_or_none_and_can_be_made_again(site: Site, before: Before, point: Point) -> None:
    with site.stopped_at(point) as brake:
        process = site.start("release", "2026.2")
        brake.wait(process)
        kill(process)
    all_is_well(site, before)
    with on(site.url):
        is_made = bool(Release.objects.of_version("2026.2"))
    if is_made:
        assert "stays as it is" in site.manage("release", "2026.2", status=1)
    else:
        assert "Release 2026.2: " in site.manage("release", "2026.2")


def test_of_two_releases_at_once_one_is_made_and_the_other_is_refused_with_a_reason(site: Site, before: Before) -> None:
    with site.stopped_at(reading("releases_releasefile")) as brake:
        first = site.start("release", "2026.2")
        brake.wait(first)
        said = site.manage("release", "2026.3", status=1)
        assert "Release 2026.2 is being made." in said
    done, _ = first.communicate(timeout=120)
    assert first.returncode == 0, done
    with on(site.url):
        assert [one.version for one in Release.objects.made()] == ["2026.2", "2026.1"]
