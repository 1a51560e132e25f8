"""Queries on corpora and their publications, named by their use."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F, IntegerField, Q, Value
from django.db.models.functions import Cast, StrIndex
from django.db.models.lookups import GreaterThan

from v2xkb.records.chunking import chunks

if TYPE_CHECKING:
    from v2xkb.literature.corpus_models import Corpus, CorpusFile, Identifier, Membership, Publication  # noqa: F401


class CorpusQuerySet(models.QuerySet["Corpus"]):
    def published(self) -> Self:
        return self.filter(is_published=True)

    def with_files(self) -> Self:
        return self.prefetch_related("files")

    def with_thesaurus(self) -> Self:
        return self.select_related("thesaurus").defer("thesaurus__text")

    def called(self, slug: str) -> "Corpus | None":
        return self.filter(slug=slug).first()

    def published_sharing(self, corpus: "Corpus") -> Self:
        """Published corpora with a publication of this one: itself, and whatever else its files may have completed."""
        shared = corpus.memberships.values("publication")
        return self.published().filter(Q(pk=corpus.pk) | Q(memberships__publication__in=shared)).distinct()

    def slugs(self) -> list[str]:
        return list(self.order_by("slug").values_list("slug", flat=True))


class CorpusFileQuerySet(models.QuerySet["CorpusFile"]):
    def same(self, corpus: "Corpus", sha256: str) -> "CorpusFile | None":
        """The file with the same bytes that the corpus has already."""
        return self.filter(corpus=corpus, sha256=sha256).first()


class PublicationQuerySet(models.QuerySet["Publication"]):
    def with_keys(self, keys: Iterable[str]) -> list[tuple[str, int]]:
        """(match key, primary key), the oldest publication first."""
        found: list[tuple[str, int]] = []
        for chunk in chunks(list(keys)):
            found += self.filter(match_key__in=chunk).order_by("pk").values_list("match_key", "pk")
        return found

    def of_corpus(self, corpus: "Corpus") -> Self:
        return self.filter(memberships__corpus=corpus).order_by("pk")

    def with_texts(self) -> Self:
        """With `authors_text` and `countries_text`, their JSON as the database holds it."""
        texts = {f"{name}_text": Cast(name, models.TextField()) for name in ("authors", "countries")}
        return self.annotate(**texts)

    def passed_on(self, corpus: "Corpus") -> Self:
        """Those of a corpus that lists may hold, as far as anybody may see it."""
        return self.of_corpus(corpus) if corpus.is_published and corpus.is_passed_on else self.none()

    def with_title_words(self, asked: Sequence[Sequence[Sequence[str]]]) -> Self:
        """Those whose titles have every word in one of its ways; none where no word is asked for."""
        found = self
        for ways in asked:
            wanted = Q(pk__in=[])
            for pieces in ways:
                way = Q()
                for text in pieces:
                    way &= holds("title_tokens", text)
                wanted |= way
            found = found.filter(wanted)
        return found if asked else self.none()

    def with_keyword(self, asked: str) -> Self:
        return self.filter(holds("keyword_keys", asked))

    def newest_first(self) -> Self:
        return self.order_by(F("year").desc(nulls_last=True), "pk")

    def oldest_first(self) -> Self:
        return self.order_by(F("year").asc(nulls_last=True), "pk")

    def most_cited_first(self) -> Self:
        return self.order_by(F("cited_by").desc(nulls_last=True), "pk")

    def for_list(self) -> Self:
        """With what lists tell of each, which is never its abstract."""
        return self.defer("abstract", "title_tokens", "keyword_keys").prefetch_related("identifiers")

    def columns(self, *names: str) -> Iterator[dict[str, Any]]:
        """Rows as they are asked for: a corpus may be larger than memory."""
        return self.values(*names).iterator(chunk_size=2000)

    def listed(self, pks: Sequence[int]) -> list["Publication"]:
        """These, the latest first, with their identifiers."""
        found: list[Publication] = []
        for chunk in chunks(pks):
            found += self.filter(pk__in=chunk).defer("abstract").prefetch_related("identifiers")
        return sorted(found, key=lambda one: (-(one.year or 0), one.title, one.pk))

    def by_pk(self, pks: Sequence[int]) -> dict[int, "Publication"]:
        return {pk: publication for chunk in chunks(pks) for pk, publication in self.in_bulk(chunk).items()}


def holds(name: str, text: str) -> Q:
    """Whether a column has a text within it, exactly as written; LIKE would pass over case, on one database only."""
    return Q(GreaterThan(StrIndex(F(name), Value(text)), Value(0, IntegerField())))


class IdentifierQuerySet(models.QuerySet["Identifier"]):
    def owners(self, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
        """(scheme, value) -> primary key of the publication that has it."""
        wanted = set(wanted)
        found: dict[tuple[str, str], int] = {}
        for chunk in chunks(sorted({value for _, value in wanted})):
            for scheme, value, pk in self.filter(value__in=chunk).values_list("scheme", "value", "publication_id"):
                if (scheme, value) in wanted:
                    found[scheme, value] = pk
        return found

    def of_publications(self, pks: Sequence[int]) -> list[tuple[int, str, str]]:
        """(primary key of the publication, scheme, value)."""
        rows: list[tuple[int, str, str]] = []
        for chunk in chunks(pks):
            rows += self.filter(publication__in=chunk).values_list("publication_id", "scheme", "value")
        return rows

    def pass_on(self, old: int, new: int) -> None:
        self.filter(publication_id=old).update(publication_id=new)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def pass_on(self, old: int, new: int) -> None:
        """Make members of corpora of `new` what `old` is a member of."""
        held = set(self.filter(publication_id=new).values_list("corpus_id", flat=True))
        self.filter(publication_id=old).exclude(corpus_id__in=held).update(publication_id=new)

    def published(self, publications: Sequence[int]) -> bool:
        """Whether any of the publications is in a published corpus."""
        shown = self.filter(corpus__is_published=True)
        return any(shown.filter(publication__in=chunk).exists() for chunk in chunks(publications))

    def among(self, corpus: int, publications: Sequence[int]) -> list[int]:
        """Those of the publications that are in the corpus."""
        found: list[int] = []
        for chunk in chunks(publications):
            found += self.filter(corpus=corpus, publication__in=chunk).values_list("publication_id", flat=True)
        return found
