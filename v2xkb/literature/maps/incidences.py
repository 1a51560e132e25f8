"""Which document has which items: keywords of publications, or people, bodies or countries that wrote them."""

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


def of_columns(labels: Sequence[str], rows: Sequence[Iterable[int]]) -> Incidence:
    """Each document's columns, in any order and any of them twice."""
    sorted_rows = [sorted(set(row)) for row in rows]
    ends = np.cumsum([0, *map(len, sorted_rows)])
    columns = np.fromiter((column for row in sorted_rows for column in row), dtype=np.int64, count=int(ends[-1]))
    matrix = sparse.csr_array((np.ones(len(columns)), columns, ends), shape=(len(rows), len(labels)))
    return Incidence(tuple(labels), matrix)


def of_names(documents: Iterable[Iterable[str]]) -> Incidence:
    """Documents with names that are compared as they stand, such as authors by identifier; columns in order."""
    per_document = [tuple(names) for names in documents]
    labels = sorted({name for names in per_document for name in names})
    columns = {label: place for place, label in enumerate(labels)}
    return of_columns(labels, [[columns[name] for name in names] for names in per_document])
