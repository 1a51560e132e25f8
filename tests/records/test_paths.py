"""Documents are walked only where something can stand."""

import pytest

from v2xkb.records import registry
from v2xkb.records.models import Record
from v2xkb.records.paths import based_leaves, leaves, linking_leaves

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge_base")]


def test_a_shorter_walk_finds_what_the_whole_one_finds_there() -> None:
    kinds, linked, based = set(), 0, 0
    for record in Record.objects.all():
        document = registry.kind(record.kind).document.model_validate_json(record.document)
        every = leaves(document)
        links = [leaf for leaf in every if leaf.link]
        assert linking_leaves(document) == links
        needing = [leaf for leaf in every if leaf.path.partition("/")[0] not in document.basis_exempt]
        assert based_leaves(document) == needing
        kinds.add(record.kind)
        linked, based = linked + len(links), based + len(needing)
    assert kinds == set(registry.kind_names())
    assert min(linked, based) > 1000
