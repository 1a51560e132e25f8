"""Publications from the web: the process that serves them is killed in the middle, and two come at once."""

from concurrent.futures import ThreadPoolExecutor
from http.client import RemoteDisconnected

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from tests.backups.databases import on
from tests.curation.people import approved, changed, new_project
from tests.faults.afterwards import Before, all_is_well
from tests.faults.brakes import Point, committing, writing
from tests.faults.sites import Served, Site, kill
from tests.processes import wait_until
from v2xkb.curation.choices import State
from v2xkb.curation.models import Proposal
from v2xkb.curation.proposals import Draft
from v2xkb.records.models import Record, Revision

POINTS = (
    writing("records_revision"),
    writing("curation_event"),
    committing("records_version"),
)
BROKEN_OFF = (ConnectionError, RemoteDisconnected)


def waiting(site: Site, *drafts: Draft) -> int:
    """The number of a proposal that only has to be applied."""
    with on(site.url):
        author, reviewer = (User.objects.get(username=name) for name in ("author", "second"))
        return int(approved(author, reviewer, *drafts).pk)


def steps(pk: int) -> str:
    return reverse("admin:curation_step", args=[pk, "apply"])


def state_of(site: Site, pk: int) -> str:
    with on(site.url):
        return str(Proposal.objects.get(pk=pk).state)


def published(served: Served, pk: int, cookies: str) -> None:
    if state_of(served.site, pk) != State.APPLIED:
        assert served.send(steps(pk), cookies).status == 302
    assert state_of(served.site, pk) == State.APPLIED
    assert served.ask("/projects/published/").status == 200


@pytest.mark.parametrize("point", POINTS, ids=str)
def test_a_publication_whose_web_process_is_killed_is_all_or_nothing_and_the_site_goes_on(
    site: Site, before: Before, point: Point
) -> None:
    pk, cookies = waiting(site, new_project("published")), site.cookies("third")
    with site.served() as served, ThreadPoolExecutor(1) as browser:
        with site.stopped_at(point) as brake:
            sent = browser.submit(served.send, steps(pk), cookies)
            brake.wait(served.process)
            kill(served.web())
            with pytest.raises(BROKEN_OFF):
                sent.result(timeout=60)
        wait_until(lambda: answers(served), "no other web process took its place", served.process)
        all_is_well(site, before)
        with on(site.url):
            is_live = Record.objects.at("project", "published").exists()
        assert state_of(site, pk) == (State.APPLIED if is_live else State.APPROVED)
        published(served, pk, cookies)


def answers(served: Served) -> bool:
    try:
        return served.ask("/readyz").status == 200
    except BROKEN_OFF:
        return False


def test_an_instance_that_is_killed_whole_in_a_publication_serves_again_when_it_is_begun(
    site: Site, before: Before
) -> None:
    pk, cookies = waiting(site, new_project("published")), site.cookies("third")
    point = writing("records_version")
    with site.served() as served, ThreadPoolExecutor(1) as browser, site.stopped_at(point) as brake:
        sent = browser.submit(served.send, steps(pk), cookies)
        brake.wait(served.process)
        # As where memory ends, or a machine.
        for process in [*served.processes(), served.process]:
            kill(process)
        with pytest.raises(BROKEN_OFF):
            sent.result(timeout=60)
    all_is_well(site, before)
    with site.served() as served:
        published(served, pk, cookies)


def test_two_publications_at_once_are_both_live_each_under_a_revision_of_its_own(site: Site, before: Before) -> None:
    with on(site.url):
        slug = Record.objects.filter(kind="project").order_by("pk")[0].slug
        drafts = [changed("project", slug, name="One"), changed("project", slug, summary="Two.")]
    pks = [waiting(site, one) for one in drafts]
    browsers = [site.cookies(name) for name in ("third", "editor")]
    with site.served(WEB_PROCESSES="2") as served, ThreadPoolExecutor(2) as at_once:
        with site.stopped_at(writing("records_version")) as brake:
            sent = [at_once.submit(served.send, steps(pk), one) for pk, one in zip(pks, browsers, strict=True)]
            brake.wait_for_two()
        assert [one.result(timeout=60).status for one in sent] == [302, 302]
    with on(site.url):
        live = Record.objects.at("project", slug).get().data
        assert (live["name"], live["summary"]) == ("One", "Two.")
        assert Revision.objects.current() == before.revision + 2
        assert [Proposal.objects.get(pk=pk).state for pk in pks] == [State.APPLIED, State.APPLIED]
