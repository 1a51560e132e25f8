"""What the page of a release shows: its numbers, its files, what changed since the one before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from v2xkb.records import registry
from v2xkb.records.citation import Citation
from v2xkb.records.languages import DATA_LANGUAGE, path_in
from v2xkb.releases.contents import Role
from v2xkb.releases.models import Release, ReleaseFile
from v2xkb.releases.texts import release_item

HEADINGS: Mapping[str, str | Promise] = {
    "new": _("New"),
    "changed": _("Changed"),
    "gone": _("No longer here"),
}
# More would make the page heavy; CHANGELOG.md has all.
MOST_SHOWN = 200


@dataclass(frozen=True)
class Changes:
    """Records that were new, changed or gone: all counted, the first of them shown."""

    what: str
    heading: str | Promise
    total: int
    shown: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class FileGroup:
    heading: str | Promise
    files: Sequence[ReleaseFile]


def changes(release: Release) -> list[Changes]:
    """Each way to have changed that occurs, with the address of a record where its kind has pages."""
    groups = []
    for what, heading in HEADINGS.items():
        found = [one for one in release.changes if one["what"] == what]
        if found:
            groups.append(Changes(what, heading, len(found), found[:MOST_SHOWN]))
    return groups


def counts(numbers: Mapping[str, int]) -> list[tuple[str, int]]:
    """(plural of a kind, records), in the order of kinds."""
    return [(registry.kind(kind).plural, count) for kind, count in numbers.items() if count]


def file_groups(files: Iterable[ReleaseFile]) -> list[FileGroup]:
    """What can be had, the handiest first."""
    headings: Sequence[tuple[Role, str | Promise]] = (
        (Role.DERIVED, _("All in one")),
        (Role.BESIDE, _("About this release")),
        (Role.CANONICAL, _("Tables, linked data, descriptions")),
    )
    listed = list(files)
    return [FileGroup(heading, [one for one in listed if one.role == role]) for role, heading in headings]


def citation(release: Release, absolute: Any) -> Citation:
    address = absolute(path_in(DATA_LANGUAGE, release.get_absolute_url()))
    return Citation(release_item(release.version, release.day, release.identity, address, release.doi))
