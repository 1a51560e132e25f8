"""Corpora for tests of maps, made without files, and the worker that makes their maps."""

from collections.abc import Sequence

from django_tasks_db.models import DBTaskResult

from v2xkb.literature.corpora.publishing import publish
from v2xkb.literature.corpus_models import Corpus, CorpusFile, Membership, Publication

WORDS = ("V2G", "battery", "frequency regulation", "smart grid", "charging", "tariff", "ageing", "fleet")


def corpus_of(name: str, publications: int, words: Sequence[str] = WORDS) -> Corpus:
    """A published corpus; each publication has a few of the words, every word is in many of them."""
    corpus = Corpus.objects.create(slug=name, name=name.title())
    file = CorpusFile.objects.create(
        corpus=corpus, name="made.csv", sha256="0" * 64, size=1, format="CSV", encoding="UTF-8"
    )
    made = Publication.objects.bulk_create(
        Publication(
            match_key=f"{name}{number}"[:24],
            title=f"Trial {number} of {name}",
            year=2000 + number % 25,
            cited_by=number % 7,
            authors=[{"name": f"Author {number % 5}", "affiliations": [f"Body {number % 4}"], "countries": ["DE"]}],
            countries=["DE", "DK", "NL"][: 1 + number % 3],
            author_keywords=[words[number % len(words)], words[(number * 3 + 1) % len(words)], words[0]],
            index_keywords=[words[(number + 2) % len(words)]],
        )
        for number in range(publications)
    )
    Membership.objects.bulk_create(Membership(corpus=corpus, publication=one, file=file) for one in made)
    publish(corpus, "tests")
    corpus.refresh_from_db()
    return corpus


def work() -> int:
    """What the worker of `make run` does until nothing is left; it would close this test's own connection."""
    done = 0
    for asked in DBTaskResult.objects.ready():
        asked.claim("a worker of the test")
        asked.task.func(*asked.args_kwargs["args"])
        asked.set_successful(None)
        done += 1
    return done
