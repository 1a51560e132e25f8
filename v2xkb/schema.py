"""Composition of the graph: every app's lists and ways back make one schema."""

from barriers import schema as barriers
from projects import schema as projects
from v2xkb.literature import schema as literature
from v2xkb.records.graphql.queries import schema_of
from v2xkb.taxonomy import schema as taxonomy

PARTS = (literature, taxonomy, barriers, projects)

schema = schema_of(
    [listed for part in PARTS for listed in part.LISTS],
    [backlink for part in PARTS for backlink in part.BACKLINKS],
    [*literature.ANSWERS, *taxonomy.ANSWERS, *projects.ANSWERS],
    projects.DERIVED,
)
