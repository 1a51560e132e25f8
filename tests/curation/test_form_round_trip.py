"""Whatever a form shows comes back from it unchanged: over all documents, by plain functions."""

import json

import pytest
from django.conf import settings

from tests.curation.sending import sent
from v2xkb.curation.form_actions import prune
from v2xkb.curation.form_post import posted_state
from v2xkb.curation.form_state import data_of, state_of
from v2xkb.records import registry
from v2xkb.records.reading import validated


@pytest.mark.parametrize("kind", registry.kinds(), ids=str)
def test_every_document_comes_back_from_its_form_exactly(kind: registry.Kind) -> None:
    files = sorted((settings.FIXTURES_DIR / kind.folder).glob("*.json"))
    assert files
    for file in files:
        data = json.loads(file.read_text(encoding="utf-8"))
        fields = sent(state_of(kind.document, data))
        state = posted_state(kind.document, fields)
        prune(state, empty_parts=True)
        back = data_of(state)
        assert json.dumps(back) == json.dumps(data), file.name
        assert validated(back, "").content() == data, file.name
