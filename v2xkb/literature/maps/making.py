"""Makes a map of a network in one call: similarities, layout, clusters."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from v2xkb.literature.maps.clustering import Clustering, ClusterRule, find_clusters
from v2xkb.literature.maps.keyword_map import KeywordMap
from v2xkb.literature.maps.layout import Layout, LayoutRule, lay_out
from v2xkb.literature.maps.networks import with_link_weights
from v2xkb.literature.maps.normalisation import Normalisation, similarities


@dataclass(frozen=True)
class MapRule:
    """All that decides how a network becomes a map."""

    normalisation: Normalisation = Normalisation.ASSOCIATION_STRENGTH
    layout: LayoutRule = field(default_factory=LayoutRule)
    clusters: ClusterRule = field(default_factory=ClusterRule)

    @property
    def parameters(self) -> dict[str, float]:
        """What VOSviewer is told of it, by its own names."""
        told = {
            "attraction": self.layout.attraction,
            "repulsion": self.layout.repulsion,
            "resolution": self.clusters.resolution,
            "min_cluster_size": self.clusters.min_size,
        }
        return {name: int(value) if value == int(value) else value for name, value in told.items()}


@dataclass(frozen=True, eq=False)
class Made:
    """A map with how good it is."""

    map: KeywordMap
    layout: Layout
    clustering: Clustering


def make(
    held: KeywordMap, rule: MapRule | None = None, progress: Callable[[str, int, int], None] | None = None
) -> Made:
    """Lay out and cluster anew what `held` says of items and links; its ids, texts and other values stay.

    `progress` is told (what, starts done, starts).
    """
    rule = rule or MapRule()
    network = with_link_weights(held.network)
    similar = similarities(network, rule.normalisation)
    layout = lay_out(similar, rule.layout, progress and (lambda done, starts: progress("layouts", done, starts)))
    clustering = find_clusters(
        similar, rule.clusters, progress and (lambda done, starts: progress("clusterings", done, starts))
    )
    config = {**held.config, "parameters": {**held.config.get("parameters", {}), **rule.parameters}}
    made = replace(held, network=network, config=config).laid_out(layout).clustered(clustering)
    return Made(made, layout, clustering)
