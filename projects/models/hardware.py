"""Rows of one project's chargers and vehicles."""

from django.db import models

from projects.choices import ChargerUnit, CountDirection, CountState
from projects.models.parts import ProjectPart


class ChargerPower(ProjectPart):
    """A rated power of the chargers, in kW."""

    kw = models.FloatField()
    note = models.TextField(blank=True)

    class Meta(ProjectPart.Meta):
        constraints = [models.CheckConstraint(condition=models.Q(kw__gte=0), name="projects_power_not_negative")]

    def __str__(self) -> str:
        return f"{self.kw:g} kW"


class CountPart(ProjectPart):
    """A number of things, with what is known of their state and direction; never summed."""

    value = models.PositiveIntegerField()
    state = models.CharField(max_length=20, choices=CountState, blank=True)
    direction = models.CharField(max_length=20, choices=CountDirection, blank=True)
    note = models.TextField(blank=True)

    class Meta(ProjectPart.Meta):
        abstract = True
        constraints = [
            models.CheckConstraint(condition=models.Q(value__gte=0), name="%(app_label)s_%(class)s_not_negative")
        ]

    def __str__(self) -> str:
        return str(self.value)


class ChargerCount(CountPart):
    """How many chargers."""

    unit = models.CharField(max_length=20, choices=ChargerUnit, blank=True)


class VehicleCount(CountPart):
    """How many vehicles."""


class ChargerMaker(ProjectPart):
    """A maker of the chargers, as reported."""

    name = models.TextField()

    def __str__(self) -> str:
        return self.name


class VehicleModel(ProjectPart):
    """A make and model of the vehicles, as reported."""

    name = models.TextField()

    def __str__(self) -> str:
        return self.name
