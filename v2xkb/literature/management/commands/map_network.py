"""Makes a map of a network file, from the shell and without a database."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from v2xkb.charts.drawing import CannotDraw
from v2xkb.literature.map_charts import View
from v2xkb.literature.map_files import OUT_HELP, PICTURES, SUFFIXES, drawn, written
from v2xkb.literature.maps.clustering import ClusterRule
from v2xkb.literature.maps.faults import InvalidMap
from v2xkb.literature.maps.files import vosviewer_json, vosviewer_text
from v2xkb.literature.maps.files.texts import MOST_BYTES
from v2xkb.literature.maps.keyword_map import KeywordMap
from v2xkb.literature.maps.layout import LayoutRule
from v2xkb.literature.maps.making import MapRule, make
from v2xkb.literature.maps.networks import TOTAL_LINK_STRENGTH
from v2xkb.literature.maps.normalisation import Normalisation
from v2xkb.records.problems import nearest


class Command(BaseCommand):
    help = "Lay out and cluster a network of VOSviewer, as text or JSON, and write the map with its ids kept."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        layout, clusters = LayoutRule(), ClusterRule()
        parser.add_argument("network", type=Path, metavar="NETWORK", help="a network file of VOSviewer, or its JSON")
        parser.add_argument("--map", type=Path, metavar="FILE", help="the map file with the labels of the items")
        parser.add_argument("--attraction", type=float, default=layout.attraction, metavar="A")
        parser.add_argument("--repulsion", type=float, default=layout.repulsion, metavar="R", help="less than A")
        parser.add_argument("--resolution", type=float, default=clusters.resolution, help="more means more clusters")
        parser.add_argument("--min-cluster-size", type=int, default=clusters.min_size, metavar="N")
        parser.add_argument("--seed", type=int, default=layout.seed, help="the same seed makes the same map")
        parser.add_argument("--normalisation", choices=list(Normalisation), default=Normalisation.ASSOCIATION_STRENGTH)
        parser.add_argument(
            "--out",
            type=Path,
            required=True,
            metavar="FILE",
            help=OUT_HELP,
        )
        parser.add_argument("--view", choices=list(View), default=View.NETWORK, help="what colour means in a drawing")
        parser.add_argument(
            "--size", default=TOTAL_LINK_STRENGTH, metavar="WEIGHT", help="what size means in a drawing"
        )
        parser.add_argument("--score", default="", help="the score of the overlay view")

    def handle(self, *args: Any, **options: Any) -> None:
        out: Path = options["out"]
        if out.suffix not in SUFFIXES:
            raise CommandError(f"{out}: the form is told by the end of the name. Use one of {', '.join(SUFFIXES)}.")
        try:
            made = make(read(options["network"], options["map"]), rule_of(options), self.progress)
            files = {out: drawn_as_asked(made.map, out, options)} if out.suffix in PICTURES else written(made.map, out)
            for file, content in files.items():
                file.write_bytes(content)
        except (InvalidMap, CannotDraw) as error:
            raise CommandError(f"{error} Nothing was written.") from error
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}. Choose another file.") from error
        network, clustering = made.map.network, made.clustering
        parts = int(network.components().max()) + 1
        self.stdout.write(f"{len(network)} items, {network.links} links, {parts} connected parts")
        self.stdout.write(f"layout: Q* {made.layout.quality:.6g}, best of {len(made.layout.of_starts)} starts")
        self.stdout.write(
            f"{len(clustering.sizes)} clusters: quality {clustering.quality:.6g}, "
            f"best of {len(clustering.of_starts)} starts"
        )
        for file in files:
            self.stdout.write(f"wrote {file}")

    def progress(self, what: str, done: int, total: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{done} of {total} {what:<12}", ending="\n" if done == total else "")


def read(network: Path, map_file: Path | None) -> KeywordMap:
    if network.suffix == ".json":
        if map_file:
            raise CommandError(f"{network}: the JSON holds the items itself. Leave out --map.")
        return vosviewer_json.read(content(network), network.name)
    items = content(map_file) if map_file else None
    return vosviewer_text.read_map(items, content(network), map_file.name if map_file else "", network.name)


def content(file: Path) -> bytes:
    """The file, no further than its size is refused."""
    with file.open("rb") as opened:
        return opened.read(MOST_BYTES + 1)


def rule_of(options: Mapping[str, Any]) -> MapRule:
    return MapRule(
        Normalisation(options["normalisation"]),
        LayoutRule(options["attraction"], options["repulsion"], options["seed"]),
        ClusterRule(options["resolution"], options["min_cluster_size"], options["seed"]),
    )


def drawn_as_asked(made: KeywordMap, out: Path, options: Mapping[str, Any]) -> bytes:
    """A drawing with its title, the name of the network's file."""
    view, size, score = View(options["view"]), options["size"], options["score"]
    for name, known in ((size, made.network.weights), *([(score, made.network.scores)] if score else [])):
        if name not in known:
            raise CommandError(f"{name}: the map has no such value. {nearest(name, known)}")
    if view is View.OVERLAY and not score:
        raise CommandError(f"--score: the overlay view needs one. {nearest('', made.network.scores)}")
    return drawn(made, out, options["network"].stem, view, size, score)
