"""The closed lists a project's facts are sorted into."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RecordType(TextChoices):
    PROGRAMME = "programme", _("programme")
    PILOT = "pilot", _("pilot")
    COMMERCIAL_OFFER = "commercial-offer", _("commercial offer")
    POLICY = "policy", _("policy")
    PLATFORM = "platform", _("platform")
    EMERGENCY_RELIEF = "emergency-relief", _("emergency relief")
    STUDY = "study", _("study")


class Tier(TextChoices):
    """Whether power flows back (V2X), charging is controlled one way (V1G), or something is only studied."""

    V2X = "V2X", "V2X"
    V1G = "V1G", "V1G"
    STUDY = "study", _("study")


class Realisation(TextChoices):
    """What is known to exist."""

    SHOWN = "shown", _("two-way flow shown")
    INSTALLED = "installed", _("hardware installed")
    ANNOUNCED = "announced", _("only announced")
    NOT_FOUND = "not-found", _("looked for and not confirmed")


class Status(TextChoices):
    PLANNED = "planned", _("planned")
    ONGOING = "ongoing", _("ongoing")
    COMPLETED = "completed", _("completed")
    CANCELLED = "cancelled", _("cancelled")
    COMMERCIAL = "commercial", _("commercial")


class DateKind(TextChoices):
    """What event a start or end date marks."""

    AWARD = "award", _("award")
    LAUNCH = "launch", _("launch")
    OPERATION = "operation", _("start of operation")
    ANNOUNCEMENT = "announcement", _("announcement")
    PUBLICATION = "publication", _("publication")


class SitePrecision(TextChoices):
    ADDRESS = "address", _("address")
    CITY = "city", _("town")
    ISLAND = "island", _("island")
    REGION = "region", _("region")
    COUNTRY = "country", _("country")


class ScenarioState(TextChoices):
    DEMONSTRATED = "demonstrated", _("demonstrated")
    POSSIBLE = "possible", _("possible")
    PLANNED = "planned", _("planned")
    LABEL_ONLY = "label-only", _("named only")


class CountState(TextChoices):
    PLANNED = "planned", _("planned")
    INSTALLED = "installed", _("installed")
    OPERATING = "operating", _("operating")
    TOOK_PART = "took-part", _("took part")


class CountDirection(TextChoices):
    TWO_WAY = "two-way", _("two-way")
    READY = "ready", _("ready for two-way use")
    ONE_WAY = "one-way", _("one-way")
    MIXED = "mixed", _("mixed")


class ChargerUnit(TextChoices):
    CHARGER = "charger", _("charger")
    CONNECTOR = "connector", _("connector")
    STATION = "station", _("station")
    SWAP_STATION = "swap-station", _("swap station")


class MoneyKind(TextChoices):
    TOTAL = "total", _("total budget")
    GRANT = "grant", _("grant")
    PRICE = "price", _("price")
    REVENUE = "revenue", _("revenue")


class FindingNature(TextChoices):
    MEASURED = "measured", _("measured")
    ESTIMATED = "estimated", _("estimated")


class Stance(TextChoices):
    """How a project met a barrier."""

    REPORTED = "reported", _("reported")
    ADDRESSED = "addressed", _("addressed")
    OVERCOME = "overcome", _("overcome")
    STUDIED = "studied", _("studied")


class RelationKind(TextChoices):
    PART_OF = "part-of", _("part of")
    FOLLOWS = "follows", _("follows")
    SAME_SITE_AS = "same-site-as", _("same site as")
    SAME_FLEET_AS = "same-fleet-as", _("same fleet as")
    SAME_PROGRAMME_AS = "same-programme-as", _("same programme as")
    RELATED = "related", _("related to")


class ClaimSubject(TextChoices):
    """What a statement of the paper is about, and so what it can be recomputed from."""

    PROJECTS = "projects", _("projects")
    PUBLICATIONS = "publications", _("publications")
    OUTSIDE = "outside", _("outside our data")


class Expectation(TextChoices):
    """What the statement says about the share of its population."""

    MOST = "most", _("more than half")
    FEW = "few", _("less than a tenth")
    SOME = "some", _("at least one")
    COUNT = "count", _("exactly so many")
    SHARE = "share", _("about this share")
    ALL_BUT = "all-but", _("all but so many")
