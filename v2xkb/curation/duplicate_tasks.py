"""What the worker is asked to do about duplicates."""

from django_tasks import task

from v2xkb.curation.duplicate_search import search
from v2xkb.records import registry


@task()
def look_for_duplicates() -> None:
    search(registry.kind_names())
