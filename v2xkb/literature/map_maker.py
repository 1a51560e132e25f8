"""The process that makes keyword maps: the libraries it holds take more memory than a web process may."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn

from v2xkb.charts.answering import Talk, run
from v2xkb.literature.map_parts import BEHIND, SHOWN, WHOLE, Behind, joined
from v2xkb.literature.map_picture import MOST_LINKS
from v2xkb.literature.maps.clustering import ClusterRule
from v2xkb.literature.maps.counting import (
    AVERAGE_CITATIONS,
    AVERAGE_YEAR,
    OCCURRENCES,
    Counting,
    Thresholds,
    TooManyPairs,
    count,
)
from v2xkb.literature.maps.faults import InvalidMap
from v2xkb.literature.maps.files import gexf, vosviewer_json, vosviewer_text
from v2xkb.literature.maps.incidences import Incidence
from v2xkb.literature.maps.keyword_map import KeywordMap
from v2xkb.literature.maps.keywords import incidence
from v2xkb.literature.maps.making import MapRule, make
from v2xkb.literature.maps.noun_phrases import noun_phrases
from v2xkb.literature.maps.relevance import most_relevant
from v2xkb.literature.maps.spellings import folded
from v2xkb.literature.maps.thesauri import Thesaurus, read_thesaurus

# Beyond, circles hide each other, and making the map takes longer than a page may.
FEWEST_ITEMS, MOST_ITEMS = 3, 1_000
MAP = "map"
# Of texts: tagging takes a second for 100,000.
MOST_CHARACTERS = 3_000_000
# What a made map can be turned into.
FORMS: dict[str, Callable[[KeywordMap], str]] = {
    "gexf": gexf.write,
    "map.txt": vosviewer_text.write_map,
    "network.txt": vosviewer_text.write_network,
}
Row = tuple[str, str, int | None, int | None, Sequence[str]]
Told = Callable[[str, int, int], None]


@dataclass
class Documents:
    """Publications, in the order they came, each spelling held once however often it stands in them.

    Where their items are texts, the noun phrases of these are taken, of as many as may be tagged.
    """

    of_texts: bool = False
    characters: int = 0
    keys: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    years: list[int | None] = field(default_factory=list)
    citations: list[int | None] = field(default_factory=list)
    items: list[tuple[str, ...]] = field(default_factory=list)
    spellings: dict[str, str] = field(default_factory=dict)

    def take(self, rows: Iterable[Row]) -> None:
        for key, title, year, cited_by, items in rows:
            self.keys.append(key)
            self.titles.append(title)
            self.years.append(year)
            self.citations.append(cited_by)
            found = self.phrases(items) if self.of_texts else items
            self.items.append(tuple(self.spellings.setdefault(item, item) for item in found))

    def phrases(self, texts: Sequence[str]) -> list[str]:
        self.characters += sum(map(len, texts))
        if self.characters > MOST_CHARACTERS:
            return []
        return [phrase for text in texts for phrase in noun_phrases(text)]

    def listed(self) -> list[int]:
        """Their places in the order in which they are listed: the latest first, then by title."""
        return sorted(range(len(self.keys)), key=lambda at: (-(self.years[at] or 0), self.titles[at], self.keys[at]))


def answered(question: str, form: str, talk: Talk) -> bytes:
    """Parts of the map of a question (see `map_process`), or a map in another form; ValueError where there is none."""
    if form == MAP:
        asked = json.loads(question)
        documents = Documents(asked["of_texts"])
        for part in talk.parts():
            documents.take(json.loads(part))
        return joined(made(asked, documents, talk.tell))
    return FORMS[form](vosviewer_json.read(b"".join(talk.parts()))).encode()


def made(asked: Mapping[str, Any], documents: Documents, tell: Told) -> dict[str, bytes]:
    """The parts of a map; ValueError says in JSON why there is none (see `map_refusals`)."""
    if documents.characters > MOST_CHARACTERS:
        refuse("texts", characters=documents.characters, most=MOST_CHARACTERS)
    thesaurus = read_thesaurus(asked["thesaurus"]) if asked["thesaurus"] else Thesaurus()
    held = incidence(documents.items, thesaurus)
    documents.items = []
    scores = {AVERAGE_YEAR: documents.years, AVERAGE_CITATIONS: documents.citations}
    try:
        if documents.of_texts:
            held = most_relevant(held, asked["minimum"])
        counted = count(held, Thresholds(asked["minimum"]), Counting(asked["counting"]), scores=scores)
    except TooManyPairs as error:
        refuse("pairs", pairs=error.pairs)
    except InvalidMap as error:
        refuse("other", text=str(error))
    items = len(counted.network)
    if items < FEWEST_ITEMS:
        refuse("few", items=items, minimum=asked["minimum"])
    if items > MOST_ITEMS:
        refuse("many", items=items, minimum=asked["minimum"], most=MOST_ITEMS)
    publications = len(documents.keys)
    info = {"title": asked["title"], "description": f"{publications} publications; {asked['description']}"}
    rule = MapRule(clusters=ClusterRule(asked["resolution"], asked["smallest"]))
    try:
        drawn = named(make(KeywordMap(counted.network, info=info), rule, tell).map)
    except InvalidMap as error:
        refuse("other", text=str(error))
    whole = vosviewer_json.write(drawn)
    return {
        WHOLE: whole.encode(),
        BEHIND: behind(held, counted.network.labels, documents).written(),
        SHOWN: json.dumps(
            {
                **shown(json.loads(whole)),
                "publications": publications,
                "thesaurus": applied(thesaurus, documents.spellings),
            },
            ensure_ascii=False,
        ).encode(),
    }


def refuse(kind: str, **values: Any) -> NoReturn:
    raise ValueError(json.dumps({"kind": kind, "values": values}))


def shown(held: dict[str, Any]) -> dict[str, Any]:
    """A map with no more links than pages draw, the strongest, and how many it has in all."""
    links = held["network"]["links"]
    kept = sorted(range(len(links)), key=lambda at: -links[at]["strength"])[:MOST_LINKS]
    held["network"] |= {"links": [links[at] for at in sorted(kept)], "all_links": len(links)}
    return held


def applied(thesaurus: Thesaurus, spellings: Iterable[str]) -> dict[str, int]:
    """How many labels of the publications a thesaurus replaced, and how many it dropped."""
    ends = [thesaurus.replacements[key] for key in set(map(folded, spellings)) if key in thesaurus.replacements]
    return {"replaced": sum(map(bool, ends)), "dropped": sum(not end for end in ends)}


def behind(held: Incidence, labels: Sequence[str], documents: Documents) -> Behind:
    order = documents.listed()
    ends, positions = held.positions(labels, order)
    return Behind([documents.keys[at] for at in order], [folded(label) for label in labels], ends, positions)


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
    run(answered)
