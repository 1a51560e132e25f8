"""Makes a map of a corpus, or of an export that no corpus has, from the shell."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from v2xkb.charts.drawing import CannotDraw
from v2xkb.literature.corpora.documents import TOLD, Items, MappedDocument, documents_of_corpus
from v2xkb.literature.corpora.summarising import summary_of
from v2xkb.literature.corpus_models import Corpus
from v2xkb.literature.importers.entries import Refusal
from v2xkb.literature.importers.exports import export_of
from v2xkb.literature.importers.lines import examine
from v2xkb.literature.map_charts import View
from v2xkb.literature.map_files import OUT_HELP, PICTURES, SUFFIXES, drawn, written
from v2xkb.literature.map_maker import Documents, named
from v2xkb.literature.maps.clustering import ClusterRule
from v2xkb.literature.maps.counting import (
    AVERAGE_CITATIONS,
    AVERAGE_YEAR,
    OCCURRENCES,
    Counted,
    Counting,
    Thresholds,
    count,
)
from v2xkb.literature.maps.faults import InvalidMap
from v2xkb.literature.maps.keyword_map import KeywordMap
from v2xkb.literature.maps.keywords import incidence
from v2xkb.literature.maps.layout import LayoutRule
from v2xkb.literature.maps.making import MapRule, make
from v2xkb.literature.maps.thesauri import Thesaurus
from v2xkb.literature.thesaurus_keeping import read
from v2xkb.records.problems import InvalidDocuments, nearest

AT_ONCE = 1_000


class Command(BaseCommand):
    help = "Make a map of the keywords, authors, organisations or countries of a corpus, or of an export."

    def add_arguments(self, parser: CommandParser) -> None:
        usual, clusters = Thresholds(), ClusterRule()
        parser.add_argument("corpus", metavar="CORPUS", help="the name of a corpus in its address, or an export's path")
        parser.add_argument("--items", choices=[one.value for one in Items], default=Items.KEYWORDS.value)
        parser.add_argument("--thesaurus", type=Path, metavar="FILE", help="columns “label” and “replace by”")
        parser.add_argument("--minimum", type=int, default=usual.occurrences, metavar="N", help="of publications")
        parser.add_argument("--maximum", type=int, metavar="N", help="of items: those linked best")
        parser.add_argument("--counting", choices=list(Counting), default=Counting.FULL)
        parser.add_argument("--resolution", type=float, default=clusters.resolution, help="more means more clusters")
        parser.add_argument("--min-cluster-size", type=int, default=clusters.min_size, metavar="N")
        parser.add_argument("--seed", type=int, default=clusters.seed, help="the same seed makes the same map")
        parser.add_argument("--encoding", default="", help="of an export that is neither UTF-8 nor UTF-16")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=OUT_HELP)

    def handle(self, *args: Any, **options: Any) -> None:
        out: Path = options["out"]
        if out.suffix not in SUFFIXES:
            raise CommandError(f"{out}: the form is told by the end of the name. Use one of {', '.join(SUFFIXES)}.")
        try:
            thesaurus = self.thesaurus(options["thesaurus"])
            documents = self.documents(options)
            counted = self.counted(documents, thesaurus, options)
            rule = MapRule(
                layout=LayoutRule(seed=options["seed"]),
                clusters=ClusterRule(options["resolution"], options["min_cluster_size"], options["seed"]),
            )
            info = {"title": options["corpus"], "description": f"{len(documents.keys)} publications"}
            made = named(make(KeywordMap(counted.network, info=info), rule, self.progress).map)
            title = Path(options["corpus"]).stem
            files = (
                {out: drawn(made, out, title, View.NETWORK, OCCURRENCES)}
                if out.suffix in PICTURES
                else written(made, out)
            )
            for file, content in files.items():
                file.write_bytes(content)
        except (InvalidMap, CannotDraw) as error:
            raise CommandError(f"{error} Nothing was written.") from error
        except InvalidDocuments as error:
            for problem in error.problems:
                self.stderr.write(str(problem))
            raise CommandError("Nothing was written.") from error
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}. Choose another file.") from error
        for file in files:
            self.stdout.write(f"wrote {file}")

    def thesaurus(self, path: Path | None) -> Thesaurus:
        return read(path.name, path.read_bytes())[1] if path else Thesaurus()

    def documents(self, options: dict[str, Any]) -> Documents:
        items, found = Items(options["items"]), Documents()
        path = Path(options["corpus"])
        corpus = Corpus.objects.called(options["corpus"])
        if corpus:
            told, of = documents_of_corpus(corpus, items), summary_of(corpus).publications
        elif path.is_file():
            told, of = self.of_export(path, items, options["encoding"]), 0
        else:
            remedy = nearest(options["corpus"], Corpus.objects.slugs())
            raise CommandError(f"{options['corpus']}: there is neither such a corpus nor such a file. {remedy}")
        read = 0
        for rows in batches(told):
            read += len(rows)
            found.take((one.key, one.title, one.year, one.cited_by, one.items) for one in rows if one.items)
            if of:
                self.progress("publications", read, max(read, of))
        self.stdout.write(f"{read} publications read, {len(found.keys)} of them with {items.value}")
        return found

    def of_export(self, path: Path, items: Items, encoding: str) -> Iterator[MappedDocument]:
        """Row by row as they stand: rows of one publication are not brought together."""
        source = examine(path, encoding)
        names, told = TOLD[items]
        for place, row in enumerate(export_of(source).read(source, self.read_so_far)):
            if isinstance(row, Refusal):
                self.stderr.write(f"refused: {row.problem}")
                continue
            held = told({name: getattr(row, name) for name in names})
            yield MappedDocument(str(place), row.title, row.year, row.cited_by, tuple(held))

    def counted(self, documents: Documents, thesaurus: Thesaurus, options: dict[str, Any]) -> Counted:
        found = count(
            incidence(documents.items, thesaurus),
            Thresholds(options["minimum"], options["maximum"]),
            Counting(options["counting"]),
            scores={AVERAGE_YEAR: documents.years, AVERAGE_CITATIONS: documents.citations},
        )
        self.stdout.write(
            f"{len(found.network)} items, {found.network.links} links; {found.too_rare} too rare, "
            f"{found.beyond_maximum} beyond the maximum"
        )
        if found.tied:
            self.stdout.write(f"left out although linked as strongly as the last that stayed: {', '.join(found.tied)}")
        return found

    def read_so_far(self, done: int, total: int) -> None:
        self.progress("bytes", done, total)

    def progress(self, what: str, done: int, total: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{done} of {total} {what:<12}", ending="\n" if done == total else "")


def batches(documents: Iterable[MappedDocument]) -> Iterator[Sequence[MappedDocument]]:
    held: list[MappedDocument] = []
    for one in documents:
        held.append(one)
        if len(held) == AT_ONCE:
            yield held
            held = []
    if held:
        yield held
