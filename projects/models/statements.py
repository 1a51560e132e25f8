"""What is said about projects as a whole: rules, collections, claims."""

from django.db import models

from projects.choices import ClaimSubject
from projects.models.projects import Project
from projects.querysets import ClaimQuerySet, CollectionQuerySet
from v2xkb.records.models import PartRow, Projected


class DerivationRule(Projected):
    """«This vehicle or charger means this connector and AC or DC»."""

    condition = models.TextField()
    why = models.TextField()

    def __str__(self) -> str:
        return self.condition


class Collection(Projected):
    """A named list of projects."""

    name = models.TextField()
    description = models.TextField()
    projects = models.ManyToManyField(Project, through="CollectionProject", related_name="collections")

    objects = CollectionQuerySet.as_manager()  # type: ignore[misc]

    def __str__(self) -> str:
        return self.name


class CollectionProject(PartRow):
    """A project's place in a collection."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="project_rows")
    project = models.ForeignKey(Project, models.CASCADE, related_name="collection_rows")

    class Meta(PartRow.Meta):
        constraints = [models.UniqueConstraint(fields=["collection", "project"], name="projects_collection_once")]

    def __str__(self) -> str:
        return self.key


class Claim(Projected):
    """A quantitative statement of the paper."""

    name = models.TextField()
    statement = models.TextField()
    section = models.TextField()
    subject = models.CharField(max_length=20, choices=ClaimSubject)

    objects = ClaimQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Projected.Meta):
        ordering = ["section", "sort_key", "pid"]

    def __str__(self) -> str:
        return self.name
