"""The facts of a project that stand side by side in tables, declared once for downloads and for comparison."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Fact:
    """One fact of a project: where its document holds it, and which parts of an item belong to its text.

    `main` is the part of an item that is the value, `beside` those that say more of it in brackets; both are empty
    where an item is a plain value. `meaning` is for the documentation of downloads.
    """

    name: str
    label: str | Promise
    path: str
    meaning: str
    main: str = ""
    beside: tuple[str, ...] = ()
    unit: str = ""

    @property
    def field(self) -> str:
        """The field of the document that holds it, itself or in a group."""
        return self.path.partition("/")[0]

    def items(self, document: Mapping[str, Any]) -> list[str]:
        """The texts of what a document reports, in its order; none where nothing is reported."""
        value: Any = document
        for name in self.path.split("/"):
            value = value.get(name) if isinstance(value, Mapping) else None
        found = value if isinstance(value, list) else [] if value is None else [value]
        return [self.text(item) for item in found]

    def text(self, item: Any) -> str:
        """`v2g`, or `v2g (demonstrated)`: names and codes as documents write them."""
        if not isinstance(item, Mapping):
            return str(item)
        more = ", ".join(str(item[name]) for name in self.beside if name in item)
        return f"{item[self.main]} ({more})" if more else str(item[self.main])


COUNT_PARTS = ("state", "direction")

FACTS = (
    Fact("tier", _("Tier"), "tier", "`V2X`, `V1G` or `study`"),
    Fact("record_type", _("Type of record"), "record_type", "what the record describes"),
    Fact("realisation", _("What is known to exist"), "realisation", "what is known to exist"),
    Fact("status", _("Status"), "status", "where the project stands"),
    Fact("start", _("Start"), "start/value", "YYYY, YYYY-MM or YYYY-MM-DD, as precise as known"),
    Fact("end", _("End"), "end/value", "the same, of the end"),
    Fact("countries", _("Countries"), "countries", "ISO 3166-1 codes"),
    Fact("scenarios", _("Scenarios"), "scenarios", "scenario, in brackets how far it got", "term", ("state",)),
    Fact("services", _("Services"), "services", "services provided or tested"),
    Fact("connectors", _("Connectors"), "connectors", "connectors of the two-way link"),
    Fact("power_flow", _("Power flow"), "power_flow", "`dc`, `ac`"),
    Fact("standards", _("Standards and protocols"), "standards", "standards and protocols"),
    Fact("charger_kw", _("Rated power"), "chargers/kw", "rated powers of the chargers in kW", "value", unit="kW"),
    Fact(
        "charger_counts",
        _("Number of chargers"),
        "chargers/counts",
        "numbers of chargers, in brackets unit, state and direction; never to be added up",
        "value",
        ("unit", *COUNT_PARTS),
    ),
    Fact(
        "vehicle_counts",
        _("Number of vehicles"),
        "vehicles/counts",
        "numbers of vehicles, in brackets state and direction; never to be added up",
        "value",
        COUNT_PARTS,
    ),
    Fact("vehicle_models", _("Makes and models"), "vehicles/models", "makes and models of the vehicles"),
    Fact("vehicle_segments", _("Vehicle segments"), "vehicles/segments", "segments of the vehicles"),
    Fact("partners", _("Partners"), "partners", "organisation, in brackets its role", "organisation", ("role",)),
    Fact("orientation", _("Orientation"), "orientation", "what the project is mainly about"),
    Fact("barriers", _("Barriers met"), "barriers_met", "barrier, in brackets the stance", "barrier", ("stance",)),
)
