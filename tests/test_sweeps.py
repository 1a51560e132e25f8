"""What is tried of very much is spread over all of it, and what belongs together is run by one process."""

import os

import pytest

from tests.sweeps import Swept, spread


@pytest.mark.parametrize(("start", "tried"), [(0.0, [0, 3, 6]), (0.5, [1, 5, 8])])
def test_some_are_tried_evenly_and_others_on_another_database(
    start: float, tried: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Swept, "every", False)
    monkeypatch.setattr(Swept, "start", start)
    assert spread(range(10), 3) == tried
    assert spread(range(3), 3) == [0, 1, 2]
    assert spread([], 3) == []


def test_every_one_is_tried_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Swept, "every", True)
    assert spread(range(10), 3) == list(range(10))


@pytest.mark.xdist_group("together")
def test_tests_that_share_what_is_costly_are_run_by_one_process(request: pytest.FixtureRequest) -> None:
    """pytest-xdist marks them so; where it does not, each process makes what is costly for itself."""
    assert request.node.nodeid.endswith("@together") == ("PYTEST_XDIST_WORKER" in os.environ)
