"""Where an import stands and what the worker does for it."""

from django.db.models import TextChoices


class ImportState(TextChoices):
    """Where an import stands; from each there is a way on, and every import can be discarded until it is proposed."""

    COLUMNS = "columns", "columns to be checked"
    QUEUED = "queued", "waiting for the worker"
    RUNNING = "running", "being worked on"
    CHECKED = "checked", "ready to be looked at"
    FAILED = "failed", "stopped by a fault"
    PROPOSED = "proposed", "proposed"


class Work(TextChoices):
    """What the worker is asked to do."""

    CHECK = "check", "looking at every row"
    PROPOSE = "propose", "making the proposal"


class UploadState(TextChoices):
    """Where an export on its way into a corpus stands."""

    QUEUED = "queued", "waiting for the worker"
    RUNNING = "running", "being loaded"
    LOADED = "loaded", "loaded"
    FAILED = "failed", "refused"
