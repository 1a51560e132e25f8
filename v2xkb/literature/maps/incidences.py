"""Which document has which items: keywords of publications, or people, bodies or countries that wrote them."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from v2xkb.literature.maps.networks import Floats, Integers


@dataclass(frozen=True, eq=False)
class Incidence:
    """Documents by items as a sparse matrix of ones; each label is the name of a column.

    `further` is how many items each document has that have no column.
    """

    labels: tuple[str, ...]
    matrix: Any
    further: Floats | float = 0.0

    @property
    def documents(self) -> int:
        return int(self.matrix.shape[0])

    @property
    def sizes(self) -> Floats:
        """How many items each document has."""
        sizes: Floats = np.asarray(self.matrix.sum(axis=1), dtype=np.float64).ravel() + self.further
        return sizes

    def only(self, columns: Integers) -> "Incidence":
        """Without the other columns."""
        kept = self.matrix[:, columns]
        further = self.sizes - np.asarray(kept.sum(axis=1)).ravel()
        return Incidence(tuple(self.labels[column] for column in columns), kept, further)

    def positions(self, labels: Sequence[str], order: Sequence[int]) -> tuple[list[int], bytes]:
        """Where, in this order of documents, those stand that have each label: (ends by label, positions).

        Positions are unsigned integers of 4 bytes, as this machine writes them, ascending within a label.
        """
        ranks = np.empty(self.documents, dtype=np.uint32)
        ranks[np.asarray(order, dtype=np.int64)] = np.arange(self.documents, dtype=np.uint32)
        columns = {label: place for place, label in enumerate(self.labels)}
        matrix = self.matrix[:, [columns[label] for label in labels]].tocsc()
        found = [np.sort(ranks[part]) for part in np.split(matrix.indices, matrix.indptr[1:-1])]
        return [int(end) for end in matrix.indptr[1:]], b"".join(part.tobytes() for part in found)


def of_columns(labels: Sequence[str], rows: Iterable[Iterable[int]]) -> Incidence:
    """Each document's columns, in any order and any of them twice."""
    # Plain arrays: of hundreds of thousands of documents, lists would take hundreds of megabytes.
    columns, ends = array("q"), array("q", [0])
    for row in rows:
        columns.extend(row)
        ends.append(len(columns))
    shape = documents, width = len(ends) - 1, len(labels)
    # Each cell as one number: sorted, and none of them twice.
    stops = np.frombuffer(ends, dtype=np.int64)
    cells = np.repeat(np.arange(documents) * width, stops[1:] - stops[:-1])
    cells = np.unique(cells + np.frombuffer(columns, dtype=np.int64))
    held, standing = np.divmod(cells, max(width, 1))
    starts = np.searchsorted(held, np.arange(documents + 1))
    return Incidence(tuple(labels), sparse.csr_array((np.ones(len(cells)), standing, starts), shape=shape))
