"""Documents to count networks from."""

from collections.abc import Iterable

from v2xkb.literature.maps.incidences import Incidence, of_columns


def of_names(documents: Iterable[Iterable[str]]) -> Incidence:
    """Documents by the names they hold; columns in order."""
    per_document = [tuple(names) for names in documents]
    labels = sorted({name for names in per_document for name in names})
    columns = {label: place for place, label in enumerate(labels)}
    return of_columns(labels, [[columns[name] for name in names] for names in per_document])
