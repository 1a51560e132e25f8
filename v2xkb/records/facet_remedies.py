"""What a wrong parameter most likely means, so that the page which refuses it can lead on to that."""

from v2xkb.records.facet_filters import EveryFilter, FacetFilter
from v2xkb.records.facet_values import NOT_REPORTED, ChoiceField, likeliest_value
from v2xkb.records.facets import FacetedFilterSet


def meant(filterset: FacetedFilterSet, name: str) -> dict[str, str]:
    """Each wrong value given of a parameter -> the value it most likely means; without those like nothing known."""
    declared = filterset.filters[name]
    facet = declared.facet if isinstance(declared, EveryFilter) else declared
    if isinstance(facet, FacetFilter):
        labels = {**facet.known(), NOT_REPORTED: ""}
    elif isinstance(declared.field, ChoiceField):
        labels = dict(declared.field.labels)
    else:
        return {}
    values = dict.fromkeys(value.strip() for value in filterset.data.getlist(name) if value.strip())
    # As compared where the fault is told: «not reported» is known, and no remedy.
    likely = {value: label for value, label in labels.items() if value != NOT_REPORTED}
    remedies = {value: likeliest_value(value, likely) for value in values if value not in labels}
    return {value: remedy for value, remedy in remedies.items() if remedy}
