"""The schemes of the vocabulary and the senses a publication can give a term."""

from django.db.models import TextChoices


class Scheme(TextChoices):
    """One SKOS concept scheme each; slugs are unique over all of them."""

    CHARGING_TERM = "charging-term", "Charging terms and scenarios"
    SERVICE = "service", "Services"
    IRENA_SERVICE = "irena-service", "Services as IRENA lists them"
    CONNECTOR = "connector", "Connectors"
    STANDARD = "standard", "Standards and protocols"
    POWER_FLOW = "power-flow", "Power flow"
    ACTOR = "actor", "Actors"
    ROLE = "role", "Roles of partners"
    VEHICLE_SEGMENT = "vehicle-segment", "Vehicle segments"
    TYPOLOGY = "typology", "Typology of barriers"
    ORIENTATION = "orientation", "Orientation of projects"


class Current(TextChoices):
    AC = "ac", "AC"
    DC = "dc", "DC"


class MeterSide(TextChoices):
    FRONT = "front-of-meter", "in front of the meter"
    BEHIND = "behind-the-meter", "behind the meter"
    EITHER = "either", "either side of the meter"


class Quantity(TextChoices):
    POWER = "power", "power-based"
    ENERGY = "energy", "energy-based"
    BOTH = "both", "power- and energy-based"


class UsageSense(TextChoices):
    """How a publication uses a term, as far as its text was read."""

    UMBRELLA = "umbrella", "as an umbrella term"
    EXPLICIT = "explicit", "in its own sense"
    USED = "used", "used"
    NOT_USED = "not-used", "not in the text seen"
    UNCLEAR = "unclear", "unclear"
