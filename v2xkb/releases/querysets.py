"""Queries on releases and their files, named by their use."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Self

from django.db import models

from v2xkb.releases.contents import ReleaseState, Role

if TYPE_CHECKING:
    from v2xkb.releases.models import Release, ReleaseFile

UNDER_WAY = (ReleaseState.QUEUED, ReleaseState.RUNNING)


class ReleaseQuerySet(models.QuerySet[Any]):
    def made(self) -> Self:
        """All that can be seen, the latest first."""
        # By what they freeze: clocks can go back.
        return self.filter(state=ReleaseState.MADE).order_by("-revision_id", "-pk")

    def latest_made(self) -> "Release | None":
        return self.made().first()

    def of_version(self, version: str) -> "Release | None":
        """The release that is made of this version."""
        return self.made().filter(version=version).select_related("revision", "former").first()

    def former(self, release: "Release") -> "Release | None":
        return self.made().exclude(pk=release.pk).first()

    def begun(self, version: str) -> "Release | None":
        """A release of this version, made or not."""
        return self.filter(version=version).first()

    def under_way(self) -> Self:
        return self.filter(state__in=UNDER_WAY)

    def in_run(self, pk: int, run: int) -> Self:
        """The release while this run is the newest, and it is not made yet."""
        return self.filter(pk=pk, run=run, state__in=UNDER_WAY)

    def without_doi(self, version: str) -> Self:
        return self.made().filter(version=version, doi="")


class ReleaseFileQuerySet(models.QuerySet[Any]):
    def of_release(self, release: "Release") -> Self:
        """What the files are, without what they hold."""
        return self.filter(release=release).defer("content").order_by("path")

    def at(self, version: str, path: str) -> "ReleaseFile | None":
        """A file of a release that is made, without what it holds."""
        found = self.filter(release__version=version, release__state=ReleaseState.MADE, path=path)
        return found.defer("content").first()

    def whole(self, release: "Release") -> Iterator["ReleaseFile"]:
        """With what they hold, one at a time, as large files are."""
        return self.filter(release=release).order_by("path").iterator(chunk_size=1)

    def of_none_made(self) -> int:
        return self.exclude(release__state=ReleaseState.MADE).count()

    def named(self, release: "Release") -> Self:
        """All but the documents, which are many and alike."""
        return self.of_release(release).exclude(path__startswith="documents/")

    def downloads(self, release: "Release") -> Self:
        """The whole release, in each form that there is."""
        return self.of_release(release).filter(role=Role.DERIVED).select_related("release")

    def plain_documents(self, release: "Release") -> dict[str, dict[str, Any]]:
        """Permanent id -> the plain data of a document of the release."""
        rows = self.filter(release=release, role=Role.CANONICAL, path__startswith="documents/")
        found = (json.loads(bytes(content)) for content in rows.values_list("content", flat=True).iterator())
        return {data["id"]: data for data in found}
