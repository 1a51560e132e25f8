"""The process that makes keyword maps: the libraries it holds take more memory than a web process may."""

import json
from collections.abc import Callable
from dataclasses import replace

from v2xkb.charts.answering import run
from v2xkb.literature.maps.clustering import ClusterRule
from v2xkb.literature.maps.counting import AVERAGE_YEAR, OCCURRENCES, Counting, Thresholds, count
from v2xkb.literature.maps.files import gexf, vosviewer_json, vosviewer_text
from v2xkb.literature.maps.keyword_map import KeywordMap
from v2xkb.literature.maps.keywords import incidence
from v2xkb.literature.maps.making import MapRule, make

# Beyond, circles hide each other, and making the map takes longer than a page may.
FEWEST_ITEMS, MOST_ITEMS = 3, 1_000
FORMS: dict[str, Callable[[KeywordMap], str]] = {
    "json": vosviewer_json.write,
    "gexf": gexf.write,
    "map.txt": vosviewer_text.write_map,
    "network.txt": vosviewer_text.write_network,
}


def made(question: str, form: str) -> bytes:
    """The map of a question (see `keyword_maps.Question`) as a file; ValueError where there is none."""
    asked = json.loads(question)
    counted = count(
        incidence(asked["documents"]),
        Thresholds(asked["minimum"]),
        Counting(asked["counting"]),
        scores={AVERAGE_YEAR: asked["years"]},
    )
    items = len(counted.network)
    if items < FEWEST_ITEMS:
        raise ValueError(f"Only {items} keywords stand in {asked['minimum']} publications or more.")
    if items > MOST_ITEMS:
        raise ValueError(
            f"{items:,} keywords stand in {asked['minimum']} publications or more, and at most {MOST_ITEMS:,} are "
            "drawn: raise the number."
        )
    info = {"title": asked["title"], "description": asked["description"]}
    rule = MapRule(clusters=ClusterRule(asked["resolution"], asked["smallest"]))
    return FORMS[form](named(make(KeywordMap(counted.network, info=info), rule).map)).encode()


def named(held: KeywordMap) -> KeywordMap:
    """Each cluster is called by its commonest keyword, of equal ones by the first."""
    labels: dict[int, str] = {}
    clusters = [] if held.clusters is None else held.clusters.tolist()
    occurrences = held.network.weights[OCCURRENCES].tolist()
    for cluster, label, _number in sorted(
        zip(clusters, held.network.labels, occurrences, strict=True), key=lambda one: (-one[2], one[1])
    ):
        labels.setdefault(cluster, label)
    return replace(held, cluster_labels=labels)


if __name__ == "__main__":
    run(made)
