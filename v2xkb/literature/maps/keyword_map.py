"""A network with a place and a cluster for each item: what is drawn, and what files hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from v2xkb.literature.maps.clustering import Clustering
from v2xkb.literature.maps.layout import Layout
from v2xkb.literature.maps.networks import Floats, Integers, Network


@dataclass(frozen=True, eq=False)
class KeywordMap:
    """`places` (n by 2) and `clusters` (from 1, 0 for none) are None where they are not known yet.

    `descriptions` and `urls` are by item, `link_texts` by (source, target), with what VOSviewer shows of each.
    `config` and `info` are VOSviewer's own settings and words about the map, kept as they came.
    """

    network: Network
    places: Floats | None = None
    clusters: Integers | None = None
    descriptions: Mapping[int, str] = field(default_factory=dict)
    urls: Mapping[int, str] = field(default_factory=dict)
    link_texts: Mapping[tuple[int, int], Mapping[str, str]] = field(default_factory=dict)
    cluster_labels: Mapping[int, str] = field(default_factory=dict)
    config: Mapping[str, Any] = field(default_factory=dict)
    info: Mapping[str, Any] = field(default_factory=dict)

    def laid_out(self, layout: Layout) -> "KeywordMap":
        return replace(self, places=layout.places)

    def clustered(self, clustering: Clustering) -> "KeywordMap":
        """With clusters found anew, so without the names of the old ones."""
        return replace(self, clusters=clustering.clusters, cluster_labels={})
