"""One release of the whole knowledge base for all tests that only look at it."""

from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from v2xkb.releases.building import Built, build
from v2xkb.releases.states import State, live, names

VERSION = "2026.1"


@pytest.fixture(scope="session")
def state(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> State:
    with django_db_blocker.unblock():
        return live()


@pytest.fixture(scope="session")
def built(state: State) -> Built:
    return build(state, VERSION, "The first release.")


@pytest.fixture(scope="session")
def unpacked(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release as a folder."""
    folder = tmp_path_factory.mktemp("release")
    for _, path, content in built:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return folder


@pytest.fixture(scope="session")
def some(state: State) -> State:
    """A project and all that it names, and what that names: small enough to be built again and again."""
    by_name = {(one.kind, one.slug): one for one in state.documents.values()}
    found, waiting = {}, [by_name["project", "parker"]]
    while waiting:
        document = waiting.pop()
        if document.id not in found:
            found[document.id] = document
            waiting += [by_name[name] for name in names(document)]
    return State(found, {}, state.revision, state.at)
