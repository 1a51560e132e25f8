"""What a process holds of small kinds, for tests that ask with it and without."""

import pytest

from v2xkb.records import registry
from v2xkb.records.graphql import held_rows
from v2xkb.records.models import Revision


@pytest.fixture
def nothing_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a process that nobody has asked."""
    monkeypatch.setattr(held_rows, "kinds", {})
    monkeypatch.setattr(held_rows, "orders", {})


@pytest.fixture
def every_kind_is_large(knowledge_base: None, nothing_held: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is held, as is known by now."""
    monkeypatch.setattr(held_rows, "MOST", 0)
    stamp = Revision.objects.current_stamp()
    assert [kind.name for kind in registry.kinds() if held_rows.held_at(kind.name, stamp)] == []


@pytest.fixture(params=["held", "large"])
def held_or_large(request: pytest.FixtureRequest) -> str:
    """With what is held of small kinds, and as if there were none."""
    if request.param == "large":
        request.getfixturevalue("every_kind_is_large")
    size: str = request.param
    return size
