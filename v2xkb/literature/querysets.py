"""Queries on references, named by their use."""

from typing import TYPE_CHECKING

from v2xkb.records.querysets import ProjectedQuerySet

if TYPE_CHECKING:
    from v2xkb.literature.models import Reference  # noqa: F401


class ReferenceQuerySet(ProjectedQuerySet["Reference"]):
    pass
