"""Bodies that take part in projects."""

from django.db import models

from projects.querysets import OrganisationQuerySet
from v2xkb.records.models import Projected


class Organisation(Projected):
    """A body that takes part in projects."""

    name = models.TextField()
    full_name = models.TextField(blank=True)
    country = models.CharField(max_length=2, blank=True)
    part_of = models.ForeignKey("self", models.CASCADE, related_name="parts", null=True)

    objects = OrganisationQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Projected.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(country="") | (models.Q(country__gte="AA") & models.Q(country__lte="ZZ")),
                name="projects_organisation_country_form",
            )
        ]

    def __str__(self) -> str:
        return self.name
