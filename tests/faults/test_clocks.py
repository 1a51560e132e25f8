"""The clock is moved back: what comes later stays later, whatever the clock says."""

from tests.backups.databases import on
from tests.curation.people import new_project
from tests.faults.afterwards import Before
from tests.faults.sites import Site
from tests.faults.test_publications import published, waiting
from tests.faults.test_worker import a_load, a_load_is_there_once
from tests.records.test_processes import folder_of_projects
from v2xkb.records.models import Revision
from v2xkb.releases.models import Release

BACK = {"FAULTS_CLOCK_SECONDS": str(-3 * 86_400)}


def test_what_is_published_released_and_queued_with_the_clock_three_days_back_follows_what_was(
    site: Site, before: Before
) -> None:
    pk, cookies = waiting(site, new_project("published")), site.cookies("third")
    site.manage("load", folder_of_projects(site.home / "documents", "Before.", 2))
    assert "Release 2026.2: " in site.manage("release", "2026.2")
    with site.served() as served:
        feed = served.ask("/api/v1/changes/").content
        page = served.ask("/projects/number-0/")
    with on(site.url):
        a_load()
    with site.served(**BACK) as served:
        assert served.ask("/projects/number-0/").status == 200
        tag = {"If-None-Match": page.headers["etag"]}
        published(served, pk, cookies)
        assert served.ask("/projects/number-0/", tag).status == 200
        assert served.ask("/api/v1/changes/").content != feed
    site.manage("load", folder_of_projects(site.home / "later", "Later.", 2), beside=BACK)
    site.manage("worker", "--batch", beside=BACK)
    assert "Release 2026.3: " in site.manage("release", "2026.3", beside=BACK)
    said = site.manage("release", "2026.1", status=1)
    assert "stays as it is" in said
    assert "Release 2026.4: " in site.manage("release", "2026.4")
    with on(site.url):
        a_load_is_there_once()
        at = dict(Revision.objects.values_list("number", "at"))
        assert at[max(at)] > at[before.revision + 1]
        assert list(at.values()) != sorted(at.values()), "the clock was not moved"
        formers = {one.version: one.former and one.former.version for one in Release.objects.all()}
        assert formers == {"2026.1": None, "2026.2": "2026.1", "2026.3": "2026.2", "2026.4": "2026.3"}
        latest = Release.objects.latest_made()
        assert latest
        assert latest.version == "2026.4"
