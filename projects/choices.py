"""The closed lists a project's facts are sorted into."""

from django.db.models import TextChoices


class RecordType(TextChoices):
    PROGRAMME = "programme", "programme"
    PILOT = "pilot", "pilot"
    COMMERCIAL_OFFER = "commercial-offer", "commercial offer"
    POLICY = "policy", "policy"
    PLATFORM = "platform", "platform"
    EMERGENCY_RELIEF = "emergency-relief", "emergency relief"
    STUDY = "study", "study"


class Tier(TextChoices):
    """Whether power flows back (V2X), charging is controlled one way (V1G), or something is only studied."""

    V2X = "V2X", "V2X"
    V1G = "V1G", "V1G"
    STUDY = "study", "study"


class Realisation(TextChoices):
    """What is known to exist."""

    SHOWN = "shown", "two-way flow shown"
    INSTALLED = "installed", "hardware installed"
    ANNOUNCED = "announced", "only announced"
    NOT_FOUND = "not-found", "looked for and not confirmed"


class Status(TextChoices):
    PLANNED = "planned", "planned"
    ONGOING = "ongoing", "ongoing"
    COMPLETED = "completed", "completed"
    CANCELLED = "cancelled", "cancelled"
    COMMERCIAL = "commercial", "commercial"


class DateKind(TextChoices):
    """What event a start or end date marks."""

    AWARD = "award", "award"
    LAUNCH = "launch", "launch"
    OPERATION = "operation", "start of operation"
    ANNOUNCEMENT = "announcement", "announcement"
    PUBLICATION = "publication", "publication"


class SitePrecision(TextChoices):
    ADDRESS = "address", "address"
    CITY = "city", "town"
    ISLAND = "island", "island"
    REGION = "region", "region"
    COUNTRY = "country", "country"


class ScenarioState(TextChoices):
    DEMONSTRATED = "demonstrated", "demonstrated"
    POSSIBLE = "possible", "possible"
    PLANNED = "planned", "planned"
    LABEL_ONLY = "label-only", "named only"


class CountState(TextChoices):
    PLANNED = "planned", "planned"
    INSTALLED = "installed", "installed"
    OPERATING = "operating", "operating"
    TOOK_PART = "took-part", "took part"


class CountDirection(TextChoices):
    TWO_WAY = "two-way", "two-way"
    READY = "ready", "ready for two-way use"
    ONE_WAY = "one-way", "one-way"
    MIXED = "mixed", "mixed"


class ChargerUnit(TextChoices):
    CHARGER = "charger", "charger"
    CONNECTOR = "connector", "connector"
    STATION = "station", "station"
    SWAP_STATION = "swap-station", "swap station"


class MoneyKind(TextChoices):
    TOTAL = "total", "total budget"
    GRANT = "grant", "grant"
    PRICE = "price", "price"
    REVENUE = "revenue", "revenue"


class FindingNature(TextChoices):
    MEASURED = "measured", "measured"
    ESTIMATED = "estimated", "estimated"


class Stance(TextChoices):
    """How a project met a barrier."""

    REPORTED = "reported", "reported"
    ADDRESSED = "addressed", "addressed"
    OVERCOME = "overcome", "overcome"
    STUDIED = "studied", "studied"


class RelationKind(TextChoices):
    PART_OF = "part-of", "part of"
    FOLLOWS = "follows", "follows"
    SAME_SITE_AS = "same-site-as", "same site as"
    SAME_FLEET_AS = "same-fleet-as", "same fleet as"
    SAME_PROGRAMME_AS = "same-programme-as", "same programme as"
    RELATED = "related", "related to"


class ClaimSubject(TextChoices):
    """What a statement of the paper is about, and so what it can be recomputed from."""

    PROJECTS = "projects", "projects"
    PUBLICATIONS = "publications", "publications"
    OUTSIDE = "outside", "outside our data"


class Expectation(TextChoices):
    """What the statement says about the share of its population."""

    MOST = "most", "more than half"
    FEW = "few", "less than a tenth"
    SOME = "some", "at least one"
    COUNT = "count", "exactly so many"
    SHARE = "share", "about this share"
    ALL_BUT = "all-but", "all but so many"
