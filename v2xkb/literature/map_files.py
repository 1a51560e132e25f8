"""Writes a map from the shell, as the end of a file's name asks: for VOSviewer, for Gephi, or drawn."""

import json
from pathlib import Path

from v2xkb.charts.drawing import Form, draw
from v2xkb.charts.theme import titled
from v2xkb.literature.map_charts import View, chart
from v2xkb.literature.maps.files import gexf, vosviewer_json, vosviewer_text
from v2xkb.literature.maps.keyword_map import KeywordMap

PICTURES: dict[str, Form] = {".svg": "svg", ".png": "png"}
SUFFIXES = (".json", ".gexf", ".txt", *PICTURES)
OUT_HELP = "by its end: .json for VOSviewer, .txt for its FILE_map.txt and FILE_network.txt, .gexf, .svg, .png"


def written(made: KeywordMap, out: Path) -> dict[Path, bytes]:
    if out.suffix == ".json":
        return {out: vosviewer_json.write(made).encode()}
    if out.suffix == ".gexf":
        return {out: gexf.write(made).encode()}
    return {
        out.with_name(f"{out.stem}_map.txt"): vosviewer_text.write_map(made).encode(),
        out.with_name(f"{out.stem}_network.txt"): vosviewer_text.write_network(made).encode(),
    }


def drawn(made: KeywordMap, out: Path, title: str, view: View, size: str, score: str = "") -> bytes:
    """Raises CannotDraw."""
    held = json.loads(vosviewer_json.write(made))
    return draw(titled(chart(held, view, title, size, score)), PICTURES[out.suffix])
