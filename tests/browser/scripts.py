"""Journeys that write are gone with scripts and without: each way on one of the two databases, both with `--every`."""

import pytest

from tests.sweeps import spread

with_and_without = pytest.mark.parametrize(
    "scripts", spread([pytest.param(True, id="with scripts"), pytest.param(False, id="without scripts")], 1)
)
