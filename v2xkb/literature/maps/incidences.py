"""Which document has which items: keywords of publications, or people, bodies or countries that wrote them."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse


@dataclass(frozen=True, eq=False)
class Incidence:
    """Documents by items as a sparse matrix of ones; each label is the name of a column."""

    labels: tuple[str, ...]
    matrix: Any

    @property
    def documents(self) -> int:
        return int(self.matrix.shape[0])


def of_columns(labels: Sequence[str], rows: Iterable[Iterable[int]]) -> Incidence:
    """Each document's columns, in any order and any of them twice."""
    # Plain arrays: of hundreds of thousands of documents, lists would take hundreds of megabytes.
    columns, ends = array("q"), array("q", [0])
    for row in rows:
        columns.extend(sorted(set(row)))
        ends.append(len(columns))
    matrix = sparse.csr_array(
        (np.ones(len(columns)), np.array(columns, dtype=np.int64), np.array(ends, dtype=np.int64)),
        shape=(len(ends) - 1, len(labels)),
    )
    return Incidence(tuple(labels), matrix)


def of_names(documents: Iterable[Iterable[str]]) -> Incidence:
    """Documents with names that are compared as they stand, such as authors by identifier; columns in order."""
    per_document = [tuple(names) for names in documents]
    labels = sorted({name for names in per_document for name in names})
    columns = {label: place for place, label in enumerate(labels)}
    return of_columns(labels, [[columns[name] for name in names] for names in per_document])
