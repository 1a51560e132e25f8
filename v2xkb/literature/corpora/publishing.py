"""Shows corpora to the public, or no longer: either makes a revision, as what the public sees has changed."""

from typing import Any

from django.db import transaction

from v2xkb.literature.corpus_models import Corpus
from v2xkb.records.apply import lock_writers
from v2xkb.records.models import Origin, Revision


@transaction.atomic
def publish(corpus: Corpus, by: Any, *, shown: bool = True) -> bool:
    """Set the flag; whether that changed anything."""
    corpus = Corpus.objects.select_for_update().get(pk=corpus.pk)
    if corpus.is_published == shown:
        return False
    corpus.is_published = shown
    corpus.save(update_fields=["is_published"])
    bump(corpus, by, "published" if shown else "no longer published")
    return True


def bump(corpus: Corpus, by: Any, what: str) -> None:
    """Whatever was kept of the public's pages holds no longer."""
    lock_writers()
    author = by.get_username() if by else "command line"
    Revision.objects.create(reason=f"Corpus {corpus.slug}: {what}.", by=author, origin=Origin.CURATION)
