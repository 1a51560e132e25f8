"""What the doctor looks at of releases: that each is whole and what it was, and that of none there is a half."""

from collections.abc import Iterator

from v2xkb.records.doctor import Examination, register
from v2xkb.records.problems import Problem
from v2xkb.releases.contents import Role
from v2xkb.releases.models import Release, ReleaseFile
from v2xkb.releases.verifying import MANIFEST, digest

# Nothing here is derived: releases stay as they were made.
RESTORE = "Restore a backup."


def problems() -> Iterator[Problem]:
    if left := ReleaseFile.objects.of_none_made():
        yield Problem("releases", "", f"{left} files belong to releases that are not made", RESTORE)
    for release in Release.objects.made():
        yield from problems_of(release)


def problems_of(release: Release) -> Iterator[Problem]:
    place, lines = f"release {release.version}", []
    for file in ReleaseFile.objects.whole(release):
        if digest(bytes(file.content)) != file.sha256:
            yield Problem(f"{place}: {file.path}", "", "the file is not what was released", RESTORE)
        if file.role == Role.CANONICAL:
            lines.append(f"{file.sha256}  {file.path}\n")
        if file.path == MANIFEST and file.sha256 != release.identity:
            yield Problem(f"{place}: {file.path}", "", "its digest is not the release's identity", RESTORE)
    if digest("".join(sorted(lines, key=lambda line: line[66:])).encode()) != release.identity:
        yield Problem(place, "", "its files are not those of its identity", RESTORE)


register(Examination(problems))
