"""What the doctor looks at of releases: that each is whole and what it was, and that of none there is a half."""

from collections.abc import Iterator

from v2xkb.records.doctor import Examination, register
from v2xkb.records.problems import Problem
from v2xkb.releases.contents import Role
from v2xkb.releases.models import Release, ReleaseFile
from v2xkb.releases.verifying import MANIFEST, digest, listed

# Nothing here is derived: releases stay as they were made.
RESTORE = "Restore a backup."


def problems() -> Iterator[Problem]:
    if left := ReleaseFile.objects.of_none_made():
        yield Problem("releases", "", f"{left} files belong to releases that are not made", RESTORE)
    for release in Release.objects.made():
        yield from problems_of(release)


def problems_of(release: Release) -> Iterator[Problem]:
    place, canonical = f"release {release.version}", dict[str, str]()
    for file in ReleaseFile.objects.whole(release):
        if digest(bytes(file.content)) != file.sha256:
            yield Problem(f"{place}: {file.path}", "", "the file is not what was released", RESTORE)
        if file.role == Role.CANONICAL:
            canonical[file.path] = file.sha256
        if file.path == MANIFEST and file.sha256 != release.identity:
            yield Problem(f"{place}: {file.path}", "", "its digest is not the release's identity", RESTORE)
    if digest(listed(canonical).encode()) != release.identity:
        yield Problem(place, "", "its files are not those of its identity", RESTORE)


register(Examination(problems))
