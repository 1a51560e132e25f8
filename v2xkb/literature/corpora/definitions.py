"""What a corpus was searched for: said once, and never changed by a later file."""

from dataclasses import dataclass
from datetime import date

from django.utils.text import slugify

from v2xkb.literature.corpus_models import Corpus
from v2xkb.literature.corpus_querysets import CorpusQuerySet
from v2xkb.records.folding import fold
from v2xkb.records.problems import InvalidDocuments, Problem, shown

# The names of maps of our own references.
RESERVED = frozenset({"all", "two-way"})


@dataclass(frozen=True)
class Definition:
    """A corpus by name or slug, and what is known of its search."""

    name: str
    query: str = ""
    database: str = ""
    searched_on: date | None = None


def fitting(wanted: Definition) -> Corpus:
    """The corpus of that name with what is told of its search, not saved; raises InvalidDocuments."""
    return _filled(wanted, Corpus.objects.all())


def _filled(wanted: Definition, corpora: CorpusQuerySet) -> Corpus:
    slug = slugify(fold(wanted.name))[:100]
    if not slug or len(wanted.name) > 200:
        remedy = "Give a name of up to 200 characters, with Latin letters or digits in it."
        raise InvalidDocuments([Problem("", "corpus", "this is no name", remedy, shown(wanted.name))])
    if slug in RESERVED:
        remedy = "Give another one: maps of our own references are called so."
        raise InvalidDocuments([Problem("", "corpus", "a corpus cannot have this name", remedy, shown(wanted.name))])
    corpus = corpora.called(slug) or Corpus(slug=slug, name=wanted.name)
    problems = []
    for name in ("query", "database", "searched_on"):
        held, told = getattr(corpus, name), getattr(wanted, name)
        if held and told and held != told:
            remedy = "Leave it out, or name another corpus: one corpus is one search."
            problems.append(Problem(slug, name, f"the corpus has another, {held}", remedy, shown(str(told))))
        elif told:
            setattr(corpus, name, told)
    if problems:
        raise InvalidDocuments(problems)
    return corpus


def locked(wanted: Definition) -> Corpus:
    """The fitting corpus, not saved, which nobody else changes until the transaction ends."""
    return _filled(wanted, Corpus.objects.select_for_update())


def keep(corpus: Corpus) -> None:
    """Save what is told of its search, and nothing else of a corpus that is there."""
    corpus.save(update_fields=["query", "database", "searched_on"] if corpus.pk else None)
