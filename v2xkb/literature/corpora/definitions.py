"""What a corpus was searched for: said once, and never changed by a later file."""

from dataclasses import dataclass
from datetime import date

from django.utils.text import slugify

from v2xkb.literature.corpus_models import Corpus
from v2xkb.records.folding import fold
from v2xkb.records.problems import InvalidDocuments, Problem, shown


@dataclass(frozen=True)
class Definition:
    """A corpus by name or slug, and what is known of its search."""

    name: str
    query: str = ""
    database: str = ""
    searched_on: date | None = None


def fitting(wanted: Definition) -> Corpus:
    """The corpus of that name with what is told of its search, not saved; raises InvalidDocuments."""
    slug = slugify(fold(wanted.name))[:100]
    if not slug or len(wanted.name) > 200:
        remedy = "Give a name of up to 200 characters, with Latin letters or digits in it."
        raise InvalidDocuments([Problem("", "corpus", "this is no name", remedy, shown(wanted.name))])
    corpus = Corpus.objects.called(slug) or Corpus(slug=slug, name=wanted.name)
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


def define(wanted: Definition) -> Corpus:
    corpus = fitting(wanted)
    corpus.save()
    return corpus
