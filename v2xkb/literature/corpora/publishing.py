"""Shows corpora to the public, or no longer: either makes a revision, as what the public sees has changed."""

from django.db import transaction

from v2xkb.literature.corpora.summarising import refresh
from v2xkb.literature.corpus_models import Corpus
from v2xkb.records.apply import note_change


@transaction.atomic
def publish(corpus: Corpus, by: str, *, shown: bool = True) -> bool:
    """Set the flag; whether that changed anything. `by` is how history names who did it."""
    corpus = Corpus.objects.select_for_update().get(pk=corpus.pk)
    if corpus.is_published == shown:
        return False
    corpus.is_published = shown
    corpus.save(update_fields=["is_published"])
    if shown:
        refresh(corpus)
    note_change(f"Corpus {corpus.slug}: {'published' if shown else 'no longer published'}.", by)
    return True


@transaction.atomic
def pass_on(corpus: Corpus, by: str, *, allowed: bool = True) -> bool:
    """Say whether lists of its publications may be given out; whether that changed anything."""
    corpus = Corpus.objects.select_for_update().get(pk=corpus.pk)
    if corpus.is_passed_on == allowed:
        return False
    corpus.is_passed_on = allowed
    corpus.save(update_fields=["is_passed_on"])
    if corpus.is_published:
        note_change(f"Corpus {corpus.slug}: its publications are {'' if allowed else 'no longer '}passed on.", by)
    return True


def tell(corpus: Corpus, by: str, what: str) -> None:
    """After publications of a corpus changed: count anew what the public sees of it and of others that share them."""
    seen = list(Corpus.objects.published_sharing(corpus))
    for one in seen:
        refresh(one)
    if seen:
        note_change(f"Corpus {corpus.slug}: {what}.", by)
