"""What the worker is asked to do for corpora."""

from django.db import transaction
from django_tasks import task

from v2xkb.curation.corpus_models import CorpusUpload
from v2xkb.curation.corpus_uploads import run
from v2xkb.curation.import_choices import UploadState
from v2xkb.curation.states import Refused


@task()
def load_export(pk: int) -> None:
    run(pk)


@transaction.atomic
def start(held: CorpusUpload) -> None:
    """Ask the worker, also once more where one was interrupted; raises Refused while there is nothing to do."""
    held = CorpusUpload.objects.select_for_update(of=("self",)).get(pk=held.pk)
    if held.state != UploadState.QUEUED and not held.is_interrupted:
        raise Refused("The worker is at it, or has done it.")
    held.state, held.worker, held.begun_at = UploadState.QUEUED, "", None
    held.save(update_fields=["state", "worker", "begun_at"])
    load_export.enqueue(held.pk)
