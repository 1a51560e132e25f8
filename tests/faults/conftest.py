"""Instances of v2xkb to break: each test has one of its own, on SQLite and on PostgreSQL."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.backups.databases import on
from tests.curation.people import person
from tests.faults.afterwards import Before, all_is_well, nothing_is_lost_by_repairing
from tests.faults.servers import Databases, Files, Server, postgres
from tests.faults.sites import Site
from tests.postgres import PostgresServer
from tests.records import made
from v2xkb.records.apply import apply_documents
from v2xkb.releases.making import ask, run

PEOPLE = {"author": "Contributor", "editor": "Publisher", "second": "Publisher", "third": "Publisher"}


@pytest.fixture(scope="session", autouse=True)
def no_database_of_the_run(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Each instance has its own."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(autouse=True)
def held_from_the_start() -> None:
    """Nothing is held here of a database that all tests share."""


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresServer]:
    home = Path(os.environ["VAR_DIR"])
    home.chmod(0o755)
    with postgres(home / f"faults-{os.getpid()}") as server:
        yield server


@pytest.fixture(scope="session")
def static_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = Site("sqlite:///:memory:", tmp_path_factory.mktemp("static"))
    site.manage("collectstatic", "--noinput", "--verbosity=0")
    return site.home / "var" / "static"


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest) -> Databases:
    if request.param == "sqlite":
        return Files()
    server: PostgresServer = request.getfixturevalue("postgresql")
    return Server(server)


@pytest.fixture(scope="session")
def example(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a database that instances begin with a copy of; nothing waits for a worker there."""
    folder = tmp_path_factory.mktemp("example")
    url = databases.made(folder, "example")
    Site(url, folder).manage("migrate", "--verbosity=0")
    with on(url):
        make_small_site()
    return url


def make_small_site() -> None:
    """Few records, so that the doctor is soon done; a release, and four people."""
    documents = [made.reference(), *(made.term(slug, "actor") for slug in ("dso", "tso")), made.project("alpha")]
    apply_documents(documents, reason="Made for a test.", by="a test")
    apply_documents([made.project("alpha", summary="Another.")], reason="Made for a test.", by="a test")
    for username, role in PEOPLE.items():
        person(role, username)
    asked = ask("2026.1", "", "a test")
    run(asked.pk, asked.run)


@pytest.fixture
def site(databases: Databases, example: str, static_files: Path, tmp_path: Path) -> Site:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "static").symlink_to(static_files)
    return Site(databases.made(tmp_path, "own", like=example), tmp_path)


@pytest.fixture
def before(site: Site) -> Iterator[Before]:
    """Every fault test asks for this: after it, what was there is there, and all is well."""
    stood = Before.of(site)
    yield stood
    all_is_well(site, stood)
    nothing_is_lost_by_repairing(site)
