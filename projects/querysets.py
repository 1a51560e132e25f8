"""Queries on projects and organisations, named by their use."""

from typing import TYPE_CHECKING

from v2xkb.records.querysets import ProjectedQuerySet

if TYPE_CHECKING:
    from projects.models import Organisation, Project  # noqa: F401


class OrganisationQuerySet(ProjectedQuerySet["Organisation"]):
    pass


class ProjectQuerySet(ProjectedQuerySet["Project"]):
    pass
