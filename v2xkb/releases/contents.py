"""What the files of a release are: their roles, their media types, those worth naming one by one."""

from pathlib import PurePosixPath

from django.db.models import TextChoices


class Role(TextChoices):
    """Canonical files make up the identity; what is told of the release stands beside; the rest is made from both."""

    CANONICAL = "canonical", "canonical"
    BESIDE = "beside", "about the release"
    DERIVED = "derived", "derived"


CONTENT_TYPES = {
    ".json": "application/json",
    ".jsonl": "application/jsonl; charset=utf-8",
    ".jsonld": "application/ld+json",
    ".csv": "text/csv; charset=utf-8; header=present",
    ".ttl": "text/turtle; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".cff": "text/plain; charset=utf-8",
    ".zip": "application/zip",
    ".sqlite3": "application/vnd.sqlite3",
}
PLAIN = "text/plain; charset=utf-8"


def content_type_of(path: str) -> str:
    return CONTENT_TYPES.get(PurePosixPath(path).suffix, PLAIN)


class ReleaseState(TextChoices):
    """Where a release stands; only one that is made is shown, and then it stays as it is."""

    QUEUED = "queued", "waiting for the worker"
    RUNNING = "running", "being made"
    FAILED = "failed", "stopped by a fault"
    MADE = "made", "made"
