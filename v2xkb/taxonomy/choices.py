"""The schemes of the vocabulary and the senses a publication can give a term."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Scheme(TextChoices):
    """One SKOS concept scheme each; slugs are unique over all of them."""

    CHARGING_TERM = "charging-term", _("Charging terms and scenarios")
    SERVICE = "service", _("Services")
    IRENA_SERVICE = "irena-service", _("Services as IRENA lists them")
    CONNECTOR = "connector", _("Connectors")
    STANDARD = "standard", _("Standards and protocols")
    POWER_FLOW = "power-flow", _("Power flow")
    ACTOR = "actor", _("Actors")
    ROLE = "role", _("Roles of partners")
    VEHICLE_SEGMENT = "vehicle-segment", _("Vehicle segments")
    TYPOLOGY = "typology", _("Typology of barriers")
    ORIENTATION = "orientation", _("Orientation of projects")


class Current(TextChoices):
    AC = "ac", "AC"
    DC = "dc", "DC"


class MeterSide(TextChoices):
    FRONT = "front-of-meter", _("in front of the meter")
    BEHIND = "behind-the-meter", _("behind the meter")
    EITHER = "either", _("either side of the meter")


class Quantity(TextChoices):
    POWER = "power", _("power-based")
    ENERGY = "energy", _("energy-based")
    BOTH = "both", _("power- and energy-based")


class UsageSense(TextChoices):
    """How a publication uses a term, as far as its text was read."""

    UMBRELLA = "umbrella", _("as an umbrella term")
    EXPLICIT = "explicit", _("in its own sense")
    USED = "used", _("used")
    NOT_USED = "not-used", _("not in the text seen")
    UNCLEAR = "unclear", _("unclear")
