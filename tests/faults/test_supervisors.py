"""What keeps the processes of an instance together is killed: they end by themselves, and the next one can begin."""

import socket

import psutil

from tests.backups.databases import on
from tests.faults.afterwards import Before
from tests.faults.brakes import writing
from tests.faults.sites import Site, kill
from tests.faults.test_worker import a_load, a_load_is_there_once
from tests.processes import wait_until
from v2xkb.curation.models import CorpusUpload


def test_when_serve_is_killed_all_end_as_soon_as_they_are_done_and_the_next_one_begins(
    site: Site, before: Before
) -> None:
    with site.served() as served:
        processes, worker = served.processes(), served.worker()
        with on(site.url):
            a_load()
        with site.stopped_at(writing("literature_publication")) as brake:
            brake.wait(served.process)
            kill(served.process)
            wait_until(lambda: not running(processes, but=worker), "somebody serves still")
            # As another instance would listen there.
            socket.create_server(("127.0.0.1", site.port)).close()
            assert runs(worker), "the worker did not finish what it was at"
        wait_until(lambda: not running(processes), "the worker works still")
    with site.served(), on(site.url):
        wait_until(lambda: CorpusUpload.objects.get().state not in ("queued", "running"), "the worker does nothing")
        a_load_is_there_once()


def running(processes: list[psutil.Process], but: psutil.Process | None = None) -> list[psutil.Process]:
    return [one for one in processes if one != but and runs(one)]


def runs(process: psutil.Process) -> bool:
    """For whom nobody waits stays a zombie, where a machine's first process waits for none."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
