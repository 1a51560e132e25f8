"""What a wrong parameter most likely means, so that the page which refuses it can lead on to that."""

from v2xkb.records.facet_filters import EveryFilter, FacetFilter
from v2xkb.records.facet_values import ChoiceField
from v2xkb.records.facets import FacetedFilterSet
from v2xkb.records.spellings import Spellings


def meant(filterset: FacetedFilterSet, name: str) -> dict[str, str]:
    """Wrong values given of a parameter -> the value that each most likely means, as it was told with its fault."""
    declared = filterset.filters[name]
    values = dict.fromkeys(value.strip() for value in filterset.data.getlist(name) if value.strip())
    facet = declared.facet if isinstance(declared, EveryFilter) else declared
    if isinstance(facet, FacetFilter):
        return filterset.guesses.likely(facet.name, values)
    if isinstance(declared.field, ChoiceField) and len(values) == 1:
        (value,), labels = values, declared.field.labels
        likely = "" if value in labels else Spellings(labels).likeliest(value)
        return {value: likely} if likely else {}
    return {}
