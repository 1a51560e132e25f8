"""What must be true after any fault, whatever it was: every test here ends with it."""

import hashlib
from dataclasses import dataclass
from io import StringIO
from typing import Self

from django.core.management import call_command

from tests.backups.databases import on
from tests.faults.sites import Site
from v2xkb.records import doctor
from v2xkb.records.models import Record, Revision, Version
from v2xkb.releases.contents import ReleaseState
from v2xkb.releases.models import Release, ReleaseFile
from v2xkb.releases.verifying import identity_of


@dataclass(frozen=True)
class Before:
    """What was there before the fault, and is there for good."""

    revision: int
    versions: dict[tuple[str, int], str]
    releases: dict[str, str]

    @classmethod
    def of(cls, site: Site) -> Self:
        with on(site.url):
            return cls(Revision.objects.current(), versions(), releases())


def versions() -> dict[tuple[str, int], str]:
    rows = Version.objects.values_list("pid", "number", "document")
    return {(pid, number): hashlib.sha256(document.encode()).hexdigest() for pid, number, document in rows}


def releases() -> dict[str, str]:
    return {one.version: one.identity for one in Release.objects.made()}


def all_is_well(site: Site, before: Before) -> None:
    """Live are the latest applied versions, nothing that was is lost, no release is half, and the doctor says so."""
    with on(site.url):
        live_is_the_latest()
        assert Revision.objects.current() >= before.revision
        assert versions().items() >= before.versions.items()
        numbers = list(Revision.objects.order_by("number").values_list("number", flat=True))
        assert numbers == sorted(set(numbers))
        later = {revision for _, revision in revisions_of_versions()} - set(numbers)
        assert not later, "versions of revisions that are none"
        assert releases().items() >= before.releases.items()
        releases_are_whole()
        problems = [str(one) for one in doctor.examine()]
        assert not problems, problems


def nothing_is_lost_by_repairing(site: Site) -> None:
    with on(site.url):
        said = StringIO()
        call_command("doctor", "--repair", stdout=said, stderr=said)
        assert "All is well" in said.getvalue()
        live_is_the_latest()


def revisions_of_versions() -> list[tuple[str, int]]:
    return list(Version.objects.values_list("pid", "revision"))


def live_is_the_latest() -> None:
    """A record is its newest version, and one whose newest version is empty is withdrawn."""
    newest: dict[str, tuple[int, str, int]] = {}
    for pid, number, document, revision in Version.objects.values_list("pid", "number", "document", "revision"):
        newest[pid] = max(newest.get(pid, (0, "", 0)), (number, document, revision))
    expected = {pid: one for pid, one in newest.items() if one[1]}
    live = Record.objects.values_list("pid", "version", "document", "revision")
    assert {pid: (number, document, revision) for pid, number, document, revision in live} == expected


def releases_are_whole() -> None:
    """Of one that is made every file is there, by the digests of its own; of any other there is none."""
    for release in Release.objects.all():
        files = {one.path: one for one in ReleaseFile.objects.filter(release=release)}
        if release.state != ReleaseState.MADE:
            assert not files, f"{release} is not made, and has files"
            continue
        for file in files.values():
            assert hashlib.sha256(bytes(file.content)).hexdigest() == file.sha256
        canonical = {path: bytes(one.content) for path, one in files.items() if one.role == "canonical"}
        assert identity_of(canonical) == release.identity
