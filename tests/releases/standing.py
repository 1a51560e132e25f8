"""The release that every test database holds: small, so that it is soon made."""

from v2xkb.releases.building import build
from v2xkb.releases.making import ask, keep
from v2xkb.releases.models import Release
from v2xkb.releases.states import State, live, names

VERSION = "2026.1"
NOTES = "One project and all that it names."


def some_of(state: State) -> State:
    """A project and all that it names, and what that names."""
    by_name = {(one.kind, one.slug): one for one in state.documents.values()}
    found, waiting = {}, [by_name["project", "parker"]]
    while waiting:
        document = waiting.pop()
        if document.id not in found:
            found[document.id] = document
            waiting += [by_name[name] for name in names(document)]
    return State(found, {}, state.revision, state.at)


def make() -> Release:
    state = some_of(live())
    release = ask(VERSION, NOTES, "a test")
    keep(release, state, build(state, VERSION, NOTES), None)
    return Release.objects.get(pk=release.pk)
