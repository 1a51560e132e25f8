"""What this app adds to the pages of terms: the barriers a term sorts, concerns or limits."""

from typing import Any

from barriers.models import Barrier, Measure
from v2xkb.records.models import Record
from v2xkb.records.pages import Section, section_of
from v2xkb.taxonomy.choices import Scheme


@section_of("term")
def barriers_of_term(record: Record) -> Section:
    """Nothing for terms of schemes that barriers don't use."""
    content: dict[str, Any] = {}
    match record.subtype:
        case Scheme.ACTOR:
            content["concerning"] = Barrier.objects.concerning(record.pk)
            content |= {"measures": Measure.objects.open_to(record.pk), "actor": record.slug}
        case Scheme.CHARGING_TERM:
            content["applying"] = Barrier.objects.applying_to(record.pk)
        case Scheme.TYPOLOGY:
            content |= {"typed": Barrier.objects.of_typology(record.pk), "term": record.pk}
    return Section("barriers/_of_term.html", content)
