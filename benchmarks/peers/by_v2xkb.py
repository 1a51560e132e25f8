"""From an export to a weighted keyword network, by our reader of exports or by the csv module alone; one run."""

import csv
import json
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from v2xkb.literature.importers.entries import Entry
from v2xkb.literature.importers.exports import export_of
from v2xkb.literature.importers.lines import examine
from v2xkb.literature.maps.counting import AVERAGE_YEAR, Counting, Thresholds, count
from v2xkb.literature.maps.keywords import incidence

Row = tuple[Sequence[str], int | None]


def entries(path: Path) -> Iterator[Row]:
    """Every column read and tried, as when an export is loaded."""
    source = examine(path)
    for entry in export_of(source).read(source, None):
        if isinstance(entry, Entry):
            yield entry.author_keywords, entry.year


def cells(path: Path) -> Iterator[Row]:
    """The two columns that are needed; tuples of texts are not looked through for garbage."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        header = next(rows)
        keywords, year = header.index("Author Keywords"), header.index("Year")
        for row in rows:
            yield tuple(row[keywords].split("; ")), int(row[year])


if __name__ == "__main__":
    begun = time.process_time()
    told = list({"entries": entries, "cells": cells}[sys.argv[1]](Path(sys.argv[2])))
    held = incidence(words for words, _year in told)
    years = [year for _words, year in told]
    made = [count(held, Thresholds(1), way, scores={AVERAGE_YEAR: years}).network for way in Counting]
    found = {"seconds": time.process_time() - begun, "keywords": len(made[0]), "links": made[0].links}
    print(json.dumps({**found, "MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))
