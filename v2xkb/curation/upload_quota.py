"""How much one person may have lying here in files that they uploaded: all disks end."""

from typing import Any

from django.conf import settings

from v2xkb.curation.corpus_models import CorpusUpload
from v2xkb.curation.import_models import Import
from v2xkb.curation.states import Refused

MEGABYTE = 1_000_000


def make_room(user: Any, size: int) -> None:
    """Forgets what nobody came back for; raises Refused where a file of so many bytes would be too much."""
    for uploads in (Import.objects, CorpusUpload.objects):
        uploads.forgotten().delete()
    most = settings.UPLOADS_MB * MEGABYTE
    held = Import.objects.bytes_of(user) + CorpusUpload.objects.bytes_of(user)
    if held + size > most:
        raise Refused(
            f"You have {held // MEGABYTE:,} MB of files here, and may have {settings.UPLOADS_MB:,}: "
            "discard imports that you need no longer, or wait until the worker has loaded your exports."
        )
